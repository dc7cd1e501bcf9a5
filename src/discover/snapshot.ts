import type { AccessToken } from "../client/access-tokens.ts";
import type { Cluster } from "../client/cluster.ts";
import { isAnswer } from "../client/cluster-error.ts";
import type { Identity } from "../client/identities.ts";
import type { LocalGroup } from "../client/local-groups.ts";
import type { LocalUser } from "../client/local-users.ts";
import type { NamedRole } from "../client/roles.ts";
import type { PrivilegeName } from "../vocabulary/privileges.ts";
import type { ObjectType } from "./object-types.ts";

/** A local group with the users in it, those by primary group included. */
export interface GroupWithMembers extends LocalGroup {
  readonly members: readonly LocalUser[];
}

/** A role with everybody who has it. */
export interface RoleWithMembers extends NamedRole {
  readonly members: readonly Identity[];
}

/** Something that the login may not read. */
export interface Unread {
  /** What therefore becomes no code. */
  readonly types: readonly ObjectType[];
  readonly privilege: PrivilegeName;
}

/** What a cluster had when it was read. What could not be read is empty, and told in `unread`. */
export interface Snapshot {
  readonly users: readonly LocalUser[];
  readonly groups: readonly GroupWithMembers[];
  readonly roles: readonly RoleWithMembers[];
  readonly tokens: readonly AccessToken[];
  readonly unread: readonly Unread[];
  /** The time on the cluster. */
  readonly now: Date;
}

/** Is told what is being read, in a few words. */
export type OnProgress = (step: string) => void;

const atATime = 6;

/**
 * Reads all accounts, roles, memberships and access tokens, by lists: one request for each page of users, groups, roles
 * and access tokens, and for each page of the members of each group and role. It asks, and changes nothing.
 *
 * @throws {ClusterError} when it fails otherwise than by a missing privilege
 */
export async function readSnapshot(cluster: Cluster, onProgress: OnProgress): Promise<Snapshot> {
  const unread: Unread[] = [];
  const permitted = async <T>(missing: Unread, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await read();
    } catch (error) {
      if (!isAnswer(error, 403)) throw error;
      unread.push(missing);
      return [];
    }
  };
  onProgress("local users");
  const users = await permitted(missingUsers, async () => cluster.localUsers.list());
  onProgress("local groups");
  const groups = await permitted(missingGroups, async () => readGroups(cluster, onProgress));
  onProgress("roles");
  const roles = await permitted(missingRoles, async () => readRoles(cluster, onProgress));
  onProgress("access tokens");
  const tokens = await permitted(missingTokens, async () => cluster.accessTokens.list());
  return { users, groups, roles, tokens, unread, now: cluster.clock.now() };
}

const missingUsers: Unread = { types: ["users"], privilege: "PRIVILEGE_LOCAL_USER_READ" };
const missingGroups: Unread = { types: ["groups", "group-members"], privilege: "PRIVILEGE_LOCAL_GROUP_READ" };
const missingRoles: Unread = { types: ["roles", "role-members"], privilege: "PRIVILEGE_ROLE_READ" };
const missingTokens: Unread = { types: ["access-tokens"], privilege: "PRIVILEGE_ACCESS_TOKENS_READ" };

async function readGroups(cluster: Cluster, onProgress: OnProgress): Promise<readonly GroupWithMembers[]> {
  const groups = await cluster.localGroups.list();
  const counted = countedProgress("members of local groups", groups.length, onProgress);
  const read = await eachOf(groups, async (group) => {
    counted();
    const members = await cluster.localGroups.listMembers(group.id);
    return members === undefined ? [] : [{ ...group, members }];
  });
  return read.flat();
}

async function readRoles(cluster: Cluster, onProgress: OnProgress): Promise<readonly RoleWithMembers[]> {
  const roles = await cluster.roles.list();
  const counted = countedProgress("members of roles", roles.length, onProgress);
  const read = await eachOf(roles, async (role) => {
    counted();
    try {
      return [{ ...role, members: await cluster.roleMembers.list(role.name) }];
    } catch (error) {
      // It was deleted meanwhile.
      if (isAnswer(error, 404)) return [];
      throw error;
    }
  });
  return read.flat();
}

/** Does the same for each, a few at a time, and keeps the order. */
async function eachOf<T, R>(entries: readonly T[], work: (entry: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const left = entries.entries();
  const worker = async (): Promise<void> => {
    for (const [index, entry] of left) results.set(index, await work(entry));
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return [...results].toSorted(([first], [second]) => first - second).map(([, result]) => result);
}

const stepsShown = 50;

function countedProgress(what: string, total: number, onProgress: OnProgress): () => void {
  let count = 0;
  return () => {
    if (count % stepsShown === 0) onProgress(`${what}: ${count} of ${total}`);
    count += 1;
  };
}
