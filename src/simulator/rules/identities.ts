import type { IdentityDomain } from "../../vocabulary/identity-domains.ts";
import { findAccountId, findGroup, findUser, groupsOfUser } from "./accounts.ts";
import { ApiError } from "./api-error.ts";
import { authIds, domainOf, parseAuthId, parseSid, posixId, sidOf, specialNames } from "./auth-ids.ts";
import { clusterRecord, type Context } from "./context.ts";
import { knowsDomain } from "./core-version.ts";

/** Whom something is about: all that the cluster knows, `null` where there is no value. */
export interface Identity {
  readonly domain: IdentityDomain;
  /** Decimal digits of a 64-bit number. */
  readonly authId: string;
  readonly uid: number | null;
  readonly gid: number | null;
  readonly sid: string | null;
  /** `null` when the id no longer resolves. */
  readonly name: string | null;
}

/** What a request says of an identity: at least one field beside the domain. */
export type IdentityQuery = { readonly [Field in keyof Identity]?: NonNullable<Identity[Field]> | undefined };

/** What an identity is; `UNKNOWN` when the cluster cannot tell. */
export type IdentityType = "USER" | "GROUP" | "UNKNOWN";

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

/** Equivalents and groups of an identity that a caller takes for granted. */
export interface AssumedRelations {
  readonly equivalentIds: readonly IdentityQuery[];
  readonly groupIds: readonly IdentityQuery[];
}

/** The identity behind an id, as it is named now; the id of a deleted user keeps its domain and loses its name. */
export function describeIdentity(context: Context, authId: string): Identity {
  const id = BigInt(authId);
  const domain = domainOf(id) ?? "API_INVALID_DOMAIN";
  const sid = sidOf(id, clusterRecord(context).sidPrefix) ?? null;
  const blank = { domain, authId, uid: null, gid: null, sid, name: specialNames[authId] ?? null };
  switch (domain) {
    case "LOCAL":
      return { ...blank, ...describeAccount(context, authId) };
    case "POSIX_USER":
      return { ...blank, uid: posixId(id) };
    case "POSIX_GROUP":
      return { ...blank, gid: posixId(id) };
    default:
      return blank;
  }
}

function describeAccount(context: Context, authId: string): Partial<Identity> {
  const user = findUser(context, authId);
  if (user !== undefined) return { name: user.name, uid: numberOrNull(user.uid) };
  const group = findGroup(context, authId);
  return group === undefined ? {} : { name: group.name, gid: numberOrNull(group.gid) };
}

function numberOrNull(text: string): number | null {
  return text === "" ? null : Number(text);
}

/**
 * Finds the identity that a request means.
 *
 * @throws {ApiError} 400 when a field is malformed, resolves nowhere, or means another identity than the others
 * @see Qumulo docs, access tokens guide; that unknown ids resolve to themselves is assumed
 */
export function resolveIdentity(context: Context, query: IdentityQuery): Identity {
  if (query.domain !== undefined && !knowsDomain(context.coreVersion, query.domain)) {
    throw new ApiError("undecodable", `domain: ${query.domain} is no domain`);
  }
  const candidates = new Set(candidatesOf(context, query));
  const [authId] = candidates;
  if (authId === undefined) {
    throw new ApiError("undecodable", "An identity needs one of auth_id, uid, gid, sid and name");
  }
  const identity = describeIdentity(context, authId);
  if (candidates.size > 1 || (query.domain !== undefined && query.domain !== identity.domain)) {
    throw new ApiError("contradictoryIdentity", `The fields of the identity mean different ones: ${describe(query)}`);
  }
  return identity;
}

/** What each given field means on its own. */
function candidatesOf(context: Context, query: IdentityQuery): string[] {
  const { domain, authId, uid, gid, sid, name } = query;
  const found: string[] = [];
  if (authId !== undefined) found.push(resolveAuthId(authId));
  if (sid !== undefined) found.push(resolveSid(context, sid));
  if (uid !== undefined) found.push(resolvePosix(context, { domain, id: uid, kind: "user" }));
  if (gid !== undefined) found.push(resolvePosix(context, { domain, id: gid, kind: "group" }));
  if (name !== undefined) found.push(resolveName(context, name, domain));
  return found;
}

function describe(query: IdentityQuery): string {
  return JSON.stringify({ ...query, authId: undefined, auth_id: query.authId });
}

function resolveAuthId(text: string): string {
  const id = parseAuthId(text);
  if (id === undefined) {
    throw new ApiError("undecodable", `auth_id: ${JSON.stringify(text.slice(0, 80))} is no number below 2^64`);
  }
  if (domainOf(id) === undefined) throw new ApiError("contradictoryIdentity", `No domain holds the auth_id ${text}`);
  return id.toString();
}

function resolveSid(context: Context, text: string): string {
  const sid = parseSid(text, clusterRecord(context).sidPrefix);
  switch (sid.kind) {
    case "known":
      return sid.authId;
    case "foreign":
      throw new ApiError("unreachableDirectory", `${text} belongs to no domain that this cluster knows`);
    case "malformed":
      throw new ApiError("invalidSid", `${JSON.stringify(text.slice(0, 80))} is no SID`);
  }
}

