import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";

/**
 * The members of a role; nobody when there is no such role.
 *
 * @throws {ClusterError} with status 403 when the account may not read them
 */
export async function membersOf(cluster: Cluster, roleName: string): Promise<readonly Identity[]> {
  try {
    return await cluster.roleMembers.list(roleName);
  } catch (error) {
    if (isAnswer(error, 404)) return [];
    throw error;
  }
}
