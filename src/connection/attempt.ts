import { ClusterError } from "../client/cluster-error.ts";
import { type Attempt, ConnectError } from "./fault.ts";

/**
 * Does something on the cluster.
 *
 * @throws {ConnectError} that says what was tried, for every failure of the cluster
 */
export async function attempting<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new ConnectError({ kind: "request-failed", attempt, error }, { cause: error });
  }
}
