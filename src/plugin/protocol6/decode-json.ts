import { canonicalNumber } from "../../framework/number-text.ts";
import type { TerraformType } from "../../framework/terraform-type.ts";
import { nullValue, type Value } from "../../framework/value.ts";
import { attributeType, typeFromJson } from "./terraform-type-json.ts";
import { WireFormatError, within } from "./wire-format-error.ts";

type ObjectType = Extract<TerraformType, { kind: "object" }>;

/** A string literal, which stays, or a bare number, which becomes one: `JSON.parse` would round it. */
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/**
 * The value that bytes of JSON hold, read as a value of this type. Attributes that are not there are null.
 *
 * @throws {WireFormatError} for bytes that are not a value of this type
 */
export function decodeJson(bytes: Uint8Array, type: TerraformType): Value {
  const text = Buffer.from(bytes).toString("utf8");
  const withNumbersAsText = text.replace(stringOrNumber, (match) => (match.startsWith('"') ? match : `"${match}"`));
  return decode(parse(withNumbersAsText), type);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WireFormatError("The bytes are not JSON");
  }
}

function decode(json: unknown, type: TerraformType): Value {
  return json === null ? nullValue : decodePresent(json, type);
}

function decodePresent(json: unknown, type: TerraformType): Value {
  switch (type.kind) {
    case "string":
      return { kind: "string", value: expectText(json, "a string").normalize("NFC") };
    case "number":
      return { kind: "number", value: decodeNumber(json) };
    case "bool":
      return { kind: "bool", value: decodeBool(json) };
    case "list":
    case "set":
      return { kind: type.kind, elements: decodeElements(json, () => type.element) };
    case "tuple":
      return { kind: "tuple", elements: decodeTuple(json, type.elements) };
    case "map":
      return { kind: "map", entries: decodeMap(json, type.element) };
    case "object":
      return { kind: "object", entries: decodeObject(json, type) };
    case "dynamic":
      return decodeDynamic(json);
  }
}

function decodeNumber(json: unknown): string {
  try {
    return canonicalNumber(expectText(json, "a number"));
  } catch (error) {
    throw error instanceof RangeError ? new WireFormatError(`A number is expected: ${error.message}`) : error;
  }
}

function decodeBool(json: unknown): boolean {
  if (typeof json !== "boolean") throw mismatch("true or false");
  return json;
}

function decodeElements(json: unknown, typeAt: (index: number) => TerraformType): readonly Value[] {
  return expectArray(json).map((element, index) => within(index, () => decode(element, typeAt(index))));
}

function decodeTuple(json: unknown, types: readonly TerraformType[]): readonly Value[] {
  const elements = expectArray(json);
  if (elements.length !== types.length) throw mismatch(`a tuple of ${types.length}`);
  return types.map((type, index) => within(index, () => decode(elements[index], type)));
}

function decodeMap(json: unknown, element: TerraformType): ReadonlyMap<string, Value> {
  const entries = Object.entries(expectRecord(json)).map(
    ([key, value]) => [key.normalize("NFC"), within({ key }, () => decode(value, element))] as const,
  );
  return new Map(entries);
}

function decodeObject(json: unknown, type: ObjectType): ReadonlyMap<string, Value> {
  const record = expectRecord(json);
  for (const name of Object.keys(record)) attributeType(type.attributes, name);
  const entries = Object.entries(type.attributes).map(([name, attribute]) => {
    const value = Object.hasOwn(record, name) ? record[name] : null;
    return [name, within(name, () => decode(value, attribute))] as const;
  });
  return new Map(entries);
}

function decodeDynamic(json: unknown): Value {
  const record = expectRecord(json);
  const type = typeFromJson(record["type"]);
  return { kind: "dynamic", type, value: decode(record["value"] ?? null, type) };
}

function expectText(json: unknown, expected: string): string {
  if (typeof json !== "string") throw mismatch(expected);
  return json;
}

function expectArray(json: unknown): readonly unknown[] {
  if (!Array.isArray(json)) throw mismatch("an array");
  return json;
}

function expectRecord(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw mismatch("an object");
  return Object.fromEntries(Object.entries(json));
}

function mismatch(expected: string): WireFormatError {
  return new WireFormatError(`The engine sent JSON in which ${expected} is expected and something else was met`);
}
