import { type AttributePath, renderPath } from "./attribute-path.ts";
import { DiagnosticError } from "./diagnostics.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import { changeEntries, decodeState, encodeValue, entryOf } from "./model-codec.ts";
import type { StateModel } from "./model.ts";
import type { Resource } from "./resource.ts";
import {
  type Attribute,
  namedAttributes,
  pathWithin,
  type Attributes,
  type AttributeType,
  members,
  type Schema,
} from "./schema.ts";
import type { Value } from "./value.ts";

/*
 * State is a file that people edit, merge and restore: what the schema promises may not hold there. Handlers are written
 * for what it promises, so that a gap is either filled or reported before they see it.
 */

const byWhom = "it was edited by hand, or written by something else";
const wayOut = "restore the state from a backup, or use state rm and import the object again";

/**
 * The state that a plan, a change or a deletion starts from.
 *
 * @throws {DiagnosticError} where a required attribute is null
 */
export function decodePrior<S extends Schema>(schema: S, state: Value): StateModel<S> {
  const filled = fillObject(members(schema), state);
  refuseGaps(members(schema), filled, []);
  return decodeState(schema, filled);
}

/**
 * The state that reading starts from. It may have gaps, as after an import: reading fills them from the cluster.
 *
 * @throws {DiagnosticError} where what names the object is missing, and the object is not {@link Resource.isUnmade}
 */
export function decodeForRead<C>(resource: Resource<Schema, C>, state: Value): StateModel<Schema> {
  const { schema, identity } = resource;
  const filled = decodeState(schema, emptyCollections(members(schema), fillObject(members(schema), state)));
  const missing = Object.keys(identity?.attributes ?? {}).find((name) => entryOf(state, name).kind === "null");
  if (missing !== undefined && resource.isUnmade?.(filled) !== true) {
    throw damaged([missing], "null, and it names the object");
  }
  return filled;
}

/** Puts the constant where an attribute that has one is null, and leaves out elements that are null. */
function fillObject(attributes: Attributes, state: Value): Value {
  return mapEntries(attributes, state, (attribute, value) => {
    if (value.kind === "null" && attribute.mode === "defaulted") return encodeValue(attribute.type, attribute.default);
    return fillValue(attribute.type, value);
  });
}

function fillValue(type: AttributeType, value: Value): Value {
  if (type.kind === "object") return fillObject(type.attributes, value);
  if (!("element" in type) || !("elements" in value)) return value;
  const present = value.elements.filter(({ kind }) => kind !== "null");
  return { ...value, elements: present.map((element) => fillValue(type.element, element)) };
}

/** Puts no elements where a required list or set is null. */
function emptyCollections(attributes: Attributes, state: Value): Value {
  return mapEntries(attributes, state, ({ mode, type }, value) => {
    const isCollection = type.kind === "list" || type.kind === "set";
    return value.kind === "null" && mode === "required" && isCollection ? { kind: type.kind, elements: [] } : value;
  });
}

function mapEntries(
  attributes: Attributes,
  state: Value,
  change: (attribute: Attribute, value: Value) => Value,
): Value {
  if (!("entries" in state)) return state;
  return changeEntries(state, attributes, ({ name, attribute }) => change(attribute, entryOf(state, name)));
}

function refuseGaps(attributes: Attributes, state: Value, path: AttributePath): void {
  for (const named of namedAttributes(attributes)) {
    const { name, attribute } = named;
    const value = entryOf(state, name);
    const here = pathWithin(path, named);
    if (value.kind === "null" && attribute.mode === "required") throw damaged(here, "null, and it must have a value");
    if (value.kind !== "null") refuseGapsInside(attribute.type, value, here);
  }
}

function refuseGapsInside(type: AttributeType, value: Value, path: AttributePath): void {
  if (type.kind === "object") {
    refuseGaps(type.attributes, value, path);
  } else if ("element" in type && "elements" in value) {
    for (const element of value.elements) refuseGapsInside(type.element, element, path);
  }
}

/**
 * Reads what engines hand over from a state file.
 *
 * @throws {DiagnosticError} for anything but a JSON object
 */
export function parseStored(bytes: Uint8Array): JsonObject {
  try {
    // JSON.parse gives nothing but JSON.
    const parsed = JSON.parse(new TextDecoder().decode(bytes)) as Json;
    if (isJsonObject(parsed)) return parsed;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new DiagnosticError({
    summary: "State of this object is damaged",
    detail: `What state holds of it is not a JSON object: ${byWhom}. To go on, ${wayOut}.`,
  });
}

/**
 * Checks that stored JSON is of the schema's types, where text that says a number or a truth value is one for engines.
 *
 * @throws {DiagnosticError} for the first value of another type
 */
export function checkStoredTypes(schema: Schema, stored: JsonObject): void {
  checkObject(members(schema), stored, []);
}

function checkObject(attributes: Attributes, stored: JsonObject, path: AttributePath): void {
  for (const named of namedAttributes(attributes)) {
    checkJson(named.attribute.type, stored[named.name] ?? null, pathWithin(path, named));
  }
}

function checkJson(type: AttributeType, json: Json, path: AttributePath): void {
  if (json === null || type.kind === "dynamic") return;
  if (!isOfKind(type, json)) throw damaged(path, `${kindOf(json)}, and it is to be ${expected(type)}`);
  if (type.kind === "object") checkObject(type.attributes, recordOf(json), path);
  else if ("element" in type) checkElements(type, json, path);
}

function isOfKind({ kind }: AttributeType, json: Json): boolean {
  if (kind === "list" || kind === "set") return isList(json);
  const isObject = typeof json === "object" && !isList(json);
  return kind === "object" || kind === "map" ? isObject : typeof json !== "object";
}

function checkElements(
  type: Extract<AttributeType, { readonly element: AttributeType }>,
  json: Json,
  path: AttributePath,
): void {
  if (isList(json)) for (const [index, element] of json.entries()) checkJson(type.element, element, [...path, index]);
  else for (const [key, entry] of Object.entries(recordOf(json))) checkJson(type.element, entry, [...path, { key }]);
}

function recordOf(json: Json): JsonObject {
  return typeof json === "object" && json !== null && !isList(json) ? json : {};
}

function expected({ kind }: AttributeType): string {
  if (kind === "list" || kind === "set") return "a list";
  return kind === "object" || kind === "map" ? "an object" : `a ${kind}`;
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function kindOf(json: Json): string {
  if (isList(json)) return "a list";
  return typeof json === "object" ? "an object" : `a ${typeof json}`;
}

/** Never the value itself: it may be a secret. */
function damaged(path: AttributePath, what: string): DiagnosticError {
  return new DiagnosticError({
    summary: "State of this object is damaged",
    detail: `In state, ${renderPath(path)} is ${what}: ${byWhom}. Run apply -refresh-only, which reads it anew from the cluster where state still names the object; otherwise ${wayOut}.`,
    attribute: path,
  });
}
