import { nullValue, unknownValue, type Value } from "../../../src/framework/value.ts";

/** What {@link value} takes: plain data, with arrays as lists and records as objects, or a finished value. */
export type Plain = null | string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain } | Finished;

/** A value inside plain data that is used as it is. */
export class Finished {
  readonly value: Value;

  constructor(value: Value) {
    this.value = value;
  }
}

/** Decided during apply. */
export const undecided = new Finished(unknownValue);

/** A set inside plain data. */
export function setOfValues(...elements: readonly Plain[]): Finished {
  return new Finished({ kind: "set", elements: elements.map(value) });
}

/** A map inside plain data. */
export function mapOfValues(entries: Readonly<Record<string, Plain>>): Finished {
  const pairs = Object.entries(entries).map(([key, entry]) => [key, value(entry)] as const);
  return new Finished({ kind: "map", entries: new Map(pairs) });
}

/** Writes plain data as a framework value. */
export function value(plain: Plain): Value {
  if (plain === null) return nullValue;
  if (plain instanceof Finished) return plain.value;
  if (typeof plain === "string") return { kind: "string", value: plain };
  if (typeof plain === "number") return { kind: "number", value: String(plain) };
  if (typeof plain === "boolean") return { kind: "bool", value: plain };
  if (isList(plain)) return { kind: "list", elements: plain.map(value) };
  const pairs = Object.entries(plain).map(([key, entry]) => [key, value(entry)] as const);
  return { kind: "object", entries: new Map(pairs) };
}

function isList(plain: Plain): plain is readonly Plain[] {
  return Array.isArray(plain);
}

/** Reads a value back as plain data: sets and lists as arrays, unknown as `"(unknown)"`. */
export function plain(from: Value): unknown {
  if (from.kind === "null") return null;
  if (from.kind === "unknown") return "(unknown)";
  if ("elements" in from) return from.elements.map(plain);
  if ("entries" in from) return Object.fromEntries([...from.entries].map(([key, entry]) => [key, plain(entry)]));
  if (from.kind === "number") return Number(from.value);
  return from.kind === "dynamic" ? plain(from.value) : from.value;
}
