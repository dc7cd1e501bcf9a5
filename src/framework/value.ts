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

/** An object value: of a whole resource, or of one nested attribute. */
export type ObjectValue = Extract<Value, { kind: "map" | "object" }>;

/** The value that was left out. */
export const nullValue: Value = { kind: "null" };

/** The value that is decided during apply. */
export const unknownValue: Value = { kind: "unknown" };
