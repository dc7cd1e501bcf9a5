import type { Answer } from "./line.ts";
import { NotKnown } from "./not-known.ts";

/** A field of an object from outside; `undefined` where there is none. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

/**
 * A text in the body of an answer that a probe cannot do without.
 *
 * @throws {NotKnown} when it is not there
 */
export function textIn({ status, body }: Answer, name: string): string {
  const value = fieldOf(body, name);
  if (typeof value === "string") return value;
  throw new NotKnown(`An answer with the status ${status} has no text in its field ${name}`);
}

/** The entries of a list in an answer; empty for anything else. */
export function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The entry of a list that has this id. */
export function entryWithId(list: unknown, id: string): unknown {
  return entriesOf(list).find((entry) => fieldOf(entry, "id") === id);
}

/** The names of the fields of an object from outside. */
export function namesIn(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

/**
 * How a request ended: its status, with the class of the error where it is a refusal.
 *
 * One probe asks for the body of a 401; the others only look at its status, so that one difference is told once.
 */
export function outcome(answer: Answer): string {
  if (answer.status === 200) return "accepted";
  return answer.status === 401 ? "401 refused" : refusal(answer);
}

/** How a request was refused, also with 401. */
export function refusal({ status, text, body }: Answer): string {
  if (text === "") return `${status} without a body`;
  const errorClass = fieldOf(body, "error_class");
  if (typeof errorClass !== "string") return `${status} without error_class`;
  // A name of the API looks so, and nothing else of a cluster is to be told.
  return /^[a-z0-9_]{1,80}$/.test(errorClass) ? `${status} ${errorClass}` : `${status} with another error_class`;
}

/** An answer as a whole: its outcome, whether it has an ETag, and its body. */
export function whole(answer: Answer): object {
  const body = answer.status === 200 ? { body: answer.text === "" ? "(empty)" : answer.body } : {};
  return { outcome: outcome(answer), "has an ETag": answer.etag !== undefined, ...body };
}

/** The types of the fields in a value, for what every cluster fills in another way. */
export function typesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [typesIn(value[0])];
  if (value === null) return null;
  if (typeof value !== "object") return `(${typeof value})`;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, typesIn(entry)]));
}

/** The types of the fields of an object but these, which a cluster may leave empty. */
export function typesWithout(value: unknown, left: readonly string[]): unknown {
  if (typeof value !== "object" || value === null) return typesIn(value);
  return typesIn(Object.fromEntries(Object.entries(value).filter(([name]) => !left.includes(name))));
}

/** Whether texts of digits stand in the order of their numbers. */
export function isAscending(ids: readonly unknown[]): boolean {
  const numbers = ids.flatMap((id) => (typeof id === "string" && /^\d+$/.test(id) ? [BigInt(id)] : []));
  return numbers.every((number, index) => index === 0 || (numbers[index - 1] ?? 0n) <= number);
}

/** A list as a set, so that a difference names the entry and not its place. */
export function setOf(names: readonly unknown[]): Readonly<Record<string, true>> {
  return Object.fromEntries(names.map((name) => [String(name), true]));
}
