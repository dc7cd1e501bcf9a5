import { findGroup, findUser, groupsOfUser } from "../accounts/accounts.ts";
import { authIds, domainOf, lowerHalf } from "./auth-ids.ts";
import type { Context } from "../context.ts";
import { accountsByPosixId, findDirectoryAccount } from "./directory.ts";
import {
  describeIdentity,
  type Identity,
  type IdentityQuery,
  type IdentityType,
  resolveIdentity,
  typeOfIdentity,
} from "./identities.ts";
import { findMappedUser } from "./user-mappings.ts";

/** An identity, and whom it equals and belongs to. */
export interface ExpandedIdentity {
  readonly id: Identity;
  readonly type: IdentityType;
  readonly smbId: Identity;
  /** `null` without a POSIX identity. */
  readonly nfsId: Identity | null;
  readonly equivalentIds: readonly Identity[];
  readonly groupIds: readonly Identity[];
}

/** Equivalent identities and groups that the caller assumes in addition to those that the cluster knows. */
export interface AssumedRelations {
  readonly equivalentIds: readonly IdentityQuery[];
  readonly groupIds: readonly IdentityQuery[];
}

/**
 * Tells an identity's equivalents and groups, those through groups included.
 *
 * @see Qumulo SDK 7.10.2.1, expand_identity; OpenAPI 7.8.2 for `smb_id`; which of several is shown to SMB is assumed
 */
export function expandIdentity(context: Context, query: IdentityQuery, also: AssumedRelations): ExpandedIdentity {
  const id = resolveIdentity(context, query);
  const same = equivalentsOf(context, [id.authId, ...resolveAll(context, also.equivalentIds)]);
  const groups = groupsOf(context, same, resolveAll(context, also.groupIds));
  const describe = (authId: string): Identity => describeIdentity(context, authId);
  const identities = [...same].map(describe);
  const others = identities.filter(({ authId }) => authId !== id.authId);
  return {
    id,
    type: typeOfIdentity(context, id),
    smbId: isPosix(id) ? (others.find(isWindows) ?? id) : id,
    nfsId: identities.find(isPosix) ?? null,
    equivalentIds: others,
    groupIds: [...groups].map(describe),
  };
}

function resolveAll(context: Context, queries: readonly IdentityQuery[]): string[] {
  return queries.map((query) => resolveIdentity(context, query).authId);
}

function isPosix({ domain }: Identity): boolean {
  return domain === "POSIX_USER" || domain === "POSIX_GROUP";
}

function isWindows({ domain }: Identity): boolean {
  return domain === "ACTIVE_DIRECTORY" || domain === "LOCAL";
}

/**
 * The ids by which an identity may hold a role: its own, its equivalents', its groups', and Everyone.
 *
 * @see OpenAPI 7.8.2, GET /v1/session/roles, for groups; equivalents are assumed
 */
export function rightsHolderIds(context: Context, authId: string): ReadonlySet<string> {
  const same = equivalentsOf(context, [authId]);
  return new Set([...same, ...groupsOf(context, same, []), authIds.everyone]);
}

/** Everything that is the same as one of these, themselves included. */
function equivalentsOf(context: Context, ids: readonly string[]): ReadonlySet<string> {
  const found = new Set(ids);
  // A set goes on with what is added while it is walked.
  for (const authId of found) for (const twin of twinsOf(context, authId)) found.add(twin);
  return found;
}

/** The groups that these and their groups belong to, with all that is the same. */
function groupsOf(context: Context, members: ReadonlySet<string>, also: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (groups: readonly string[]): void => {
    for (const group of equivalentsOf(context, groups)) if (!members.has(group)) found.add(group);
  };
  for (const member of members) add(directGroupsOf(context, member));
  add(also);
  for (const group of found) add(directGroupsOf(context, group));
  return found;
}

function directGroupsOf(context: Context, authId: string): readonly string[] {
  const user = findUser(context, authId);
  if (user !== undefined) return groupsOfUser(context, user).map(({ id }) => id);
  const account = findDirectoryAccount(context, authId);
  if (account === undefined) return [];
  return account.primaryGroupId === null ? account.groupIds : [account.primaryGroupId, ...account.groupIds];
}

/**
 * The identities that are directly equivalent: those with the same uid or gid, and those that were declared to be the same.
 *
 * @see Qumulo docs, Using Active Directory for POSIX Attributes, for directories; local users and groups are assumed
 */
function twinsOf(context: Context, authId: string): readonly string[] {
  const mapped = findMappedUser(context, authId);
  const twins = mapped === undefined ? [] : [mapped.authId];
  const id = BigInt(authId);
  switch (domainOf(id)) {
    case "POSIX_USER":
      return [...twins, ...carriersOf(context, "user", lowerHalf(id))];
    case "POSIX_GROUP":
      return [...twins, ...carriersOf(context, "group", lowerHalf(id))];
    default:
      return [...twins, ...posixTwinsOf(context, authId)];
  }
}

function carriersOf(context: Context, kind: "user" | "group", posixId: number): readonly string[] {
  const text = posixId.toString();
  const local =
    kind === "user" ? context.store.where("localUsers", "uid", text) : context.store.where("localGroups", "gid", text);
  const inDomain = accountsByPosixId(context, kind, posixId);
  return [...inDomain.map(({ authId }) => authId), ...local.map(({ id }) => id)];
}

function posixTwinsOf(context: Context, authId: string): readonly string[] {
  const account = findDirectoryAccount(context, authId);
  if (account !== undefined) return posixIds(account.kind, account.posixId);
  const user = findUser(context, authId);
  return user === undefined ? posixIds("group", findGroup(context, authId)?.gid) : posixIds("user", user.uid);
}

function posixIds(kind: "user" | "group", posixId: string | undefined): readonly string[] {
  if (posixId === undefined || posixId === "") return [];
  return [kind === "user" ? authIds.posixUser(Number(posixId)) : authIds.posixGroup(Number(posixId))];
}
