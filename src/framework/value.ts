import type { TerraformType } from "./terraform-type.ts";

/**
 * One Terraform value, free of any wire format and complete: what the engine sent is here without loss.
 *
 * Numbers are canonical decimal text (`"9007199254740993"`, `"0.1"`), since Terraform's are wider than JavaScript's.
 * Strings are in Unicode normalization form C, as the engines keep them. A `dynamic` value carries the type it has.
 */
export type Value =
  | { readonly kind: "null" }
  | { readonly kind: "unknown" }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: string }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "list" | "set" | "tuple"; readonly elements: readonly Value[] }
  | { readonly kind: "map" | "object"; readonly entries: ReadonlyMap<string, Value> }
  | { readonly kind: "dynamic"; readonly type: TerraformType; readonly value: Value };

/** The value that was left out. */
export const nullValue: Value = { kind: "null" };

/** The value that is decided during apply. */
export const unknownValue: Value = { kind: "unknown" };

/** Whether no part of the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  switch (value.kind) {
    case "unknown":
      return false;
    case "list":
    case "set":
    case "tuple":
      return value.elements.every(isWhollyKnown);
    case "map":
    case "object":
      for (const entry of value.entries.values()) if (!isWhollyKnown(entry)) return false;
      return true;
    case "dynamic":
      return isWhollyKnown(value.value);
    default:
      return true;
  }
}

/** Whether both are the same value in every part. The order of a set's members does not matter; unknown equals unknown. */
export function equalValues(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if ("elements" in left && "elements" in right) {
    return left.kind === "set" ? equalSets(left.elements, right.elements) : equalLists(left.elements, right.elements);
  }
  if ("entries" in left && "entries" in right) return equalEntries(left.entries, right.entries);
  return equalLeaves(left, right);
}

function equalLeaves(left: Value, right: Value): boolean {
  if (left.kind === "dynamic" && right.kind === "dynamic") {
    return JSON.stringify(left.type) === JSON.stringify(right.type) && equalValues(left.value, right.value);
  }
  return !("value" in left) || !("value" in right) || left.value === right.value;
}

function equalLists(left: readonly Value[], right: readonly Value[]): boolean {
  return (
    left.length === right.length && left.every((element, index) => equalValues(element, right[index] ?? nullValue))
  );
}

/** Compares sorted texts of the members, so that a set of thousands takes no more than sorting it. */
function equalSets(left: readonly Value[], right: readonly Value[]): boolean {
  if (left.length !== right.length) return false;
  const texts = right.map(textOf).sort();
  return left
    .map(textOf)
    .sort()
    .every((text, index) => text === texts[index]);
}

/** A text that is the same for equal values, and for no others. */
function textOf(value: Value): string {
  if ("elements" in value) {
    const texts = value.elements.map(textOf);
    return JSON.stringify([value.kind, ...(value.kind === "set" ? texts.sort() : texts)]);
  }
  if ("entries" in value) {
    const entries = [...value.entries].sort(([first], [second]) => (first < second ? -1 : 1));
    return JSON.stringify([value.kind, ...entries.map(([name, entry]) => [name, textOf(entry)])]);
  }
  if (value.kind === "dynamic") return JSON.stringify([value.kind, value.type, textOf(value.value)]);
  return JSON.stringify("value" in value ? [value.kind, value.value] : [value.kind]);
}

function equalEntries(left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean {
  if (left.size !== right.size) return false;
  // By name: taking pairs apart makes three objects for each, and every plan compares every object.
  for (const name of left.keys()) {
    const value = left.get(name);
    const other = right.get(name);
    if (value === undefined || other === undefined || !equalValues(value, other)) return false;
  }
  return true;
}
