import type { TerraformType } from "../../framework/terraform-type.ts";
import { nullValue, type Value } from "../../framework/value.ts";
import { exactDecimalText } from "./float-text.ts";
import { MessagePackWriter } from "./message-pack-writer.ts";
import { attributeType, encodeType, refuseMissing } from "./terraform-type-json.ts";
import { WireFormatError, within } from "./wire-format-error.ts";

type ValueOf<K extends Value["kind"]> = Extract<Value, { kind: K }>;

/**
 * Bytes that hold a value of this type. Equal values give equal bytes: names are sorted, and so are members of sets.
 *
 * @throws {WireFormatError} when the value does not fit the type; objects need exactly the names of theirs
 */
export function encodeMessagePack(value: Value, type: TerraformType): Uint8Array {
  const writer = new MessagePackWriter();
  encode(writer, value, type);
  return writer.bytes;
}

function encode(writer: MessagePackWriter, value: Value, type: TerraformType): void {
  if (value.kind === "null") writer.nil();
  else if (value.kind === "unknown") writer.unknown();
  else if (type.kind === "dynamic") encodeDynamic(writer, expectKind(value, "dynamic"));
  else encodeKnown(writer, value, type);
}

function encodeKnown(writer: MessagePackWriter, value: Value, type: Exclude<TerraformType, { kind: "dynamic" }>): void {
  switch (type.kind) {
    case "string":
      writer.string(expectKind(value, "string").value);
      return;
    case "number":
      encodeNumber(writer, expectKind(value, "number").value);
      return;
    case "bool":
      writer.bool(expectKind(value, "bool").value);
      return;
    case "list":
      encodeList(writer, expectElements(value, type.kind), type.element);
      return;
    case "set":
      encodeSet(writer, expectElements(value, type.kind), type.element);
      return;
    case "tuple":
      encodeTuple(writer, expectElements(value, type.kind), type.elements);
      return;
    case "map":
      encodeMap(writer, expectEntries(value, type.kind), type.element);
      return;
    case "object":
      encodeObject(writer, expectEntries(value, type.kind), type.attributes);
  }
}

/** The engine reads whole numbers, exact floats and decimal text alike; each number goes the way that loses nothing. */
function encodeNumber(writer: MessagePackWriter, text: string): void {
  if (/^-?\d+$/.test(text)) {
    const integer = BigInt(text);
    if (MessagePackWriter.canHold(integer)) writer.integer(integer);
    else writer.string(text);
    return;
  }
  const float = Number(text);
  if (Number.isFinite(float) && exactDecimalText(float) === text) writer.float(float);
  else writer.string(text);
}

function encodeList(writer: MessagePackWriter, elements: readonly Value[], type: TerraformType): void {
  writer.array(elements.length);
  for (const [index, element] of elements.entries())
    within(index, () => {
      encode(writer, element, type);
    });
}

function encodeSet(writer: MessagePackWriter, elements: readonly Value[], type: TerraformType): void {
  const encoded = elements.map((element, index) => within(index, () => encodeMessagePack(element, type)));
  writer.array(encoded.length);
  for (const bytes of encoded.sort((left, right) => Buffer.compare(left, right))) writer.raw(bytes);
}

function encodeTuple(writer: MessagePackWriter, elements: readonly Value[], types: readonly TerraformType[]): void {
  if (elements.length !== types.length) {
    throw new WireFormatError(`A tuple of ${types.length} is expected, not of ${elements.length}`);
  }
  writer.array(elements.length);
  for (const [index, type] of types.entries()) {
    within(index, () => {
      encode(writer, elements[index] ?? { kind: "null" }, type);
    });
  }
}

function encodeMap(writer: MessagePackWriter, entries: ReadonlyMap<string, Value>, type: TerraformType): void {
  writer.map(entries.size);
  for (const [key, value] of sorted(entries)) {
    writer.string(key);
    within({ key }, () => {
      encode(writer, value, type);
    });
  }
}

function encodeObject(
  writer: MessagePackWriter,
  entries: ReadonlyMap<string, Value>,
  types: Readonly<Record<string, TerraformType>>,
): void {
  refuseMissing(types, entries);
  const names = sortedNames(types);
  // As many as the type has, and none of them missing: there are no others.
  if (entries.size !== names.length) for (const name of entries.keys()) attributeType(types, name);
  writer.map(names.length);
  let current = "";
  // As `within`, without a function for each attribute of each object.
  try {
    for (const name of names) {
      current = name;
      writer.string(name);
      encode(writer, entries.get(name) ?? nullValue, attributeType(types, name));
    }
  } catch (error) {
    throw error instanceof WireFormatError ? error.within(current) : error;
  }
}

type AttributeTypes = Readonly<Record<string, TerraformType>>;

const knownNames = new WeakMap<AttributeTypes, readonly string[]>();

function sortedNames(types: AttributeTypes): readonly string[] {
  const known = knownNames.get(types) ?? Object.keys(types).sort();
  knownNames.set(types, known);
  return known;
}

function encodeDynamic(writer: MessagePackWriter, { type, value }: ValueOf<"dynamic">): void {
  writer.array(2);
  writer.binary(encodeType(type));
  encode(writer, value, type);
}

function sorted(entries: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...entries].sort(([left], [right]) => (left < right ? -1 : 1));
}

function expectKind<K extends Value["kind"]>(value: Value, kind: K): ValueOf<K> {
  if (!isKind(value, kind)) throw mismatch(kind, value);
  return value;
}

function isKind<K extends Value["kind"]>(value: Value, kind: K): value is ValueOf<K> {
  return value.kind === kind;
}

function expectElements(value: Value, kind: "list" | "set" | "tuple"): readonly Value[] {
  if (!("elements" in value) || value.kind !== kind) throw mismatch(kind, value);
  return value.elements;
}

function expectEntries(value: Value, kind: "map" | "object"): ReadonlyMap<string, Value> {
  if (!("entries" in value) || value.kind !== kind) throw mismatch(kind, value);
  return value.entries;
}

function mismatch(expected: string, met: Value): WireFormatError {
  return new WireFormatError(`The provider has a ${met.kind} where its schema says ${expected}`);
}
