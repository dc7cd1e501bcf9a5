import type { LocalGroupRecord, LocalUserRecord } from "../../store/records.ts";
import {
  type AccountOrigin,
  buryName,
  claimName,
  findGroup,
  findUser,
  groupMemberKey,
  isAddedToGroup,
  isBuiltInAccount,
  isInGroup,
  parsePosixId,
  requireAccountName,
  takeAccountId,
} from "./accounts.ts";
import { ApiError, found } from "../api-error.ts";
import { compareDecimals, type Context, nextRevision } from "../context.ts";
import { requireMatch } from "../etags.ts";

/** What a request says of a local group; absent and `null` are the same. */
export interface LocalGroupFields {
  readonly name: string;
  /** A number as text; empty for none. */
  readonly gid?: string | null | undefined;
}

/** A change of a local group, held to the version that the sender has read. */
export interface LocalGroupReplacement extends LocalGroupFields {
  readonly bodyId: string;
  readonly ifMatch: string | undefined;
}

/** All local groups, in the order of their ids. */
export function listLocalGroups(context: Context): LocalGroupRecord[] {
  return [...context.store.all("localGroups")].sort(byId);
}

function byId(left: { readonly id: string }, right: { readonly id: string }): number {
  return compareDecimals(left.id, right.id);
}

/**
 * One local group.
 *
 * @throws {ApiError} 404
 */
export function getLocalGroup(context: Context, id: string): LocalGroupRecord {
  return found(findGroup(context, id), "notFound", `local group ${id.slice(0, 80)}`);
}

/**
 * Creates a local group.
 *
 * @throws {ApiError} 400 for a bad name or gid; 409 for a taken name or gid
 */
export function createLocalGroup(
  context: Context,
  asked: LocalGroupFields,
  origin: AccountOrigin = {},
): LocalGroupRecord {
  const fields = checkFields(context, asked, undefined);
  const id = takeAccountId(context, origin);
  claimName(context, { id, kind: "group", name: fields.name });
  const group = { id, ...fields, revision: nextRevision(context) };
  context.store.put("localGroups", id, group);
  return group;
}

/**
 * Replaces name and gid of a local group.
 *
 * @throws {ApiError} as creating does, and 404; 400 when the body names another id or changes a built-in group; 412
 * @see OpenAPI 7.8.2; that built-in groups keep their fields is assumed
 */
export function replaceLocalGroup(context: Context, id: string, asked: LocalGroupReplacement): LocalGroupRecord {
  const before = getLocalGroup(context, id);
  requireMatch(asked.ifMatch, before.revision);
  if (asked.bodyId !== id) {
    throw new ApiError("invalidRequest", `The body is about group ${asked.bodyId.slice(0, 80)}, the path about ${id}`);
  }
  const fields = checkFields(context, asked, before);
  if (fields.name === before.name && fields.gid === before.gid) return before;
  if (isBuiltInAccount(id)) throw new ApiError("builtInAccount", `Group ${before.name} is built in`);
  claimName(context, { id, kind: "group", name: fields.name }, before.name);
  const after = { ...before, ...fields, revision: nextRevision(context) };
  context.store.put("localGroups", id, after);
  return after;
}

function checkFields(
  context: Context,
  asked: LocalGroupFields,
  before: LocalGroupRecord | undefined,
): Pick<LocalGroupRecord, "name" | "gid"> {
  requireAccountName(asked.name);
  const gid = parsePosixId(asked.gid, "gid");
  const holder = context.store.where("localGroups", "gid", gid).find((group) => group.id !== before?.id);
  if (holder !== undefined) {
    throw new ApiError("posixIdTaken", `gid ${gid} belongs to group ${holder.id} already`);
  }
  return { name: asked.name, gid };
}

/**
 * Deletes a local group; roles keep it as a member without a name.
 *
 * @throws {ApiError} 404; 400 for a built-in group or the primary group of a user
 * @see assumed
 */
export function deleteLocalGroup(context: Context, id: string): void {
  const group = getLocalGroup(context, id);
  if (isBuiltInAccount(id)) throw new ApiError("builtInAccount", `Group ${group.name} is built in`);
  const [user] = context.store.where("localUsers", "primaryGroup", id);
  if (user !== undefined) {
    throw new ApiError("groupInUse", `Group ${group.name} is the primary group of user ${user.name}`);
  }
  for (const { userId } of context.store.where("groupMembers", "group", id)) {
    context.store.remove("groupMembers", groupMemberKey(id, userId));
  }
  buryName(context, { ...group, kind: "group" });
  context.store.remove("localGroups", id);
}

/**
 * The users in a group, those by primary group among them.
 *
 * @see qumulo-rest-gem's integration tests
 */
export function listGroupMembers(context: Context, groupId: string): LocalUserRecord[] {
  getLocalGroup(context, groupId);
  const { store } = context;
  const added = store.where("groupMembers", "group", groupId).flatMap(({ userId }) => findUser(context, userId) ?? []);
  return [...new Set([...store.where("localUsers", "primaryGroup", groupId), ...added])].sort(byId);
}

/**
 * Adds a user to a group.
 *
 * @throws {ApiError} 404 for the group; 400 for no such user; 409 for a member
 * @see assumed
 */
export function addGroupMember(context: Context, groupId: string, memberId: string): LocalUserRecord {
  const group = getLocalGroup(context, groupId);
  const user = found(findUser(context, memberId), "unknownLocalIdentity", `local user ${memberId.slice(0, 80)}`);
  if (isInGroup(context, user, groupId)) {
    throw new ApiError("groupMemberExists", `User ${user.name} is a member of group ${group.name} already`);
  }
  context.store.put("groupMembers", groupMemberKey(groupId, memberId), { groupId, userId: memberId });
  return user;
}

/**
 * Takes a user out of a group.
 *
 * @throws {ApiError} 404 when the group is unknown or the user no member; 400 when it is the user's primary group
 * @see qumulo-rest-gem's integration tests for the primary group; answers are assumed
 */
export function removeGroupMember(context: Context, groupId: string, memberId: string): void {
  const group = getLocalGroup(context, groupId);
  if (findUser(context, memberId)?.primaryGroup === groupId) {
    throw new ApiError("groupInUse", `Group ${group.name} is the primary group of user ${memberId}`);
  }
  if (!isAddedToGroup(context, groupId, memberId)) {
    throw new ApiError("notFound", `User ${memberId.slice(0, 80)} is not a member of group ${group.name}`);
  }
  context.store.remove("groupMembers", groupMemberKey(groupId, memberId));
}
