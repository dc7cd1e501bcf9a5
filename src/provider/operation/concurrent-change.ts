import { isDeepStrictEqual } from "node:util";

import { isAnswer } from "../../client/cluster-error.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";

/** An object of the cluster, as far as the provider manages it, and the mark for `If-Match`. */
interface Versioned<T> {
  readonly value: T;
  readonly etag: string | undefined;
}

/** How to change one object that others may change at the same time. */
export interface GuardedChange<T> {
  /** The object in the words of the practitioner: `Role backup-operator`. */
  readonly what: string;
  /** What the object was when the change was planned. */
  readonly planned: T;
  /** What the object is to be. */
  readonly wanted: T;
  find(): Promise<Versioned<T> | undefined>;
  /** Writes `wanted`, if the object is still the one of the mark. */
  write(etag: string | undefined): Promise<void>;
}

/**
 * Changes an object only if it is still what the plan was made for.
 *
 * @throws {DiagnosticError} when it is gone or has changed, with what changed
 */
export async function changeGuarded<T extends object>(change: GuardedChange<T>): Promise<void> {
  const first = await findUnchanged(change);
  if (first === "done") return;
  try {
    await change.write(first.etag);
    return;
  } catch (error) {
    if (!isAnswer(error, 412)) throw error;
  }
  // Either somebody was faster, or the first attempt was carried out and its answer lost, or something that is not
  // managed here has changed: only the last one is worth a second try.
  const second = await findUnchanged(change);
  if (second !== "done") await change.write(second.etag);
}

async function findUnchanged<T extends object>(change: GuardedChange<T>): Promise<Versioned<T> | "done"> {
  const { what, planned, wanted } = change;
  const current = await change.find();
  if (current === undefined) {
    throw new DiagnosticError({
      summary: `${what} is gone`,
      detail: "It was deleted after the plan was made. Run a plan again, which shows that it will be created again.",
    });
  }
  if (isDeepStrictEqual(current.value, planned)) return current;
  if (isDeepStrictEqual(current.value, wanted)) return "done";
  throw new DiagnosticError({
    summary: `${what} has changed since the plan was made`,
    detail: `Somebody changed it on the cluster: ${renderChanges(planned, current.value)}. Nothing was overwritten. Run a plan again, and apply it if it is still what you want.`,
  });
}

function renderChanges(before: object, now: object): string {
  const values = new Map<string, unknown>(Object.entries(now));
  const names = new Set([...Object.keys(before), ...values.keys()]);
  const old = new Map<string, unknown>(Object.entries(before));
  return [...names]
    .filter((name) => !isDeepStrictEqual(old.get(name), values.get(name)))
    .map((name) => `${name} was ${render(old.get(name))} and is ${render(values.get(name))}`)
    .join("; ");
}

function render(value: unknown): string {
  return value === null || value === undefined ? "not set" : JSON.stringify(value);
}
