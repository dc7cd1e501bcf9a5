import { canonicalNumber } from "../../framework/number-text.ts";
import type { TerraformType } from "../../framework/terraform-type.ts";
import { nullValue, unknownValue, type Value } from "../../framework/value.ts";
import { exactDecimalText } from "./float-text.ts";
import { MessagePackReader, type MessagePackToken } from "./message-pack-reader.ts";
import { attributeType, decodeType, refuseMissing } from "./terraform-type-json.ts";
import { WireFormatError, within } from "./wire-format-error.ts";

type ObjectType = Extract<TerraformType, { kind: "object" }>;
type ElementType = Extract<TerraformType, { kind: "list" | "set" | "map" }>;

/**
 * The value that the bytes hold, read as a value of this type.
 *
 * Every extension is an unknown value, refined or not. Strings and keys become Unicode normalization form C.
 *
 * @throws {WireFormatError} for bytes that are not a value of this type
 */
export function decodeMessagePack(bytes: Uint8Array, type: TerraformType): Value {
  const reader = new MessagePackReader(bytes);
  const value = decode(reader, type);
  if (!reader.isAtEnd) throw new WireFormatError("There are bytes left after the value");
  return value;
}

function decode(reader: MessagePackReader, type: TerraformType): Value {
  const token = reader.next();
  if (token.kind === "nil") return nullValue;
  return token.kind === "extension" ? unknownValue : decodeKnown(reader, token, type);
}

function decodeKnown(reader: MessagePackReader, token: MessagePackToken, type: TerraformType): Value {
  switch (type.kind) {
    case "string":
      return { kind: "string", value: expectKind(token, "string").value.normalize("NFC") };
    case "bool":
      return { kind: "bool", value: expectKind(token, "bool").value };
    case "number":
      return { kind: "number", value: decodeNumber(token) };
    case "list":
    case "set":
      return { kind: type.kind, elements: decodeElements(reader, token, type) };
    case "map":
      return { kind: "map", entries: decodeEntries(reader, token, type) };
    case "tuple":
      return { kind: "tuple", elements: decodeTuple(reader, token, type.elements) };
    case "object":
      return { kind: "object", entries: decodeObject(reader, token, type) };
    case "dynamic":
      return decodeDynamic(reader, token);
  }
}

function decodeNumber(token: MessagePackToken): string {
  try {
    if (token.kind === "integer") return token.value.toString();
    if (token.kind === "float") return exactDecimalText(token.value);
    return canonicalNumber(expectKind(token, "string", "number").value);
  } catch (error) {
    throw error instanceof RangeError ? new WireFormatError(`A number is expected: ${error.message}`) : error;
  }
}

function decodeElements(reader: MessagePackReader, token: MessagePackToken, type: ElementType): readonly Value[] {
  const { length } = expectKind(token, "array", type.kind);
  return Array.from({ length }, (_, index) => within(index, () => decode(reader, type.element)));
}

function decodeEntries(
  reader: MessagePackReader,
  token: MessagePackToken,
  type: ElementType,
): ReadonlyMap<string, Value> {
  const { length } = expectKind(token, "map");
  const entries = Array.from({ length }, () => {
    const key = expectKind(reader.next(), "string", "map key").value.normalize("NFC");
    return [key, within({ key }, () => decode(reader, type.element))] as const;
  });
  return new Map(entries);
}

function decodeTuple(
  reader: MessagePackReader,
  token: MessagePackToken,
  types: readonly TerraformType[],
): readonly Value[] {
  const { length } = expectKind(token, "array", "tuple");
  if (length !== types.length) throw mismatch(`a tuple of ${types.length}`, `a tuple of ${length}`);
  return types.map((type, index) => within(index, () => decode(reader, type)));
}

function decodeObject(
  reader: MessagePackReader,
  token: MessagePackToken,
  type: ObjectType,
): ReadonlyMap<string, Value> {
  const { length } = expectKind(token, "map", "object");
  const entries = new Map<string, Value>();
  for (let index = 0; index < length; index += 1) {
    const name = expectKind(reader.next(), "string", "attribute name").value;
    entries.set(name, decodeWithin(name, reader, attributeType(type.attributes, name)));
  }
  refuseMissing(type.attributes, entries);
  return entries;
}

/** As {@link within}, without a function for each attribute of each object. */
function decodeWithin(name: string, reader: MessagePackReader, type: TerraformType): Value {
  try {
    return decode(reader, type);
  } catch (error) {
    throw error instanceof WireFormatError ? error.within(name) : error;
  }
}

function decodeDynamic(reader: MessagePackReader, token: MessagePackToken): Value {
  if (token.kind !== "array" || token.length !== 2) {
    throw new WireFormatError("A value of any type is expected together with its type");
  }
  const typeToken = reader.next();
  const type = decodeType(expectKind(typeToken, "binary", "type").bytes);
  return { kind: "dynamic", type, value: decode(reader, type) };
}

function expectKind<K extends MessagePackToken["kind"]>(
  token: MessagePackToken,
  kind: K,
  called: string = kind,
): Extract<MessagePackToken, { kind: K }> {
  if (!isKind(token, kind)) throw mismatch(`a ${called}`, token.kind);
  return token;
}

function isKind<K extends MessagePackToken["kind"]>(
  token: MessagePackToken,
  kind: K,
): token is Extract<MessagePackToken, { kind: K }> {
  return token.kind === kind;
}

function mismatch(expected: string, met: string): WireFormatError {
  return new WireFormatError(`The engine sent ${met} where ${expected} is expected`);
}
