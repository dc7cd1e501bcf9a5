/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

const utf8 = new TextDecoder();

/**
 * Reads the bytes of a JSON object; JSON that is something else reads as an empty one.
 *
 * @throws {SyntaxError} for what is not JSON
 */
export function parseJsonObject(bytes: Uint8Array): JsonObject {
  const parsed: unknown = JSON.parse(utf8.decode(bytes));
  // JSON.parse gives nothing but JSON.
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : {};
}

/** Whether JSON is an object. */
export function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !isJsonArray(json);
}

/** Whether JSON is an array. */
export function isJsonArray(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}
