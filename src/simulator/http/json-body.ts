import * as v from "valibot";
import { ApiError } from "../rules/api-error.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const byteOrderMark = "\uFEFF";

/**
 * Decodes a JSON body.
 *
 * @param unknownFields - fields of the schema that this cluster does not know: it ignores them, whatever they hold
 * @throws {ApiError} 400 when it is not UTF-8, begins with a byte-order mark, is not JSON, or does not fit the schema; the
 * description names the field and never shows its value, which may be a password
 * @see cosi-driver-qumulo on 7.9.2.2 for byte-order marks and missing fields; the rest is assumed
 */
export function decodeBody<S extends v.GenericSchema>(
  bytes: Buffer,
  schema: S,
  unknownFields: readonly string[],
): v.InferOutput<S> {
  const value = parseJson(bytes);
  if (Array.isArray(value) !== (schema.type === "array")) throw new ApiError("undecodable", notA(schema));
  const result = v.safeParse(schema, withoutFields(value, unknownFields), { abortPipeEarly: true });
  if (result.success) return result.output;
  throw new ApiError("undecodable", describeIssue(result.issues[0], schema));
}

function notA(schema: v.GenericSchema): string {
  return `The body is not a JSON ${schema.type === "array" ? "array" : "object"}`;
}

function withoutFields(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

function parseJson(bytes: Buffer): unknown {
  const text = decodeText(bytes);
  if (text.startsWith(byteOrderMark)) throw new ApiError("undecodable", "The body begins with a byte-order mark");
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // The parser's own message would quote the body.
    throw new ApiError("undecodable", text === "" ? "The body is empty" : "The body is not JSON");
  }
}

function decodeText(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ApiError("undecodable", "The body is not UTF-8");
  }
}

function describeIssue(issue: v.BaseIssue<unknown>, schema: v.GenericSchema): string {
  const path = v.getDotPath(issue);
  if (path === null) return notA(schema);
  if (issue.received === "undefined") return `${path}: the field is missing`;
  return issue.kind === "schema" && issue.expected !== null
    ? `${path}: ${issue.expected} is needed`
    : `${path}: ${issue.message}`;
}

/** Text that can be sent and percent-encoded: JSON escapes could hide half of a character in it. */
export const text = v.pipe(
  v.string(),
  v.check((value) => !/\p{Surrogate}/u.test(value), "the text holds half a character"),
);
