import * as v from "valibot";

import { parseInstant } from "../vocabulary/instant.ts";
import { ClusterError, type ClusterErrorKind, tooManyAccessTokensError } from "./cluster-error.ts";
import { isWellFormed } from "./path-segment.ts";
import { busyStatuses } from "./retry.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";
import { listed } from "../vocabulary/listed.ts";

/** A field that old clusters leave out and new ones may answer as null: `undefined` in both cases. */
export function maybe<T>(schema: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, T | undefined> {
  return v.optional(
    v.pipe(
      v.nullable(schema),
      v.transform((value) => value ?? undefined),
    ),
  );
}

/** Like {@link maybe}, for text that is empty where there is nothing. */
export const maybeText: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.nullish(v.string()),
  v.transform((text) => (text === "" || text === null ? undefined : text)),
);

/** An id: decimal digits, always text. Ids of today have 20 at most; that there is an end keeps comparing them cheap. */
export const idText = v.pipe(v.string(), v.regex(/^\d{1,40}$/));

/** Like {@link maybeText}, for an id. */
export const maybeId: v.GenericSchema<unknown, string | undefined> = v.pipe(maybeText, v.optional(idText));

/** A time in RFC 3339. What cannot be read as one has no meaning here: it might be an end that has passed. */
export const instantText = v.pipe(
  v.string(),
  v.check((text) => parseInstant(text) !== undefined),
);

/** Like {@link maybeText}, for a time. */
export const maybeInstant: v.GenericSchema<unknown, string | undefined> = v.pipe(maybeText, v.optional(instantText));

const largestPosixId = 4_294_967_295;

/** A POSIX id as a number, as identities have it. */
export const posixId = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(largestPosixId));

/**
 * A POSIX id of a local user or group: text in the API, a number on some clusters, empty where there is none. It goes
 * into code as it is, so that it is digits or nothing.
 */
export const maybePosixIdText: v.GenericSchema<unknown, string | undefined> = v.pipe(
  v.nullish(v.union([posixId, v.literal(""), v.pipe(v.string(), v.regex(/^\d{1,10}$/), v.transform(Number), posixId)])),
  v.transform((id) => (id === null || id === "" ? undefined : id?.toString())),
);

/** Compares ids as the numbers that they are, for sorting. */
export function compareIds(left: string, right: string): number {
  const [first, second] = [BigInt(left), BigInt(right)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

const errorBody = v.object({
  error_class: v.optional(v.string()),
  description: v.optional(v.string()),
});

/** Answer of the calls that answer nothing: whatever comes instead is not the cluster's. */
export const nothing = v.undefined("an empty body");

/** What the body of an answer becomes that is not JSON: no schema takes it. */
const notJson = Symbol("not JSON");

/** Turns an answer that is not a success into an error. */
export function answerError(request: HttpRequest, answer: HttpAnswer): ClusterError {
  const { method, path } = request;
  const { status } = answer;
  const { errorClass, description } = readErrorBody(request, answer.body);
  const said = [errorClass, description].filter((part) => part !== undefined).join(": ");
  return new ClusterError(`${method} ${path} was answered with ${status}${said === "" ? "" : ` ${said}`}`, {
    kind: kindOfError(request, answer),
    method,
    path,
    status,
    errorClass,
    description,
  });
}

/**
 * Only a refusal of the cluster itself says what became of a request. A failure inside the cluster, or a status that the
 * REST API does not have, may come before or after the request was carried out.
 */
function kindOfError({ replayable }: HttpRequest, answer: HttpAnswer): ClusterErrorKind {
  const { status } = answer;
  const isRefusal = status >= 400 && status < 500 && !busyStatuses.has(status) && !isForeignAbsence(answer);
  if (!isRefusal && !replayable) return "outcome-unknown";
  return status < 300 || isForeignAbsence(answer) ? "unreadable-answer" : "answer";
}

/** Whether the cluster says that what was asked for is not there. */
export function saysNotFound(answer: HttpAnswer): boolean {
  return answer.status === 404 && !isForeignAbsence(answer);
}

/** "Not found" as a web page says that something else was asked than the cluster, and nothing of what the cluster has. */
function isForeignAbsence({ status, body }: HttpAnswer): boolean {
  return status === 404 && body.trimStart().startsWith("<");
}

function readErrorBody(
  request: HttpRequest,
  body: string,
): { errorClass: string | undefined; description: string | undefined } {
  const parsed = v.safeParse(errorBody, parseJson(body));
  const { error_class: named, description } = parsed.success ? parsed.output : {};
  // In which field the cluster names this one is not documented.
  const errorClass = body.includes(tooManyAccessTokensError) ? tooManyAccessTokensError : named;
  return {
    errorClass: errorClass && saidBy(request, errorClass),
    description: description && saidBy(request, description),
  };
}

/** No text of an answer is looked at further: what a person is told ends long before. */
const longestSaid = 10_000;

/** A text of an answer, without the secrets of whoever asked. */
function saidBy(request: HttpRequest, text: string): string {
  return request.redact(text.slice(0, longestSaid));
}

/** @throws {ClusterError} when the answer is not what the REST API describes */
export function parseAnswer<T>(schema: v.GenericSchema<unknown, T>, request: HttpRequest, answer: HttpAnswer): T {
  const json = parseJson(answer.body);
  if (holdsHalfCharacter(answer.body, json)) throw unreadable(request, answer, "with text that is not Unicode");
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  // Of the answer itself nothing is repeated: it may hold a secret.
  // Names in it may be the cluster's own.
  const where = parsed.issues.map((issue) => v.getDotPath(issue) ?? "the whole body");
  throw unreadable(request, answer, `in a form that is not known, at ${saidBy(request, someOf(where))}`);
}

function unreadable(request: HttpRequest, { status }: HttpAnswer, how: string): ClusterError {
  const { method, path, replayable } = request;
  const kind = replayable ? "unreadable-answer" : "outcome-unknown";
  return new ClusterError(`${method} ${path} was answered ${how}`, { kind, method, path, status });
}

const mostPlaces = 5;

/** As many places as a person looks at: a list may be wrong in every entry. */
function someOf(places: readonly string[]): string {
  return listed(places, { most: mostPlaces });
}

/** Only an escape can make half a character: what is written out is UTF-8. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** Whether a text in an answer holds a lone surrogate, which could be neither sent back nor stored. */
function holdsHalfCharacter(body: string, json: unknown): boolean {
  if (!surrogateEscape.test(body)) return false;
  const open: unknown[] = [json];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string" && !isWellFormed(value)) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const [name, entry] of Object.entries(value)) open.push(name, entry);
  }
  return false;
}

/** `undefined` for an empty body. */
function parseJson(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is one of the things that an answer may be: the schema says whether that is right.
    return notJson;
  }
}
