import * as v from "valibot";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { AuditError } from "../audit-error.ts";
import { decodeWrittenJson } from "../plan/decode-json.ts";

type Schema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/** What a file that a person writes must be like. */
export interface WrittenFormat<T extends Schema> {
  readonly kind: "policy" | "baseline";
  readonly schema: T;
  /** All keys of the format, at any level: one of them is suggested for a misspelled one. */
  readonly keys: readonly string[];
}

/**
 * Reads a file that a person has written.
 *
 * @throws {AuditError} of this kind, with every fault
 */
export function parseWritten<T extends Schema>(
  bytes: Uint8Array,
  { kind, schema, keys }: WrittenFormat<T>,
): v.InferOutput<T> {
  const written = decodeWrittenJson(bytes, kind);
  // A list would be asked for what every list has.
  if (Array.isArray(written)) throw new AuditError(kind, "It takes an object, and got a list.");
  const result = v.safeParse(schema, written);
  if (result.success) return result.output;
  throw new AuditError(
    kind,
    result.issues.map((issue) => renderIssue(issue, keys)),
  );
}

function renderIssue(issue: v.BaseIssue<unknown>, keys: readonly string[]): string {
  const path = v.getDotPath(issue);
  if (issue.type === "strict_object" && path !== null) return renderKey(issue, { path, keys });
  const words =
    issue.kind === "schema" ? `It takes ${wordOf(issue.expected)}, and got ${gotOf(issue)}.` : issue.message;
  return path === null ? words : `${path}: ${words}`;
}

/** Something is missing, or something is there that is not known. */
function renderKey(
  { received }: v.BaseIssue<unknown>,
  { path, keys }: { readonly path: string; readonly keys: readonly string[] },
): string {
  if (received === "undefined") return `${path} is missing.`;
  const key = path.slice(path.lastIndexOf(".") + 1);
  const meant = keys.includes(key) ? undefined : nearestName(key, keys);
  return `${path} is not known here.${meant === undefined ? "" : ` Did you mean ${meant}?`}`;
}

const words: Readonly<Record<string, string>> = {
  Object: "an object",
  Array: "a list",
  string: "a text",
  boolean: "true or false",
  number: "a number",
  null: "null",
};

function wordOf(expected: string | null): string {
  return words[expected ?? ""] ?? choicesOf(String(expected));
}

/** `("low" | "high")` in words. */
function choicesOf(expected: string): string {
  const choices = expected.match(/(?<=")[^"|]+(?=")/g) ?? [];
  return choices.length < 2 ? expected : `${choices.slice(0, -1).join(", ")} or ${String(choices.at(-1))}`;
}

function gotOf({ received, input }: v.BaseIssue<unknown>): string {
  if (typeof input === "string") return received;
  return typeof input === "number" ? `the number ${received}` : wordOf(received);
}