/**
 * The local user or group that carries the uid or gid, otherwise the bare POSIX identity.
 *
 * @see assumed
 */
function resolvePosix(
  context: Context,
  asked: { readonly domain: IdentityDomain | undefined; readonly id: number; readonly kind: "user" | "group" },
): string {
  const { domain, id, kind } = asked;
  const text = id.toString();
  if (domain === undefined || domain === "LOCAL") {
    const [local] =
      kind === "user"
        ? context.store.where("localUsers", "uid", text)
        : context.store.where("localGroups", "gid", text);
    if (local !== undefined) return local.id;
    if (domain === "LOCAL") throw unknownLocal(`${kind === "user" ? "uid" : "gid"} ${id}`);
  }
  return kind === "user" ? authIds.posixUser(id) : authIds.posixGroup(id);
}

/**
 * A name without a domain is looked up on the cluster first, then among the directories.
 *
 * @see assumed
 */
function resolveName(context: Context, name: string, domain: IdentityDomain | undefined): string {
  const isLocalName = domain === "LOCAL" || (domain === undefined && !name.includes("\\"));
  const local = isLocalName ? findAccountId(context, name) : undefined;
  const known = local ?? (domain === "LOCAL" ? undefined : findSpecial(name));
  if (known !== undefined) return known;
  if (isLocalName) throw unknownLocal(`name ${JSON.stringify(name.slice(0, 80))}`);
  throw new ApiError(
    "unreachableDirectory",
    `This cluster is joined to no directory that could know the name ${JSON.stringify(name.slice(0, 80))}`,
  );
}

function findSpecial(name: string): string | undefined {
  return Object.keys(specialNames).find((authId) => specialNames[authId]?.toLowerCase() === name.toLowerCase());
}

function unknownLocal(what: string): ApiError {
  return new ApiError("unknownLocalIdentity", `There is no local user or group with the ${what}`);
}

/** Whether the identity is a user or a group, as far as the cluster can tell. */
export function typeOfIdentity(context: Context, identity: Identity): IdentityType {
  switch (identity.domain) {
    case "LOCAL":
      if (findUser(context, identity.authId) !== undefined) return "USER";
      return findGroup(context, identity.authId) === undefined ? "UNKNOWN" : "GROUP";
    case "POSIX_USER":
      return "USER";
    case "POSIX_GROUP":
    case "WORLD":
      return "GROUP";
    default:
      return "UNKNOWN";
  }
}

/**
 * Refuses the id of a local user or group that does not exist (any more).
 *
 * @throws {ApiError} 400
 * @see cosi-driver-qumulo on 7.9.2.2 for a deleted user
 */
export function requireExisting(context: Context, identity: Identity): void {
  if (identity.domain === "LOCAL" && typeOfIdentity(context, identity) === "UNKNOWN") {
    throw unknownLocal(`auth_id ${identity.authId}`);
  }
}

/**
 * Tells an identity's equivalents and groups.
 *
 * @see Qumulo SDK 7.10.2.1, expand_identity
 */
export function expandIdentity(context: Context, query: IdentityQuery, also: AssumedRelations): ExpandedIdentity {
  const id = resolveIdentity(context, query);
  const posix = posixTwin(id);
  const own = id.domain.startsWith("POSIX_") ? id.authId : posix;
  const twins = [...(posix === undefined ? [] : [posix]), ...resolveAll(context, also.equivalentIds)];
  const groups = [...groupIdsOf(context, id.authId), ...resolveAll(context, also.groupIds)];
  const describeAll = (ids: readonly string[]): Identity[] =>
    [...new Set(ids)].filter((other) => other !== id.authId).map((other) => describeIdentity(context, other));
  return {
    id,
    type: typeOfIdentity(context, id),
    smbId: id,
    nfsId: own === undefined ? null : describeIdentity(context, own),
    equivalentIds: describeAll(twins),
    groupIds: describeAll(groups),
  };
}

function resolveAll(context: Context, queries: readonly IdentityQuery[]): string[] {
  return queries.map((query) => resolveIdentity(context, query).authId);
}

/** The POSIX identity of a local user with a uid, or of a local group with a gid. */
function posixTwin({ domain, uid, gid }: Identity): string | undefined {
  if (domain !== "LOCAL") return undefined;
  if (uid !== null) return authIds.posixUser(uid);
  return gid === null ? undefined : authIds.posixGroup(gid);
}

/** The local groups of an identity. */
function groupIdsOf(context: Context, authId: string): string[] {
  const user = findUser(context, authId);
  return user === undefined ? [] : groupsOfUser(context, user).map(({ id }) => id);
}

/** The ids by which an identity may hold a role: its own, its groups', their POSIX twins', and Everyone. */
export function rightsHolderIds(context: Context, authId: string): ReadonlySet<string> {
  const ids = [authId, ...groupIdsOf(context, authId)];
  const twins = ids.map((id) => posixTwin(describeIdentity(context, id)));
  return new Set([...ids, ...twins.filter((twin) => twin !== undefined), authIds.everyone]);
}
