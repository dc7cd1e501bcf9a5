import { fewAtATime } from "../../vocabulary/few-at-a-time.ts";
import type { PrivilegeName } from "../../vocabulary/privileges.ts";
import type { AccessToken } from "../access-tokens.ts";
import { isAnswer, unlessAnswered } from "../cluster-error.ts";
import type { Cluster } from "../cluster.ts";
import type { Identity } from "../identities.ts";
import type { LocalGroup } from "../local-groups.ts";
import type { LocalUser } from "../local-users.ts";
import type { NamedRole } from "../roles.ts";
import { type ObjectType, objectTypes } from "./object-types.ts";

/** A local group with the users in it, those by primary group included. */
export interface GroupWithMembers extends LocalGroup {
  /** `undefined` when they were not read. */
  readonly members: readonly LocalUser[] | undefined;
}

/** A role with everybody who has it. */
export interface RoleWithMembers extends NamedRole {
  /** `undefined` when they were not read. */
  readonly members: readonly Identity[] | undefined;
}

/** Something that the login is not allowed to read. */
export interface Unread {
  /** What therefore becomes no code. */
  readonly types: readonly ObjectType[];
  readonly privilege: PrivilegeName;
  /**
   * Names of the groups or roles whose members these are.
   *
   * @default all
   */
  readonly of?: readonly string[];
}

/** What a cluster had when it was read. What was not asked for, or could not be read, is empty. */
export interface Snapshot {
  readonly users: readonly LocalUser[];
  readonly groups: readonly GroupWithMembers[];
  readonly roles: readonly RoleWithMembers[];
  readonly tokens: readonly AccessToken[];
  /** The types of objects that were read completely. */
  readonly read: ReadonlySet<ObjectType>;
  readonly unread: readonly Unread[];
  /** The time on the cluster. */
  readonly now: Date;
}

/** Is told what is being read, in a few words. */
export type OnProgress = (step: string) => void;

/** How a cluster is read. */
export interface Reading {
  /** What is read. Members are those of the groups, or roles, that are read as well. */
  readonly types: readonly ObjectType[];
  readonly onProgress: OnProgress;
}

const atATime = 6;

/** What has to be read for code of each type. Whose tokens are those of administrators, only all of it tells. */
const needed: Readonly<Record<ObjectType, readonly ObjectType[]>> = {
  users: ["users", "groups"],
  groups: ["groups"],
  "group-members": ["groups", "group-members"],
  roles: ["roles"],
  "role-members": ["users", "groups", "roles", "role-members"],
  "access-tokens": objectTypes,
};

/** What has to be read for code of these types. */
export function neededFor(only: readonly ObjectType[]): readonly ObjectType[] {
  return [...new Set(only.flatMap((type) => needed[type]))];
}

/** The privilege that each type takes to be read. */
export const readPrivileges: Readonly<Record<ObjectType, PrivilegeName>> = {
  users: "PRIVILEGE_LOCAL_USER_READ",
  groups: "PRIVILEGE_LOCAL_GROUP_READ",
  "group-members": "PRIVILEGE_LOCAL_GROUP_READ",
  roles: "PRIVILEGE_ROLE_READ",
  "role-members": "PRIVILEGE_ROLE_READ",
  "access-tokens": "PRIVILEGE_ACCESS_TOKENS_READ",
};

/**
 * Reads accounts, roles, memberships and access tokens by lists: one request for each page of users, groups, roles and
 * access tokens, and for each page of the members of each group and role. It changes nothing.
 *
 * @throws {ClusterError} when it fails otherwise than by a missing privilege
 */
export async function readSnapshot(cluster: Cluster, { types, onProgress }: Reading): Promise<Snapshot> {
  const { localUsers, localGroups, roles: allRoles, roleMembers, accessTokens } = cluster;
  const wanted = new Set(types);
  const reader: Reader = { wanted, onProgress, unread: [] };
  const users = await readList(reader, ["users", "local users"], async () => localUsers.list());
  const groups = await readMembers(reader, ["group-members", "members of local groups"], {
    of: await readList(reader, ["groups", "local groups"], async () => localGroups.list()),
    list: async ({ id }) => localGroups.listMembers(id),
  });
  const roles = await readMembers(reader, ["role-members", "members of roles"], {
    of: await readList(reader, ["roles", "roles"], async () => allRoles.list()),
    list: async ({ name }) => unlessAnswered([404], async () => roleMembers.list(name)),
  });
  const tokens = await readList(reader, ["access-tokens", "access tokens"], async () => accessTokens.list());
  const { unread } = reader;
  const read = new Set([...wanted].filter((type) => !unread.some((lacking) => lacking.types.includes(type))));
  return { users, groups, roles, tokens, read, unread, now: cluster.clock.now() };
}

interface Reader {
  readonly wanted: ReadonlySet<ObjectType>;
  readonly onProgress: OnProgress;
  /** Grows while reading. */
  readonly unread: Unread[];
}

/** A type, and what people call it. */
type Titled = readonly [type: ObjectType, title: string];

async function readList<T>(
  { wanted, onProgress, unread }: Reader,
  [type, title]: Titled,
  list: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  if (!wanted.has(type)) return [];
  onProgress(title);
  const entries = await unlessAnswered([403], list);
  if (entries !== undefined) return entries;
  const privilege = readPrivileges[type];
  unread.push({ types: objectTypes.filter((one) => wanted.has(one) && readPrivileges[one] === privilege), privilege });
  return [];
}

interface MemberLists<T, M> {
  readonly of: readonly T[];
  /** Gives `undefined` for what was deleted meanwhile. */
  readonly list: (entry: T) => Promise<readonly M[] | undefined>;
}

async function readMembers<T extends { readonly name: string }, M>(
  { wanted, onProgress, unread }: Reader,
  [type, title]: Titled,
  { of, list }: MemberLists<T, M>,
): Promise<readonly (T & { readonly members: readonly M[] | undefined })[]> {
  if (!wanted.has(type)) return of.map((entry) => ({ ...entry, members: undefined }));
  const counted = countedProgress(title, of.length, onProgress);
  const read = await fewAtATime(of, atATime, async (entry) => {
    counted();
    try {
      const members = await list(entry);
      return members === undefined ? [] : [{ ...entry, members }];
    } catch (error) {
      if (!isAnswer(error, 403)) throw error;
      return [{ ...entry, members: undefined }];
    }
  });
  const entries = read.flat();
  const refused = entries.filter(({ members }) => members === undefined).map(({ name }) => name);
  if (refused.length > 0) unread.push({ types: [type], privilege: readPrivileges[type], of: refused });
  return entries;
}

const stepsShown = 50;

function countedProgress(what: string, total: number, onProgress: OnProgress): () => void {
  let count = 0;
  return () => {
    if (count % stepsShown === 0) onProgress(`${what}: ${count} of ${total}`);
    count += 1;
  };
}
