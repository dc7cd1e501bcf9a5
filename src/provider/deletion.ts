import { isOutcomeUnknown } from "../client/cluster-error.ts";

/**
 * Deletes something, also when the answer is lost: then looks whether it is still there, and tries once more.
 *
 * @param remove - deletes it; that it is gone already counts as success
 * @param isThere - looks whether it is still there
 */
export async function deleteSurely(remove: () => Promise<unknown>, isThere: () => Promise<boolean>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
    if (await isThere()) await remove();
  }
}
