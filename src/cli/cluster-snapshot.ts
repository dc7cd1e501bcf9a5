import type { Cluster } from "../client/cluster.ts";
import { type Reading, readSnapshot, type Snapshot } from "../client/snapshot/read-snapshot.ts";
import { attempting } from "../connection/attempt.ts";

/**
 * Reads the accounts, roles and access tokens of a cluster, for a command that looks at all of them. It changes nothing.
 *
 * @throws {ConnectError} that says that the cluster could not be read, and which privilege that needs
 */
export async function readClusterSnapshot(cluster: Cluster, reading: Reading): Promise<Snapshot> {
  return attempting({ summary: "The cluster could not be read", privilege: "PRIVILEGE_ROLE_READ" }, async () =>
    readSnapshot(cluster, reading),
  );
}
