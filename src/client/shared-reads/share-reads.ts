import { type AccessTokens, accessTokensPath } from "../access-tokens.ts";
import { isAnswer } from "../cluster-error.ts";
import type { Cluster } from "../cluster.ts";
import { findNamed } from "../find-named.ts";
import { encodeIdentity, type Identities } from "../identities.ts";
import { localGroupMembersPath, type LocalGroups } from "../local-groups.ts";
import type { LocalUsers } from "../local-users.ts";
import type { RoleMembers } from "../role-members.ts";
import { privilegesPath, type Roles } from "../roles.ts";
import {
  accessTokensForgetting,
  localGroupsForgetting,
  localUsersForgetting,
  roleMembersForgetting,
  rolesForgetting,
} from "./forgetting-writes.ts";
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
 * {@link ForgettingWrites}, which discards what the write may have changed.
 *
 * @param elapsedMs - milliseconds since some moment; never goes back, whatever happens to the time of day
 */
export function shareReads(cluster: Cluster, elapsedMs: () => number = () => performance.now()): SharedCluster {
  const reads = new SharedReads(cluster, { elapsedMs, keptMs });
  return { shared: new SharingReads(cluster, reads), direct: new ForgettingWrites(cluster, reads) };
}

/**
 * The same cluster, whose writes make stale what they touch. Each operation has one of its own, so it is to cost nothing: the
 * parts are made when they are asked for.
 */
class ForgettingWrites implements Cluster {
  protected readonly cluster: Cluster;
  protected readonly reads: SharedReads;

  constructor(cluster: Cluster, reads: SharedReads) {
    this.cluster = cluster;
    this.reads = reads;
  }

  get localUsers(): Cluster["localUsers"] {
    return localUsersForgetting(this.cluster, this.reads);
  }

  get localGroups(): Cluster["localGroups"] {
    return localGroupsForgetting(this.cluster, this.reads);
  }

  get roles(): Cluster["roles"] {
    return rolesForgetting(this.cluster, this.reads);
  }

  get roleMembers(): Cluster["roleMembers"] {
    return roleMembersForgetting(this.cluster, this.reads);
  }

  get accessTokens(): Cluster["accessTokens"] {
    return accessTokensForgetting(this.cluster, this.reads);
  }

  get identities(): Cluster["identities"] {
    return this.cluster.identities;
  }

  get sessions(): Cluster["sessions"] {
    return this.cluster.sessions;
  }

  get information(): Cluster["information"] {
    return this.cluster.information;
  }

  get clock(): Cluster["clock"] {
    return this.cluster.clock;
  }

  async coreVersion(): ReturnType<Cluster["coreVersion"]> {
    return this.cluster.coreVersion();
  }

  until(signal: AbortSignal): Cluster {
    return new ForgettingWrites(this.cluster.until(signal), this.reads);
  }

  async close(): Promise<void> {
    return this.cluster.close();
  }
}

/** Reads from kept answers, and for an operation of its own until a signal. */
class SharingReads extends ForgettingWrites {
  readonly #signal: Signal;

  constructor(cluster: Cluster, reads: SharedReads, signal?: Signal) {
    super(cluster, reads);
    this.#signal = signal;
  }

  override get localUsers(): LocalUsers {
    return { ...super.localUsers, ...localUserReads(this.reads, this.#signal) };
  }

  override get localGroups(): LocalGroups {
    return { ...super.localGroups, ...localGroupReads(this.cluster, this.reads, this.#signal) };
  }

  override get roles(): Roles {
    return { ...super.roles, ...roleReads(this.cluster, this.reads, this.#signal) };
  }

  override get roleMembers(): RoleMembers {
    return { ...super.roleMembers, ...roleMemberReads(this.reads, this.#signal) };
  }

  override get accessTokens(): AccessTokens {
    return { ...super.accessTokens, ...accessTokenReads(this.cluster, this.reads, this.#signal) };
  }

  override get identities(): Identities {
    return identityReads(this.cluster, this.reads, this.#signal);
  }

  override until(signal: AbortSignal): Cluster {
    return new SharingReads(this.cluster.until(signal), this.reads, signal);
  }
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
