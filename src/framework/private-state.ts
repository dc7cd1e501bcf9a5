import { type JsonObject, parseJsonObject } from "./json.ts";
import type { PrivateState } from "./resource.ts";

/** A {@link PrivateState} together with the bytes that the engine keeps. */
export interface StoredPrivateState extends PrivateState {
  /** What to give back to the engine: the very bytes that came, unless something was set since. */
  encode(): Uint8Array;
}

/** Opens what the engine kept. Bytes that are not a JSON object, from another provider perhaps, count as nothing remembered. */
export function openPrivateState(bytes: Uint8Array): StoredPrivateState {
  let encoded = bytes;
  let current: JsonObject | undefined;
  return {
    // Most calls do not ask.
    get: () => (current ??= decode(bytes)),
    set(value) {
      current = value;
      encoded = new TextEncoder().encode(JSON.stringify(value));
    },
    encode: () => encoded,
  };
}

function decode(bytes: Uint8Array): JsonObject {
  if (bytes.length === 0) return {};
  try {
    return parseJsonObject(bytes);
  } catch {
    // Not ours: read it as empty, and give it back untouched.
    return {};
  }
}
