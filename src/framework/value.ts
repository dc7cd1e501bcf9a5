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
      return [...value.entries.values()].every(isWhollyKnown);
    case "dynamic":
      return isWhollyKnown(value.value);
    default:
      return true;
  }
}

/** Whether both are the same value in every part. The order of a set's members does not matter; unknown equals unknown. */
export function equalValues(left: Value, right: Value): boolean {
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

function equalSets(left: readonly Value[], right: readonly Value[]): boolean {
  const rest = [...right];
  return (
    left.length === right.length &&
    left.every((element) => {
      const index = rest.findIndex((other) => equalValues(element, other));
      if (index >= 0) rest.splice(index, 1);
      return index >= 0;
    })
  );
}

function equalEntries(left: ReadonlyMap<string, Value>, right: ReadonlyMap<string, Value>): boolean {
  return (
    left.size === right.size &&
    [...left].every(([name, value]) => {
      const other = right.get(name);
      return other !== undefined && equalValues(value, other);
    })
  );
}
