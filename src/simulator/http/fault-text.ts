import { nearestName } from "../../vocabulary/nearest-name.ts";
import type { Fault, FaultDeclaration } from "./faults.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const wordKinds = ["reset", "hang", "empty-body", "broken-json", "web-page"] as const;
const kinds = `${wordKinds.join(", ")}, or a status from 400 to 599`;
const options = "before, after, xN (or x* for always), skip=N, retry-after=SECONDS";
const form = `A fault is written METHOD PATH KIND, and then any of: ${options}.`;
const example = `Such as "POST /v1/auth/access-tokens/ reset after x2".`;

/** A text that declares no fault. */
export class FaultTextError extends Error {
  override readonly name = "FaultTextError";
}

/**
 * Reads a fault from text, such as `POST /v1/auth/access-tokens/ reset after x2`.
 *
 * First METHOD (or `*`), then PATH, where `*` stands for anything within one segment and `**` for anything at all, then
 * KIND: `reset`, `hang`, `empty-body`, `broken-json`, `web-page` or a status from 400 to 599. In any order may follow `before` or
 * `after` (whether the cluster has done what was asked; before when absent), `xN` (how many exchanges it meets; `x*`
 * for all of them; 1 when absent), `skip=N` (how many pass first), and with a status `retry-after=SECONDS`. A PATH
 * without a query meets every query.
 *
 * @throws {FaultTextError} telling what was met and what is accepted
 */
export function parseFault(text: string): FaultDeclaration {
  const [method, path, kind, ...rest] = text.trim().split(/\s+/);
  if (method === undefined || path === undefined || kind === undefined) {
    throw new FaultTextError(`${quote(text)} is incomplete. ${form} ${example}`);
  }
  const asked = parseOptions(rest);
  return {
    ...(method === "*" ? {} : { method: parseMethod(method) }),
    ...(path === "**" ? {} : { path: parsePath(path) }),
    ...(asked.when === undefined ? {} : { when: asked.when }),
    ...(asked.times === undefined ? {} : { times: asked.times }),
    ...(asked.skip === undefined ? {} : { skip: asked.skip }),
    with: withRetryAfter(parseKind(kind), asked.retryAfterSeconds),
    text: [method, path, kind, ...rest].join(" "),
  };
}

function parseMethod(text: string): string {
  const method = text.toUpperCase();
  if (methods.includes(method)) return method;
  throw new FaultTextError(
    `${quote(text)} is not a method. ${hint(nearestName(text, methods))}A fault begins with one of ${methods.join(", ")}, or * for any. ${example}`,
  );
}

function parsePath(text: string): RegExp {
  if (!text.startsWith("/") && !text.startsWith("**")) {
    throw new FaultTextError(
      `${quote(text)} is not a path: it begins with a slash, or is ** for every path. ${form} ${example}`,
    );
  }
  if (/[{}]/.test(text)) {
    throw new FaultTextError(
      `The path ${quote(text)} holds braces. Write * for a segment that varies: ${text.replaceAll(/\{[^}]*\}?/g, "*")}.`,
    );
  }
  const pattern = text
    .split(/(\*\*|\*)/)
    .map((part) => wildcards[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("");
  return new RegExp(`^${pattern}${text.includes("?") ? "" : "(?:\\?.*)?"}$`);
}

const wildcards: Readonly<Record<string, string>> = { "**": ".*", "*": "[^/?]*" };

function parseKind(text: string): Fault {
  const word = wordKinds.find((kind) => kind === text.toLowerCase());
  if (word !== undefined) return { kind: word };
  const status = /^\d{3}$/.test(text) ? Number(text) : 0;
  if (status >= 400 && status <= 599) return { kind: "status", status };
  throw new FaultTextError(
    `${quote(text)} is not a kind of fault. ${hint(nearestName(text, wordKinds))}Accepted are ${kinds}. ${example}`,
  );
}

interface FaultOptions {
  readonly when?: "before" | "after";
  readonly times?: number;
  readonly skip?: number;
  readonly retryAfterSeconds?: number;
}

function parseOptions(texts: readonly string[]): FaultOptions {
  let asked: FaultOptions = {};
  for (const text of texts) {
    const option = parseOption(text);
    const twice = Object.keys(option).some((name) => Object.hasOwn(asked, name));
    if (twice)
      throw new FaultTextError(`${quote(text)} repeats or contradicts an earlier option. Leave one of the two out.`);
    asked = { ...asked, ...option };
  }
  return asked;
}

function parseOption(text: string): FaultOptions {
  const lower = text.toLowerCase();
  if (lower === "before" || lower === "after") return { when: lower };
  if (lower === "x*") return { times: Number.POSITIVE_INFINITY };
  const [, name = "", value = ""] = /^(x|skip=|retry-after=)(.*)$/.exec(lower) ?? [];
  switch (name) {
    case "x":
      return { times: parseCount(text, value, 1) };
    case "skip=":
      return { skip: parseCount(text, value, 0) };
    case "retry-after=":
      return { retryAfterSeconds: parseCount(text, value, 0) };
    default:
      throw new FaultTextError(
        `${quote(text)} is not understood. After METHOD PATH KIND may follow: ${options}. ${example}`,
      );
  }
}

function parseCount(text: string, digits: string, least: number): number {
  const count = /^\d{1,9}$/.test(digits) ? Number(digits) : -1;
  if (count >= least) return count;
  const always = text.toLowerCase().startsWith("x") ? ", or * for always" : "";
  throw new FaultTextError(`${quote(text)} needs a whole number from ${least} to 999999999${always}.`);
}

function withRetryAfter(fault: Fault, retryAfterSeconds: number | undefined): Fault {
  if (retryAfterSeconds === undefined) return fault;
  if (fault.kind === "status") return { ...fault, retryAfterSeconds };
  throw new FaultTextError(
    `retry-after goes with a status, and ${fault.kind} sends none. Leave it out, or use a status such as 429.`,
  );
}

function hint(nearest: string | undefined): string {
  return nearest === undefined ? "" : `Did you mean ${nearest}? `;
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
