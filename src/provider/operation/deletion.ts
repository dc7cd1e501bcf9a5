import { type ClusterError, isOutcomeUnknown } from "../../client/cluster-error.ts";
import { lookAfter } from "./lost-answer.ts";

/**
 * Deletes something. If the answer is lost or unclear, it checks whether the object is still there, and tries once more. The
 * object counts as deleted when the cluster says so, or when it is no longer found.
 *
 * @param remove - deletes it; that it is gone already counts as success
 * @param isThere - looks whether it is still there
 * @throws {ClusterError} when the cluster refuses, when it is still there in the end, or when looking for it fails
 */
export async function deleteAndVerify(remove: () => Promise<unknown>, isThere: () => Promise<boolean>): Promise<void> {
  const lost = await lostAnswerOf(remove);
  if (lost === undefined || !(await lookAfter(lost, isThere))) return;
  const lostAgain = await lostAnswerOf(remove);
  if (lostAgain !== undefined && (await lookAfter(lostAgain, isThere))) throw lostAgain;
}

/** Why it is not known whether something was done; `undefined` when it was. */
async function lostAnswerOf(work: () => Promise<unknown>): Promise<ClusterError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isOutcomeUnknown(error)) return error;
    throw error;
  }
}
