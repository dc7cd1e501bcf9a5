import { type AccessTokens, accessTokensPath } from "../access-tokens.ts";
import { isAnswer } from "../cluster-error.ts";
import type { Cluster } from "../cluster.ts";
import { findNamed } from "../find-named.ts";
import { encodeIdentity, type Identities } from "../identities.ts";
import { localGroupMembersPath, type LocalGroups } from "../local-groups.ts";
import type { LocalUsers } from "../local-users.ts";
import type { RoleMembers } from "../role-members.ts";
import { privilegesPath, type Roles } from "../roles.ts";
import { forgettingWrites, unshared } from "./forgetting-writes.ts";
import type { SharedCollection } from "./shared-collection.ts";
import { SharedReads } from "./shared-reads.ts";
import type { SharedRead } from "./shared-request.ts";

/** Two clients of one cluster. A write through either of them discards the answers that the shared one has kept. */
export interface SharedCluster {
  /**
   * For reading only. Reads of the same object share one request, many reads of one kind are answered from one list, and
   * answers are kept for two minutes. They have no ETag, so that nothing is written on the basis of a kept answer.
   */
  readonly shared: Cluster;
  /** For operations that write: each read is a request of its own. */
  readonly direct: Cluster;
}

/**
 * How long answers are kept. An engine reads ten resources at a time, so the reads of a large plan spread over a minute or
 * more; a plan should still show the cluster as it is while the plan is made.
 */
const keptMs = 120_000;

/**
 * Makes the reads of a cluster share their requests.
 *
 * The shared client replaces the reads of the given one and keeps its writes. Both clients go through
 * {@link forgettingWrites}, which discards what the write may have changed.
 *
 * @param elapsedMs - milliseconds since some moment; never goes back, whatever happens to the time of day
 */
export function shareReads(cluster: Cluster, elapsedMs: () => number = () => performance.now()): SharedCluster {
  const reads = new SharedReads(cluster, { elapsedMs, keptMs });
  return { shared: sharedUntil(cluster, reads, undefined), direct: forgettingWrites(cluster, reads) };
}

function sharedUntil(cluster: Cluster, reads: SharedReads, signal: AbortSignal | undefined): Cluster {
  const direct = forgettingWrites(cluster, reads);
  return {
    get localUsers() {
      return { ...direct.localUsers, ...localUserReads(reads, signal) };
    },
    get localGroups() {
      return { ...direct.localGroups, ...localGroupReads(cluster, reads, signal) };
    },
    get roles() {
      return { ...direct.roles, ...roleReads(cluster, reads, signal) };
    },
    get roleMembers() {
      return { ...direct.roleMembers, ...roleMemberReads(reads, signal) };
    },
    get accessTokens() {
      return { ...direct.accessTokens, ...accessTokenReads(cluster, reads, signal) };
    },
    get identities() {
      return identityReads(cluster, reads, signal);
    },
    ...unshared(cluster),
    until: (next) => sharedUntil(cluster.until(next), reads, next),
  };
}

type Signal = AbortSignal | undefined;

function localUserReads({ localUsers }: SharedReads, signal: Signal): Pick<LocalUsers, "find" | "list" | "findByName"> {
  return {
    find: async (id) => withoutMark(await localUsers.find(id, signal)),
    list: async () => localUsers.all(signal),
    findByName: async (name) => findInList(localUsers, name, signal),
  };
}

/** Finds an object by name. When a list that was read earlier does not have it, the list is read once more. */
async function findInList<T extends { readonly name: string }>(
  collection: SharedCollection<T>,
  name: string,
  signal: Signal,
): Promise<T | undefined> {
  const isOfBefore = collection.isListAtHand;
  const found = findNamed(await collection.all(signal), name);
  if (found !== undefined || !isOfBefore) return found;
  collection.forget();
  return findNamed(await collection.all(signal), name);
}

function localGroupReads(
  cluster: Cluster,
  { localGroups, groupMembers }: SharedReads,
  signal: Signal,
): Pick<LocalGroups, "find" | "list" | "findByName" | "listMembers"> {
  return {
    find: async (id) => withoutMark(await localGroups.find(id, signal)),
    list: async () => localGroups.all(signal),
    findByName: async (name) => findInList(localGroups, name, signal),
    async listMembers(id) {
      const read = getting(localGroupMembersPath(id), async (stop) => cluster.until(stop).localGroups.listMembers(id));
      const members = await groupMembers.get(id, read, signal);
      return members && [...members];
    },
  };
}

function roleReads(
  cluster: Cluster,
  { roles, privileges, privilegeNames }: SharedReads,
  signal: Signal,
): Pick<Roles, "find" | "list" | "listPrivileges" | "describePrivileges"> {
  return {
    find: async (name) => withoutMark(await roles.find(name, signal)),
    list: async () => roles.all(signal),
    async listPrivileges() {
      const read = getting(privilegesPath, async (stop) => cluster.until(stop).roles.listPrivileges());
      return [...(await privilegeNames.get("", read, signal))];
    },
    async describePrivileges() {
      const read = getting(privilegesPath, async (stop) => cluster.until(stop).roles.describePrivileges());
      return new Map(await privileges.get("", read, signal));
    },
  };
}

function roleMemberReads(reads: SharedReads, signal: Signal): Pick<RoleMembers, "find" | "list"> {
  return {
    async find(roleName, authId) {
      try {
        return await reads.roleMembers(roleName).find(authId, signal);
      } catch (error) {
        // Of the list: a single member who is not there is not an error. Where there is no role, there is no member.
        if (isAnswer(error, 404)) return undefined;
        throw error;
      }
    },
    list: async (roleName) => reads.roleMembers(roleName).all(signal),
  };
}

function accessTokenReads(
  cluster: Cluster,
  { accessTokens, tokensOfUser }: SharedReads,
  signal: Signal,
): Pick<AccessTokens, "find" | "list" | "listOf"> {
  return {
    find: async (id) => accessTokens.find(id, signal),
    list: async () => accessTokens.all(signal),
    async listOf(authId) {
      const all = tokensOfUser.isAtHand(authId) ? undefined : await accessTokens.allIfWorth(signal);
      const own = all?.filter(({ user }) => user.authId === authId) ?? [];
      if (own.length > 0) return own;
      const read = getting(accessTokensPath, async (stop) => cluster.until(stop).accessTokens.listOf(authId));
      return [...(await tokensOfUser.get(authId, read, signal))];
    },
  };
}

function identityReads(cluster: Cluster, { found, expanded }: SharedReads, signal: Signal): Identities {
  const asking = <T>(verb: string, ask: SharedRead<T>["ask"]): SharedRead<T> => ({
    request: { method: "POST", path: `/v1/identity/${verb}` },
    ask,
  });
  return {
    async get(reference) {
      const read = asking("find", async (stop) => cluster.until(stop).identities.get(reference));
      return found.get(JSON.stringify(encodeIdentity(reference)), read, signal);
    },
    async expand(reference) {
      const read = asking("expand", async (stop) => cluster.until(stop).identities.expand(reference));
      return expanded.get(JSON.stringify(encodeIdentity(reference)), read, signal);
    },
  };
}

function getting<T>(path: string, ask: SharedRead<T>["ask"]): SharedRead<T> {
  return { request: { method: "GET", path }, ask };
}

/** Takes the ETag away: a kept answer may be stale, so it must not become the `If-Match` of a write. */
function withoutMark<T extends object>(entry: T | undefined): (T & { readonly etag: undefined }) | undefined {
  return entry && { ...entry, etag: undefined };
}
