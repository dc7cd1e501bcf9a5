import { type AttributePath, renderPath } from "./attribute-path.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { reportFailure } from "./failure.ts";
import { isMadeUp } from "./made-up-text.ts";
import { decodeValue, entryOf } from "./model-codec.ts";
import {
  members,
  at,
  type Attribute,
  type NamedAttribute,
  namedAttributes,
  pathWithin,
  type Attributes,
  type AttributeType,
  type Schema,
} from "./schema.ts";
import { isWhollyKnown, type Value } from "./value.ts";

/** What {@link validateConfig} checks with. */
export interface Validation {
  readonly schema: Schema;
  /** The checks that involve several attributes. */
  readonly validate: () => Promise<void>;
  /** Whether this engine keeps write-only values out of plan and state. */
  readonly writeOnlyAllowed: boolean;
  readonly diagnostics: Diagnostics;
}

/** Checks a configuration: each attribute by its own validators, then all together. Unknown values are not wrong. */
export async function validateConfig(config: Value, validation: Validation): Promise<void> {
  const { schema, diagnostics } = validation;
  try {
    const place = { writeOnlyAllowed: validation.writeOnlyAllowed, diagnostics };
    validateObject(members(schema), config, { ...place, stage: "validation", path: [] });
    await validation.validate();
  } catch (error) {
    reportFailure(diagnostics, error, "The configuration could not be checked");
  }
}

/**
 * Checks what {@link validateConfig} has not judged: texts of attributes with `refersToOthers` that a mocked provider may have
 * made up. Whoever plans or reads asks the real provider.
 *
 * @returns whether nothing was wrong
 */
export function checkReferences(schema: Schema, config: Value, diagnostics: Diagnostics): boolean {
  validateObject(members(schema), config, { writeOnlyAllowed: true, diagnostics, stage: "use", path: [] });
  return !diagnostics.hasErrors;
}

/** Where in the object a check is, and in which call of the engine. */
interface Place extends Pick<Validation, "writeOnlyAllowed" | "diagnostics"> {
  readonly stage: "validation" | "use";
  readonly path: AttributePath;
}

function validateObject(attributes: Attributes, value: Value, place: Place): void {
  for (const named of namedAttributes(attributes)) {
    const member = entryOf(value, named.name);
    if (member.kind !== "null") validateAttribute(named.attribute, member, placeOf(named, place));
  }
}

function placeOf(named: NamedAttribute, { stage, writeOnlyAllowed, diagnostics, path }: Place): Place {
  return { stage, writeOnlyAllowed, diagnostics, path: pathWithin(path, named) };
}

function validateAttribute(attribute: Attribute, value: Value, place: Place): void {
  if (attribute.writeOnly === true && !place.writeOnlyAllowed) refuseWriteOnly(place);
  validateNested(attribute.type, value, place);
  if (!isWhollyKnown(value) || !isJudged(attribute, value, place)) return;
  // The value is decoded by this attribute's own type, which is what its validators take.
  const model = decodeValue(attribute.type, value, place.path) as never;
  for (const validator of attribute.validators ?? []) {
    const text = validator.check(model);
    if (text !== undefined) place.diagnostics.error(at(place.path, text));
  }
}

/** Whether this call of the engine is the one in which a value is judged. */
function isJudged({ refersToOthers }: Attribute, value: Value, { stage }: Place): boolean {
  return stage === "use" ? refersToOthers === true : refersToOthers !== true || !holdsMadeUp(value);
}

function holdsMadeUp(value: Value): boolean {
  if ("elements" in value) return value.elements.some(holdsMadeUp);
  return value.kind === "string" && isMadeUp(value.value);
}

function refuseWriteOnly({ diagnostics, path }: Place): void {
  diagnostics.error({
    summary: "Write-only attribute not supported by this engine",
    detail: `${renderPath(path)} is write-only: it is in no plan and no state, which needs Terraform 1.11 or later, or OpenTofu 1.11 or later. Update the engine, or use the attribute's stored alternative.`,
    attribute: path,
  });
}

function validateNested(type: AttributeType, value: Value, place: Place): void {
  if (type.kind === "object") {
    if ("entries" in value) validateObject(type.attributes, value, place);
    return;
  }
  if (!("element" in type)) return;
  if ("elements" in value) {
    for (const [index, element] of value.elements.entries()) {
      const path = value.kind === "set" ? place.path : [...place.path, index];
      validateNested(type.element, element, { ...place, path });
    }
  } else if ("entries" in value) {
    for (const [key, element] of value.entries) {
      validateNested(type.element, element, { ...place, path: [...place.path, { key }] });
    }
  }
}
