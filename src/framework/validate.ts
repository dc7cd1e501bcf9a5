import { type AttributePath, renderPath } from "./attribute-path.ts";
import type { Diagnostics } from "./diagnostics.ts";
import { reportFailure } from "./failure.ts";
import { decodeValue, entryOf } from "./model-codec.ts";
import {
  members,
  at,
  type Attribute,
  attributeEntries,
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
    validateObject(members(schema), config, { validation, path: [] });
    await validation.validate();
  } catch (error) {
    reportFailure(diagnostics, error, "The configuration could not be checked");
  }
}

/** Where in the object a check is. */
interface Place {
  readonly validation: Validation;
  readonly path: AttributePath;
}

function validateObject(attributes: Attributes, value: Value, place: Place): void {
  for (const [name, attribute] of attributeEntries(attributes)) {
    const member = entryOf(value, name);
    if (member.kind !== "null") validateAttribute(attribute, member, { ...place, path: [...place.path, name] });
  }
}

function validateAttribute(attribute: Attribute, value: Value, place: Place): void {
  if (attribute.writeOnly === true && !place.validation.writeOnlyAllowed) refuseWriteOnly(place);
  validateNested(attribute.type, value, place);
  if (!isWhollyKnown(value)) return;
  // The value is decoded by this attribute's own type, which is what its validators take.
  const model = decodeValue(attribute.type, value, place.path) as never;
  for (const validator of attribute.validators ?? []) {
    const text = validator.check(model);
    if (text !== undefined) place.validation.diagnostics.error(at(place.path, text));
  }
}

function refuseWriteOnly({ validation, path }: Place): void {
  validation.diagnostics.error({
    summary: "Write-only attribute not supported by this engine",
    detail: `${renderPath(path)} is write-only: it is in no plan and no state, which takes Terraform 1.11 or later, or OpenTofu 1.11 or later. Update the engine, or use the attribute's stored alternative.`,
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
