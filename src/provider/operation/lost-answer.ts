import { ClusterError } from "../../client/cluster-error.ts";

/**
 * Looks at the cluster after the answer to a write was lost.
 *
 * @throws {ClusterError} of the kind `outcome-unknown`, with both reasons, when looking fails as well
 */
export async function lookAfter<T>(lost: ClusterError, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    const { method, path } = lost;
    const message = `${lost.message}, and looking at the cluster afterwards failed as well: ${error.message}`;
    throw new ClusterError(message, { kind: "outcome-unknown", method, path, cause: error });
  }
}
