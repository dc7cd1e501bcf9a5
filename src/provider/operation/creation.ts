import { type ClusterError, isOutcomeUnknown } from "../../client/cluster-error.ts";
import { describeFailure } from "../../connection/render/answer.ts";
import type { DiagnosticText } from "../../framework/diagnostics.ts";
import { lookAfter } from "./lost-answer.ts";

/** How to create one object whose name is unique on the cluster. */
export interface NamedCreation<T> {
  create(): Promise<T>;
  /** Looks for the object of that name; `undefined` when there is none. */
  find(): Promise<T | undefined>;
  /**
   * Decides about an object that was found after the answer was lost.
   *
   * @throws {DiagnosticError} where it may be somebody else's
   */
  takeOver(found: T, lost: ClusterError): Promise<T>;
}

/**
 * Creates an object. If the answer is lost, cannot be read or reports a failure inside the cluster, it looks for the object,
 * and creates it once more if it is not there. Because names are unique, it does no harm if the cluster carries out the first
 * request later.
 *
 * @throws {ClusterError} when the cluster refuses, when looking fails, or when the object is not there after a second lost
 * answer
 */
export async function createSurely<T>(creation: NamedCreation<T>): Promise<T> {
  const first = await attempt(creation);
  if ("made" in first) return first.made;
  const second = await attempt(creation);
  if ("made" in second) return second.made;
  throw second.lost;
}

async function attempt<T>(creation: NamedCreation<T>): Promise<{ readonly made: T } | { readonly lost: ClusterError }> {
  try {
    return { made: await creation.create() };
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    const found = await lookAfter(error, async () => creation.find());
    return found === undefined ? { lost: error } : { made: await creation.takeOver(found, error) };
  }
}

/**
 * The warning that an object was assumed to be the one that a request created whose answer was lost.
 *
 * @param what - the object with its name: `role "backup-operator"`
 */
export function takenOver(what: string, lost: ClusterError): DiagnosticText {
  return {
    summary: "An object was found and taken for the one that was just created",
    detail: `${describeFailure(lost)} Now the cluster has a ${what}, which was not there before, is exactly as asked for, and has no members: it is managed from here from now on. If somebody else created it at the same moment, stop managing it (with a removed block with destroy = false, or with state rm), and choose another name.`,
  };
}
