import type { Secret } from "../../../vocabulary/secret.ts";
import type { LocalGroupRecord, LocalUserRecord } from "../../store/records.ts";
import {
  type AccountOrigin,
  buryName,
  claimName,
  findGroup,
  findUser,
  groupMemberKey,
  groupsOfUser,
  isBuiltInAccount,
  parseHomeDirectory,
  parsePosixId,
  requireAccountName,
  takeAccountId,
  wellKnownIds,
} from "./accounts.ts";
import { ApiError, found } from "../api-error.ts";
import { compareDecimals, type Context, nextRevision } from "../context.ts";
import { requireMatch } from "../etags.ts";
import { hashPassword, requireStrongPassword } from "./passwords.ts";

/** What a request says of a local user; absent and `null` are the same. */
export interface LocalUserFields {
  readonly name: string;
  /** Id of a local group; `"0"` means the group Users. */
  readonly primaryGroup: string;
  /** A number as text; empty for none. */
  readonly uid: string | null | undefined;
  /** An absolute path. */
  readonly homeDirectory: string | null | undefined;
  readonly password: Secret | undefined;
}

/** What a stored or seeded user brings along. */
export interface LocalUserOrigin extends AccountOrigin {
  /** As `passwords.ts` writes it, or {@link noPassword}. */
  readonly passwordHash?: string | undefined;
}

/** A change of a local user, held to the version that the sender has read. */
export interface LocalUserReplacement extends LocalUserFields {
  readonly bodyId: string;
  readonly ifMatch: string | undefined;
}

/** All local users, in the order of their ids. */
export function listLocalUsers(context: Context): LocalUserRecord[] {
  return [...context.store.all("localUsers")].sort((left, right) => compareDecimals(left.id, right.id));
}

/**
 * One local user.
 *
 * @throws {ApiError} 404
 */
export function getLocalUser(context: Context, id: string): LocalUserRecord {
  return found(findUser(context, id), "noSuchUser", `local user ${id.slice(0, 80)}`);
}

/**
 * Creates a local user.
 *
 * @throws {ApiError} 400 for a bad name, group, uid, home directory or password, or none; 409 for a taken name or uid
 * @see OpenAPI 7.8.2 for the fields; that a password is needed is assumed
 */
export function createLocalUser(
  context: Context,
  asked: LocalUserFields,
  origin: LocalUserOrigin = {},
): LocalUserRecord {
  const fields = checkFields(context, asked, undefined);
  const passwordHash = origin.passwordHash ?? hashNewPassword(asked.password);
  const id = takeAccountId(context, origin);
  claimName(context, { id, kind: "user", name: fields.name });
  const user = { id, ...fields, passwordHash, revision: nextRevision(context) };
  context.store.put("localUsers", id, user);
  return user;
}

function hashNewPassword(password: Secret | undefined): string {
  if (password === undefined) throw new ApiError("undecodable", "password: the field is missing");
  requireStrongPassword(password);
  return hashPassword(password);
}

/**
 * Replaces all fields of a local user; without a password the password stays.
 *
 * @throws {ApiError} as creating does, and 404; 400 when the body names another id or changes a built-in user; 412
 * @see OpenAPI 7.8.2; that built-in users keep their fields is assumed
 */
export function replaceLocalUser(context: Context, id: string, asked: LocalUserReplacement): LocalUserRecord {
  const before = getLocalUser(context, id);
  requireMatch(asked.ifMatch, before.revision);
  if (asked.bodyId !== id) {
    throw new ApiError("invalidRequest", `The body is about user ${asked.bodyId.slice(0, 80)}, the path about ${id}`);
  }
  const fields = checkFields(context, asked, before);
  const hasChanged = !isSame(before, fields);
  if (hasChanged && isBuiltInAccount(id)) throw new ApiError("builtInAccount", `User ${before.name} is built in`);
  if (asked.password !== undefined) requireStrongPassword(asked.password);
  if (hasChanged) claimName(context, { id, kind: "user", name: fields.name }, before.name);
  const after = {
    ...before,
    ...fields,
    passwordHash: asked.password === undefined ? before.passwordHash : hashPassword(asked.password),
    revision: hasChanged ? nextRevision(context) : before.revision,
  };
  context.store.put("localUsers", id, after);
  return after;
}

function isSame(before: CheckedFields, after: CheckedFields): boolean {
  return (
    before.name === after.name &&
    before.primaryGroup === after.primaryGroup &&
    before.uid === after.uid &&
    before.homeDirectory === after.homeDirectory
  );
}

type CheckedFields = Pick<LocalUserRecord, "name" | "primaryGroup" | "uid" | "homeDirectory">;

function checkFields(context: Context, asked: LocalUserFields, before: LocalUserRecord | undefined): CheckedFields {
  requireAccountName(asked.name);
  const uid = parsePosixId(asked.uid, "uid");
  requireFreeUid(context, uid, before?.id);
  return {
    name: asked.name,
    primaryGroup: resolvePrimaryGroup(context, asked.primaryGroup),
    uid,
    homeDirectory: parseHomeDirectory(asked.homeDirectory),
  };
}

/** @see Qumulo SDK 7.10.2.1: qq sends "0" when no group is named; that it means Users is assumed */
function resolvePrimaryGroup(context: Context, asked: string): string {
  const id = asked === "0" ? wellKnownIds.users : asked;
  if (findGroup(context, id) !== undefined) return id;
  throw new ApiError("noSuchPrimaryGroup", `primary_group: there is no local group ${asked.slice(0, 80)}`);
}

/** @see assumed */
function requireFreeUid(context: Context, uid: string, ownId: string | undefined): void {
  if (uid === "") return;
  const holder = context.store.where("localUsers", "uid", uid).find((user) => user.id !== ownId);
  if (holder !== undefined) throw new ApiError("posixIdTaken", `uid ${uid} belongs to user ${holder.id} already`);
}

/**
 * Deletes a local user. Their id is never given again; their sessions and access tokens stop working, and their access
 * tokens and role memberships stay listed without a name.
 *
 * @throws {ApiError} 404; 400 for a built-in user
 * @see assumed; S3 keys of a deleted user stay listed on 7.9.2.2 (cosi-driver-qumulo)
 */
export function deleteLocalUser(context: Context, id: string): void {
  const user = getLocalUser(context, id);
  if (isBuiltInAccount(id)) throw new ApiError("builtInAccount", `User ${user.name} is built in`);
  for (const { groupId } of context.store.where("groupMembers", "user", id)) {
    context.store.remove("groupMembers", groupMemberKey(groupId, id));
  }
  buryName(context, { ...user, kind: "user" });
  context.store.remove("localUsers", id);
}

/**
 * Gives another user a password.
 *
 * @throws {ApiError} 404; 400 for a password that breaks the rules
 */
export function setPassword(context: Context, id: string, password: Secret): void {
  const user = getLocalUser(context, id);
  requireStrongPassword(password);
  context.store.put("localUsers", id, { ...user, passwordHash: hashPassword(password) });
}

/**
 * The groups of a user, none for an id that is not a local user.
 *
 * @see OpenAPI 7.8.2, GET /v1/users/{id}/groups/
 */
export function listGroupsOfUser(context: Context, id: string): LocalGroupRecord[] {
  const user = findUser(context, id);
  return user === undefined ? [] : groupsOfUser(context, user);
}
