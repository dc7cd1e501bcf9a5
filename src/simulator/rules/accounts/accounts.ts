import type { LocalGroupRecord, LocalUserRecord } from "../../store/records.ts";
import { ApiError } from "../api-error.ts";
import { changeCluster, clusterRecord, compareDecimals, type Context } from "../context.ts";

export type { LocalGroupRecord as LocalGroup, LocalUserRecord as LocalUser } from "../../store/records.ts";

/**
 * Ids that every cluster has from the start.
 *
 * @see Qumulo SDK 7.10.2.1, identity constants
 */
export const wellKnownIds = {
  admin: "500",
  guest: "501",
  administrators: "512",
  users: "513",
  guests: "514",
} as const;

/**
 * The first id that a new user or group may get; ids are never reused.
 *
 * @see assumed, from ids in the docs' samples
 */
export const firstAccountId = 1_000;

// The id is the lower half of an auth_id, whose upper half is 0 for local accounts.
const largestAccountId = 4_294_967_295;
const builtInIds: ReadonlySet<string> = new Set(Object.values(wellKnownIds));
const largestPosixId = 4_294_967_295;
const longestName = 256;
// The characters that Windows forbids in account names, and control characters.
const forbiddenInNames = /["/\\[\]:;|=,+*?<>\p{Cc}]/u;

/** Whether this is the id of a user or group that every cluster has from the start. */
export function isBuiltInAccount(id: string): boolean {
  return builtInIds.has(id);
}

/** The user with this id. */
export function findUser(context: Context, id: string): LocalUserRecord | undefined {
  return context.store.find("localUsers", id);
}

/** The group with this id. */
export function findGroup(context: Context, id: string): LocalGroupRecord | undefined {
  return context.store.find("localGroups", id);
}

/**
 * The id of the user or group of this name, compared without regard to case.
 *
 * @see assumed
 */
export function findAccountId(context: Context, name: string): string | undefined {
  return context.store.find("accountNames", name.toLowerCase())?.id;
}

/** The user of this name, compared without regard to case. */
export function findUserByName(context: Context, name: string): LocalUserRecord | undefined {
  const id = findAccountId(context, name);
  return id === undefined ? undefined : findUser(context, id);
}

/** Whether the user belongs to the group, added to it or by primary group. */
export function isInGroup(context: Context, user: LocalUserRecord, groupId: string): boolean {
  return user.primaryGroup === groupId || isAddedToGroup(context, groupId, user.id);
}

/** Whether the user was added to the group; membership by primary group does not count. */
export function isAddedToGroup(context: Context, groupId: string, userId: string): boolean {
  return context.store.find("groupMembers", groupMemberKey(groupId, userId)) !== undefined;
}

/** The key of a group membership in the store. */
export function groupMemberKey(groupId: string, userId: string): string {
  return `${groupId} ${userId}`;
}

/**
 * The groups of a user, the primary group among them.
 *
 * @see qumulo-rest-gem's integration tests
 */
export function groupsOfUser(context: Context, user: LocalUserRecord): LocalGroupRecord[] {
  const added = context.store.where("groupMembers", "user", user.id).map(({ groupId }) => groupId);
  return [...new Set([user.primaryGroup, ...added])]
    .sort(compareDecimals)
    .flatMap((id) => context.store.find("localGroups", id) ?? []);
}

/** What a stored or seeded account brings along, instead of what a new one is given. */
export interface AccountOrigin {
  /** Its own id, when it had one before. */
  readonly id?: string | undefined;
}

/**
 * An id that no user or group had before, or the one that an account brings along; none below it is given later.
 *
 * @throws {ApiError} 400 when the id that it brings is not a number that accounts have, or is taken, or none is left
 */
export function takeAccountId(context: Context, { id: wanted }: AccountOrigin = {}): string {
  const { nextAccountId } = clusterRecord(context);
  if (wanted === undefined) {
    if (nextAccountId > largestAccountId)
      throw new ApiError("invalidRequest", "All ids of users and groups were given");
    changeCluster(context, { nextAccountId: nextAccountId + 1 });
    return nextAccountId.toString();
  }
  const id = /^[1-9]\d{3,9}$/.test(wanted) ? Number(wanted) : Number.NaN;
  if (!(id <= largestAccountId)) {
    throw new ApiError("undecodable", `id: a number from ${firstAccountId} to ${largestAccountId} is needed`);
  }
  if (findUser(context, wanted) !== undefined || findGroup(context, wanted) !== undefined) {
    throw new ApiError("userExists", `A user or group with the id ${wanted} exists already`);
  }
  if (id >= nextAccountId) changeCluster(context, { nextAccountId: id + 1 });
  return wanted;
}

/** Keeps all ids below this one from being given to later accounts. */
export function reserveAccountIdsBelow(context: Context, id: number): void {
  if (id > clusterRecord(context).nextAccountId) changeCluster(context, { nextAccountId: id });
}

/**
 * Gives a name to a user or group, and takes the former one back.
 *
 * @throws {ApiError} 409 when another user or group has the name, whatever its case
 * @see Qumulo docs, NFSv4.1 ACLs: users and groups share one name space
 */
export function claimName(
  context: Context,
  account: { readonly id: string; readonly kind: "user" | "group"; readonly name: string },
  formerName?: string,
): void {
  const { id, kind, name } = account;
  const holder = findAccountId(context, name);
  if (holder !== undefined && holder !== id) {
    throw new ApiError(
      kind === "user" ? "userExists" : "groupExists",
      `A user or group named ${name} exists already (id ${holder})`,
    );
  }
  if (formerName !== undefined) releaseName(context, formerName);
  context.store.put("accountNames", name.toLowerCase(), { id, kind });
}

/** Makes a name free again. */
function releaseName(context: Context, name: string): void {
  context.store.remove("accountNames", name.toLowerCase());
}

/**
 * Makes the name of an account free again that is deleted. With {@link Context.variations} look-ups go on finding the
 * account that is gone.
 */
export function buryName(
  context: Context,
  account: { readonly id: string; readonly kind: "user" | "group"; readonly name: string },
): void {
  const { id, kind, name } = account;
  releaseName(context, name);
  if (context.variations.removedNamesLinger === true) context.store.put("accountNames", graveOf(name), { id, kind });
}

/**
 * The id of the user or group that a look-up by name finds.
 *
 * @throws {ApiError} 400 when it finds one that is gone
 * @see cosi-driver-qumulo on 7.9.2.2 for a user who was deleted and made again
 */
export function lookUpAccountId(context: Context, name: string): string | undefined {
  if (
    context.variations.removedNamesLinger === true &&
    context.store.find("accountNames", graveOf(name)) !== undefined
  ) {
    throw new ApiError(
      "unknownLocalIdentity",
      `The account with the name ${JSON.stringify(name.slice(0, 80))} was removed`,
    );
  }
  return findAccountId(context, name);
}

/** No name of an account holds a colon. */
function graveOf(name: string): string {
  return `removed:${name.toLowerCase()}`;
}

/**
 * Refuses a name that no user or group can have.
 *
 * @throws {ApiError} 400
 * @see assumed, from the names that Windows allows
 */
export function requireAccountName(name: string): void {
  const problem =
    name === ""
      ? "is empty"
      : Array.from(name).length > longestName
        ? `is longer than ${longestName} characters`
        : name !== name.trim()
          ? "begins or ends with a blank"
          : forbiddenInNames.test(name)
            ? `holds one of " / \\ [ ] : ; | = , + * ? < > or a control character`
            : undefined;
  if (problem !== undefined) throw new ApiError("undecodable", `name: ${JSON.stringify(name.slice(0, 80))} ${problem}`);
}

/**
 * Reads the uid of a user or the gid of a group.
 *
 * @returns decimal digits without leading zeros, or empty text for none
 * @throws {ApiError} 400 when the text is not a number from 0 to 4294967295
 */
export function parsePosixId(text: string | null | undefined, field: "uid" | "gid"): string {
  if (text === undefined || text === null || text === "") return "";
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value <= largestPosixId) return value.toString();
  throw new ApiError(
    "undecodable",
    `${field}: ${JSON.stringify(text.slice(0, 80))} is not a number from 0 to ${largestPosixId}`,
  );
}

/**
 * Takes a home directory as it was sent.
 *
 * @returns `null` for none
 * @throws {ApiError} 400 for a path that is not absolute
 */
export function parseHomeDirectory(text: string | null | undefined): string | null {
  if (text === undefined || text === null || text === "") return null;
  if (text.startsWith("/")) return text;
  throw new ApiError("undecodable", "home_directory: an absolute path is needed, one that begins with a slash");
}
