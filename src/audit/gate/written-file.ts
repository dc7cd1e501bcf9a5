import * as v from "valibot";
import { AuditError } from "../audit-error.ts";
import { decodeWrittenJson } from "../plan/decode-json.ts";

type Schema = v.StrictObjectSchema<v.ObjectEntries, undefined>;

/**
 * Reads a file that a person has written.
 *
 * @throws {AuditError} of this kind, with every fault
 */
export function parseWritten<T extends Schema>(
  bytes: Uint8Array,
  kind: "policy" | "baseline",
  schema: T,
): v.InferOutput<T> {
  const written = decodeWrittenJson(bytes, kind);
  // A list would be asked for what every list has.
  if (Array.isArray(written)) throw new AuditError(kind, "It takes an object, and got a list.");
  const result = v.safeParse(schema, written);
  if (result.success) return result.output;
  throw new AuditError(kind, result.issues.map(renderIssue));
}

function renderIssue(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  if (issue.type === "strict_object" && path !== null) return renderKey(issue, path);
  const words =
    issue.kind === "schema" ? `It takes ${wordOf(issue.expected)}, and got ${gotOf(issue)}.` : issue.message;
  return path === null ? words : `${path}: ${words}`;
}

/** Something is missing, or something is there that is not known. */
function renderKey({ received }: v.BaseIssue<unknown>, path: string): string {
  return received === "undefined" ? `${path} is missing.` : `${path} is not known here.`;
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
  return words[expected ?? ""] ?? String(expected);
}

function gotOf({ received, input }: v.BaseIssue<unknown>): string {
  if (typeof input === "string") return received;
  return typeof input === "number" ? `the number ${received}` : wordOf(received);
}
