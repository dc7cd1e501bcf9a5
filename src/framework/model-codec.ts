import { type AttributePath, renderPath } from "./attribute-path.ts";
import type { AttributeValue } from "./attribute-value.ts";
import { DiagnosticError } from "./diagnostics.ts";
import type { ConfigModel, PlannedModel, StateModel } from "./model.ts";
import { canonicalNumber, exactNumber } from "./number-text.ts";
import type { Json } from "./json.ts";
import type { Identity } from "./resource.ts";
import {
  type NamedAttribute,
  namedAttributes,
  pathWithin,
  members,
  type Attributes,
  type AttributeType,
  type IdentitySchema,
  isComputed,
  type Schema,
} from "./schema.ts";
import type { TerraformType } from "./terraform-type.ts";
import { isWhollyKnown, nullValue, unknownValue, type Value } from "./value.ts";

/**
 * Reads a wholly known object.
 *
 * @throws {DiagnosticError} for a number that JavaScript cannot hold exactly
 */
export function decodeState<S extends Schema>(schema: S, value: Value): StateModel<S> {
  const model = decodeObject(members(schema), value, []);
  // The model types are computed from the very schema that drives decodeObject.
  return model as StateModel<S>;
}

/** Reads a configuration or a plan. A member that is known in parts reads as unknown. */
export function decodeConfig<S extends Schema>(schema: S, value: Value): ConfigModel<S> {
  const model = mapMembers(schema, value, (type, member, path) => attributeValue(type, member, path));
  // The model types are computed from the very schema that drives mapMembers.
  return model as ConfigModel<S>;
}

/** Reads a plan that is being applied, where all that the practitioner decides is known. */
export function decodePlanned<S extends Schema>(schema: S, value: Value): PlannedModel<S> {
  const all = members(schema);
  const model = mapMembers(schema, value, (type, member, path) => {
    const attribute = all[path[0]];
    const providerDecides = attribute !== undefined && isComputed(attribute) && attribute.mode !== "defaulted";
    return providerDecides ? attributeValue(type, member, path) : decodeValue(type, member, path);
  });
  // The model types are computed from the very schema that drives mapMembers.
  return model as PlannedModel<S>;
}

/** Writes a whole state. Write-only attributes become null; what is missing becomes null. */
export function encodeState(schema: Schema, model: Readonly<Record<string, unknown>>): Value {
  return encodeObject(members(schema), model);
}

/** Writes one attribute of a plan. */
export function encodeAttribute(type: AttributeType, value: AttributeValue<unknown>): Value {
  switch (value.kind) {
    case "known":
      return encodeValue(type, value.value);
    case "null":
      return nullValue;
    case "unknown":
      return unknownValue;
  }
}

/**
 * Writes a JavaScript value as the schema's type says; `undefined` and `null` alike become null.
 *
 * @throws {TypeError} for a value of another type: a mistake in the provider
 */
export function encodeValue(type: AttributeType, model: unknown): Value {
  if (model === null || model === undefined) return nullValue;
  switch (type.kind) {
    case "list":
    case "set":
      return { kind: type.kind, elements: elementsOf(model).map((element) => encodeValue(type.element, element)) };
    case "map":
      return {
        kind: "map",
        entries: new Map(Object.entries(model).map(([key, element]) => [key, encodeValue(type.element, element)])),
      };
    case "object":
      return encodeObject(type.attributes, recordOf(model));
    default:
      return encodePrimitive(type.kind, model);
  }
}

function encodePrimitive(kind: "string" | "number" | "bool" | "dynamic", model: unknown): Value {
  if (kind === "string" && typeof model === "string") return { kind, value: model.normalize("NFC") };
  if (kind === "number" && typeof model === "number") return { kind, value: canonicalNumber(String(model)) };
  if (kind === "bool" && typeof model === "boolean") return { kind, value: model };
  // A dynamic attribute's model is the value itself.
  if (kind === "dynamic" && typeof model === "object") return model as Value;
  throw new TypeError(`The provider gave a ${typeof model} where the schema says ${kind}`);
}

/** Writes an identity. */
export function encodeIdentity(schema: IdentitySchema, identity: Identity): Value {
  const entries = Object.entries(schema.attributes).map(
    ([name, attribute]) => [name, encodeJson(attribute.type, identity[name] ?? null)] as const,
  );
  return { kind: "object", entries: new Map(entries) };
}

/** Reads an identity. */
export function decodeIdentity(value: Value): Identity {
  const entries = "entries" in value ? [...value.entries] : [];
  return Object.fromEntries(entries.map(([name, entry]) => [name, decodeJson(entry)]));
}

