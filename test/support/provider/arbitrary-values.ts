import fc from "fast-check";
import { canonicalNumber } from "../../../src/framework/number-text.ts";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";
import { nullValue, unknownValue, type Value } from "../../../src/framework/value.ts";

/** A type and a value of it, null and unknown at any depth. */
export interface TypedValue {
  readonly type: TerraformType;
  readonly value: Value;
}

const name = fc
  .string({ unit: fc.constantFrom("a", "b", "z", "_", "0", "9"), minLength: 1, maxLength: 6 })
  .map((text) => `n${text}`);
const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((raw) => raw.normalize("NFC"));

/** Numbers of every kind that an engine may send: small, wide, fractional, exponential. */
export const arbitraryNumber: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer().map(String),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }).map(String),
    fc.tuple(fc.bigInt(), fc.integer({ min: -40, max: 40 })).map(([digits, exponent]) => `${digits}e${exponent}`),
  )
  .map(canonicalNumber);

/** Every type, nested up to a few levels. */
export const arbitraryType: fc.Arbitrary<TerraformType> = fc.letrec<{ type: TerraformType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, depthIdentifier: "type" },
    fc.constantFrom<TerraformType>({ kind: "string" }, { kind: "number" }, { kind: "bool" }, { kind: "dynamic" }),
    fc.record({ kind: fc.constantFrom("list", "set", "map"), element: tie("type") }),
    fc.record({ kind: fc.constant("tuple"), elements: fc.array(tie("type"), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant("object"), attributes: fc.dictionary(name, tie("type"), { maxKeys: 4 }) }),
  ),
})).type;

/** A type with a value of it. */
export const arbitraryTypedValue: fc.Arbitrary<TypedValue> = arbitraryType.chain((type) =>
  valueOf(type).map((value) => ({ type, value })),
);

function valueOf(type: TerraformType): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(nullValue, unknownValue) },
    { weight: 5, arbitrary: knownValueOf(type) },
  );
}

function knownValueOf(type: TerraformType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case "string":
      return text.map((value) => ({ kind: "string", value }));
    case "number":
      return arbitraryNumber.map((value) => ({ kind: "number", value }));
    case "bool":
      return fc.boolean().map((value) => ({ kind: "bool", value }));
    case "dynamic":
      return dynamicValue();
    case "map":
      return fc
        .array(fc.tuple(text, valueOf(type.element)), { maxLength: 4 })
        .map((entries) => ({ kind: "map", entries: new Map(entries) }));
    case "list":
    case "set":
      return listOrSet(type.kind, type.element);
    case "tuple":
      return fc.tuple(...type.elements.map(valueOf)).map((elements) => ({ kind: "tuple", elements }));
    case "object":
      return objectValue(type.attributes);
  }
}

function listOrSet(kind: "list" | "set", element: TerraformType): fc.Arbitrary<Value> {
  return fc.array(valueOf(element), { maxLength: 4 }).map((elements) => ({ kind, elements }));
}

function objectValue(attributes: Readonly<Record<string, TerraformType>>): fc.Arbitrary<Value> {
  const pairs = Object.entries(attributes).map(([key, type]) => valueOf(type).map((value) => [key, value] as const));
  return fc.tuple(...pairs).map((entries) => ({ kind: "object", entries: new Map(entries) }));
}

function dynamicValue(): fc.Arbitrary<Value> {
  const inner = fc.constantFrom<TerraformType>(
    { kind: "string" },
    { kind: "number" },
    { kind: "list", element: { kind: "bool" } },
    { kind: "object", attributes: { a: { kind: "string" } } },
  );
  return inner.chain((type) => valueOf(type).map((value) => ({ kind: "dynamic", type, value })));
}
