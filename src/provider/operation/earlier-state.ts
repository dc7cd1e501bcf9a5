import type { JsonObject } from "../../framework/json.ts";

/*
 * State of schema version 0 is either this provider's own, or that of the vendor's provider Qumulo/qumulo, brought here
 * by `state replace-provider`. The vendor's types and attributes have the same names; it stores empty text where there is
 * nothing, and attributes that are not known here, which are left behind.
 */

/** The text of an attribute in state of version 0; empty text, nothing and anything else are `null`. */
export function textIn(state: JsonObject, name: string): string | null {
  const value = state[name];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Like {@link textIn}, where empty text is kept: configurations may hold it as well. */
export function storedText(state: JsonObject, name: string): string | null {
  return state[name] === "" ? "" : textIn(state, name);
}

/** The two parts of a composite id, split at its last colon; `null` for what is not there. */
export function idPartsIn(state: JsonObject): readonly [string | null, string | null] {
  const id = textIn(state, "id") ?? "";
  const colon = id.lastIndexOf(":");
  if (colon < 0) return [null, null];
  return [id.slice(0, colon), id.slice(colon + 1)];
}