function encodeJson(type: TerraformType, json: Json): Value {
  if (json === null) return nullValue;
  if (type.kind === "list" && Array.isArray(json)) {
    return { kind: "list", elements: json.map((element: Json) => encodeJson(type.element, element)) };
  }
  if (type.kind === "bool") return { kind: "bool", value: json === true };
  const text = typeof json === "object" ? JSON.stringify(json) : String(json);
  return type.kind === "number" ? { kind: "number", value: canonicalNumber(text) } : { kind: "string", value: text };
}

function decodeJson(value: Value): Json {
  switch (value.kind) {
    case "string":
    case "bool":
      return value.value;
    case "number":
      return exactNumber(value.value) ?? value.value;
    case "list":
    case "set":
    case "tuple":
      return value.elements.map(decodeJson);
    case "map":
    case "object":
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, decodeJson(entry)]));
    default:
      return null;
  }
}

function attributeValue(type: AttributeType, value: Value, path: AttributePath): AttributeValue<unknown> {
  if (value.kind === "null") return { kind: "null" };
  if (!isWhollyKnown(value)) return { kind: "unknown" };
  return { kind: "known", value: decodeValue(type, value, path) };
}

function mapMembers(
  schema: Schema,
  value: Value,
  decode: (type: AttributeType, member: Value, path: readonly [string]) => unknown,
): Readonly<Record<string, unknown>> {
  const model: Record<string, unknown> = {};
  for (const { name, attribute, path } of namedAttributes(members(schema))) {
    model[name] = decode(attribute.type, entryOf(value, name), path);
  }
  return model;
}

function decodeObject(attributes: Attributes, value: Value, path: AttributePath): Readonly<Record<string, unknown>> {
  const model: Record<string, unknown> = {};
  for (const named of namedAttributes(attributes)) {
    const { name, attribute } = named;
    model[name] = decodeValue(attribute.type, entryOf(value, name), pathWithin(path, named));
  }
  return model;
}

/**
 * Reads one known value as the schema's type says; unknown parts read as null.
 *
 * @throws {DiagnosticError} for a number that JavaScript cannot hold exactly
 */
export function decodeValue(type: AttributeType, value: Value, path: AttributePath): unknown {
  if (value.kind === "null" || value.kind === "unknown") return null;
  if (type.kind === "dynamic") return value;
  if ("elements" in value) {
    const stepOf = (index: number) => (value.kind === "set" ? [] : [index]);
    return value.elements.map((element, index) => decodeValue(elementType(type), element, [...path, ...stepOf(index)]));
  }
  if ("entries" in value) {
    return type.kind === "object"
      ? decodeObject(type.attributes, value, path)
      : decodeMap(elementType(type), value.entries, path);
  }
  if (value.kind === "number") return decodeNumber(value.value, path);
  return value.kind === "dynamic" ? decodeValue(type, value.value, path) : value.value;
}

function decodeMap(type: AttributeType, entries: ReadonlyMap<string, Value>, path: AttributePath): unknown {
  const pairs = [...entries].map(([key, entry]) => [key, decodeValue(type, entry, [...path, { key }])] as const);
  return Object.fromEntries(pairs);
}

function decodeNumber(text: string, path: AttributePath): number {
  const exact = exactNumber(text);
  if (exact !== undefined) return exact;
  throw new DiagnosticError({
    summary: "Number out of range",
    detail: `${renderPath(path)} is ${text}, which this provider cannot hold exactly. Use a whole number between -9007199254740991 and 9007199254740991.`,
    attribute: path,
  });
}

function elementType(type: AttributeType): AttributeType {
  return "element" in type ? type.element : { kind: "dynamic" };
}

/** The entry of an object, or null where there is none. */
export function entryOf(value: Value, name: string): Value {
  return "entries" in value ? (value.entries.get(name) ?? nullValue) : nullValue;
}

/** An object with a new value for each of its attributes: the object itself where all stay as they are, as in most plans. */
export function changeEntries(
  value: Extract<Value, { readonly entries: unknown }>,
  attributes: Attributes,
  change: (attribute: NamedAttribute) => Value,
): Value {
  let entries: Map<string, Value> | undefined;
  for (const named of namedAttributes(attributes)) {
    const next = change(named);
    if (next === value.entries.get(named.name)) continue;
    entries ??= new Map(value.entries);
    entries.set(named.name, next);
  }
  return entries === undefined ? value : { kind: "object", entries };
}

function encodeObject(attributes: Attributes, model: Readonly<Record<string, unknown>>): Value {
  const entries = new Map<string, Value>();
  for (const { name, attribute } of namedAttributes(attributes)) {
    entries.set(name, attribute.writeOnly === true ? nullValue : encodeValue(attribute.type, model[name]));
  }
  return { kind: "object", entries };
}

function elementsOf(model: unknown): readonly unknown[] {
  return Array.isArray(model) ? model : [];
}

function recordOf(model: unknown): Readonly<Record<string, unknown>> {
  return typeof model === "object" && model !== null ? Object.fromEntries(Object.entries(model)) : {};
}
