import { Diagnostics } from "../diagnostics.ts";
import { reportFailure } from "../failure.ts";
import { decodeState, encodeState, encodeValue } from "../model-codec.ts";
import type { GenerateConfigAnswer, GenerateConfigRequest } from "../provider-server.ts";
import type { Resource } from "../resource.ts";
import { type Attribute, type Attributes, members, type Schema } from "../schema.ts";
import { equalValues, nullValue, type Value } from "../value.ts";

/**
 * Generates the configuration that a practitioner would write for an object. It leaves out what only the provider decides,
 * values that are the default anyway, and secrets. The resource's `configFrom` removes what would be redundant.
 */
export function generateConfig<C>(
  resource: Resource<Schema, C>,
  { typeName, state }: GenerateConfigRequest,
): GenerateConfigAnswer {
  const diagnostics = new Diagnostics();
  // Whoever lists without the objects has nothing that a configuration could be made of.
  if (state.kind === "null") return { config: state, diagnostics: diagnostics.all };
  try {
    const model = decodeState(resource.schema, state);
    const config = encodeState(resource.schema, { ...model, ...resource.configFrom?.(model) });
    return { config: writable(members(resource.schema), config), diagnostics: diagnostics.all };
  } catch (error) {
    reportFailure(diagnostics, error, `No configuration could be written for ${typeName}`);
    return { config: nullValue, diagnostics: diagnostics.all };
  }
}

function writable(attributes: Attributes, value: Value): Value {
  if (!("entries" in value)) return value;
  const entries = Object.entries(attributes).map(
    ([name, attribute]) => [name, writablePart(attribute, value.entries.get(name) ?? nullValue)] as const,
  );
  return { kind: "object", entries: new Map(entries) };
}

function writablePart(attribute: Attribute, value: Value): Value {
  const { type, mode, sensitive, writeOnly } = attribute;
  if (mode === "computed" || sensitive === true || writeOnly === true) return nullValue;
  if (mode === "defaulted" && equalValues(value, encodeValue(type, attribute.default))) return nullValue;
  if (type.kind === "object") return writable(type.attributes, value);
  if ("elements" in value && "element" in type && type.element.kind === "object") {
    const { attributes } = type.element;
    return { ...value, elements: value.elements.map((element) => writable(attributes, element)) };
  }
  return value;
}
