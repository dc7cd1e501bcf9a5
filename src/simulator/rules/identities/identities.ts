import type { IdentityDomain } from "../../../vocabulary/identity-domains.ts";
import { findGroup, findUser, lookUpAccountId } from "../accounts/accounts.ts";
import { ApiError } from "../api-error.ts";
import {
  authIds,
  domainOf,
  lowerHalf,
  parseAuthId,
  parseSid,
  type SidPrefixes,
  sidOf,
  specialNames,
} from "./auth-ids.ts";
import { clusterRecord, type Context } from "../context.ts";
import { hasFeature, knowsDomain } from "../core-version.ts";
import {
  accountsByPosixId,
  findActiveDirectoryAccount,
  findDirectoryAccount,
  fullNameOf,
  hasLdap,
  isQualified,
  joinedDomain,
  ldapAccountsNamed,
} from "./directory.ts";

/** An identity with everything that the cluster knows about it; `null` where there is no value. */
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

/** The fields by which a request names an identity: at least one besides the domain. */
export type IdentityQuery = { readonly [Field in keyof Identity]?: NonNullable<Identity[Field]> | undefined };

/** What an identity is; `UNKNOWN` when the cluster cannot tell. */
export type IdentityType = "USER" | "GROUP" | "UNKNOWN";

/** The identity behind an id, as it is named now; the id of a deleted user keeps its domain and loses its name. */
export function describeIdentity(context: Context, authId: string): Identity {
  const id = BigInt(authId);
  const domain = knownDomainOf(context, id) ?? "API_INVALID_DOMAIN";
  const sid = sidOf(id, sidPrefixesOf(context)) ?? null;
  const name = domain === "API_INVALID_DOMAIN" ? null : (specialNames[authId] ?? null);
  const blank = { domain, authId, uid: null, gid: null, sid, name };
  switch (domain) {
    case "LOCAL":
      return { ...blank, ...describeAccount(context, authId) };
    case "ACTIVE_DIRECTORY":
      return { ...blank, ...describeDirectoryAccount(context, authId) };
    case "POSIX_USER":
      return { ...blank, ...describeDirectoryAccount(context, authId), uid: lowerHalf(id) };
    case "POSIX_GROUP":
      return { ...blank, ...describeDirectoryAccount(context, authId), gid: lowerHalf(id) };
    default:
      return blank;
  }
}

/** The domain that an id lies in, if the cluster's version knows it. */
function knownDomainOf({ coreVersion }: Context, id: bigint): IdentityDomain | undefined {
  const domain = domainOf(id);
  return domain !== undefined && knowsDomain(coreVersion, domain) ? domain : undefined;
}

function sidPrefixesOf(context: Context): SidPrefixes {
  return { local: clusterRecord(context).sidPrefix, activeDirectory: joinedDomain(context)?.sid };
}

function describeAccount(context: Context, authId: string): Partial<Identity> {
  const user = findUser(context, authId);
  if (user !== undefined) return { name: user.name, uid: numberOrNull(user.uid) };
  const group = findGroup(context, authId);
  return group === undefined ? {} : { name: group.name, gid: numberOrNull(group.gid) };
}

function describeDirectoryAccount(context: Context, authId: string): Partial<Identity> {
  const account = findDirectoryAccount(context, authId);
  if (account === undefined) return {};
  const posixId = numberOrNull(account.posixId);
  const name = fullNameOf(context, account);
  return account.kind === "user" ? { name, uid: posixId } : { name, gid: posixId };
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
    throw new ApiError("undecodable", `domain: ${query.domain} is not a domain`);
  }
  const candidates = candidatesOf(context, query);
  const [first] = candidates;
  if (first === undefined) {
    throw new ApiError("undecodable", "An identity needs one of auth_id, uid, gid, sid and name");
  }
  const identity = describeIdentity(context, first.authId);
  const fits = candidates.every((candidate) => candidate.authId === identity.authId || candidate.isCarriedBy(identity));
  if (!fits || (query.domain !== undefined && query.domain !== identity.domain)) {
    throw new ApiError("contradictoryIdentity", `The fields of the identity mean different ones: ${describe(query)}`);
  }
  return identity;
}

/** What one field means on its own. */
interface Candidate {
  readonly authId: string;
  /** Whether another identity has this field too, as a user from a directory has the uid of a POSIX user. */
  readonly isCarriedBy: (identity: Identity) => boolean;
}

/** What each given field means on its own, the most exact one first. */
function candidatesOf(context: Context, query: IdentityQuery): Candidate[] {
  const { domain, authId, uid, gid, sid, name } = query;
  const found: Candidate[] = [];
  const add = (id: string, isCarriedBy: Candidate["isCarriedBy"] = () => false): void => {
    found.push({ authId: id, isCarriedBy });
  };
  if (authId !== undefined) add(resolveAuthId(context, authId));
  if (sid !== undefined) add(resolveSid(context, sid));
  if (name !== undefined) add(resolveName(context, name, domain));
  if (uid !== undefined) add(resolvePosix(context, { domain, id: uid, kind: "user" }), (other) => other.uid === uid);
  if (gid !== undefined) add(resolvePosix(context, { domain, id: gid, kind: "group" }), (other) => other.gid === gid);
  return found;
}

function describe(query: IdentityQuery): string {
  return JSON.stringify({ ...query, authId: undefined, auth_id: query.authId });
}

function resolveAuthId(context: Context, text: string): string {
  const id = parseAuthId(text);
  if (id === undefined) {
    throw new ApiError("undecodable", `auth_id: ${JSON.stringify(text.slice(0, 80))} is not a number below 2^64`);
  }
  if (knownDomainOf(context, id) === undefined) {
    throw new ApiError("contradictoryIdentity", `No domain holds the auth_id ${text}`);
  }
  return id.toString();
}

function resolveSid(context: Context, text: string): string {
  const authorityBits = hasFeature(context.coreVersion, "largeSidAuthorities") ? 48 : 32;
  const sid = parseSid(text, sidPrefixesOf(context), authorityBits);
  switch (sid.kind) {
    case "known":
      return sid.authId;
    case "foreign":
      throw unknownInDirectory(joinedDomain(context) !== undefined, `the SID ${text.slice(0, 200)}`);
    case "malformed":
      throw new ApiError("invalidSid", `${JSON.stringify(text.slice(0, 80))} is not a SID`);
  }
}

/**
 * The local user or group that carries the uid or gid, otherwise the bare POSIX identity. One of Active Directory is
 * meant only when the domain says so.
 *
 * @see assumed
 */
function resolvePosix(
  context: Context,
  asked: { readonly domain: IdentityDomain | undefined; readonly id: number; readonly kind: "user" | "group" },
): string {
  const { domain, id, kind } = asked;
  const what = `the ${kind === "user" ? "uid" : "gid"} ${id}`;
  if (domain === "ACTIVE_DIRECTORY") {
    const [account] = accountsByPosixId(context, kind, id);
    if (account !== undefined) return account.authId;
    throw unknownInDirectory(joinedDomain(context) !== undefined, what);
  }
  const local = domain === undefined || domain === "LOCAL" ? findLocalByPosixId(context, kind, id) : undefined;
  if (local !== undefined) return local;
  if (domain === "LOCAL") throw unknownLocal(what);
  return kind === "user" ? authIds.posixUser(id) : authIds.posixGroup(id);
}

function findLocalByPosixId(context: Context, kind: "user" | "group", id: number): string | undefined {
  const text = id.toString();
  const [local] =
    kind === "user" ? context.store.where("localUsers", "uid", text) : context.store.where("localGroups", "gid", text);
  return local?.id;
}

/** @see Qumulo SDK 7.10.2.1, find_identity, for the forms of names; which directory is asked is assumed */
function resolveName(context: Context, name: string, domain: IdentityDomain | undefined): string {
  const what = `the name ${JSON.stringify(name.slice(0, 80))}`;
  if (domain === undefined) return resolveBareName(context, name, what);
  const known = findNameIn(context, name, domain);
  if (known !== undefined) return known;
  switch (domain) {
    case "LOCAL":
      throw unknownLocal(what);
    case "ACTIVE_DIRECTORY":
      throw unknownInDirectory(joinedDomain(context) !== undefined, what);
    case "POSIX_USER":
    case "POSIX_GROUP":
      throw unknownInDirectory(hasLdap(context), what);
    default:
      throw new ApiError("contradictoryIdentity", `${domain} does not have ${what}`);
  }
}

function findNameIn(context: Context, name: string, domain: IdentityDomain): string | undefined {
  switch (domain) {
    case "LOCAL":
      return lookUpAccountId(context, name);
    case "ACTIVE_DIRECTORY":
      return findActiveDirectoryAccount(context, name)?.authId;
    case "POSIX_USER":
      return ldapAccountsNamed(context, name).find(({ kind }) => kind === "user")?.authId;
    case "POSIX_GROUP":
      return ldapAccountsNamed(context, name).find(({ kind }) => kind === "group")?.authId;
    default:
      return findSpecial(name, domain);
  }
}

/**
 * A name without a domain is looked up on the cluster first, then in Active Directory, then in LDAP.
 *
 * @see assumed
 */
function resolveBareName(context: Context, name: string, what: string): string {
  const known =
    lookUpAccountId(context, name) ??
    findSpecial(name, undefined) ??
    findActiveDirectoryAccount(context, name)?.authId ??
    ldapAccountsNamed(context, name)[0]?.authId;
  if (known !== undefined) return known;
  if (!isQualified(name)) throw unknownLocal(what);
  throw unknownInDirectory(joinedDomain(context) !== undefined || hasLdap(context), what);
}

function findSpecial(name: string, domain: IdentityDomain | undefined): string | undefined {
  return Object.keys(specialNames).find((authId) => {
    const isInDomain = domain === undefined || domainOf(BigInt(authId)) === domain;
    return isInDomain && specialNames[authId]?.toLowerCase() === name.toLowerCase();
  });
}

function unknownLocal(what: string): ApiError {
  return new ApiError("unknownLocalIdentity", `There is no local user or group with ${what}`);
}

function unknownInDirectory(isConnected: boolean, what: string): ApiError {
  return isConnected
    ? new ApiError("unknownDirectoryIdentity", `No directory of this cluster has a user or group with ${what}`)
    : new ApiError("unreachableDirectory", `This cluster is connected to no directory that could know ${what}`);
}

/** Whether the identity is a user or a group, as far as the cluster can tell. */
export function typeOfIdentity(context: Context, identity: Identity): IdentityType {
  switch (identity.domain) {
    case "LOCAL":
      if (findUser(context, identity.authId) !== undefined) return "USER";
      return findGroup(context, identity.authId) === undefined ? "UNKNOWN" : "GROUP";
    case "ACTIVE_DIRECTORY":
      return typeOfDirectoryAccount(context, identity.authId);
    case "POSIX_USER":
      return "USER";
    case "POSIX_GROUP":
    case "WORLD":
      return "GROUP";
    default:
      return "UNKNOWN";
  }
}

function typeOfDirectoryAccount(context: Context, authId: string): IdentityType {
  const account = findDirectoryAccount(context, authId);
  if (account === undefined) return "UNKNOWN";
  return account.kind === "user" ? "USER" : "GROUP";
}

/**
 * Refuses the id of a local user or group that does not exist (any more).
 *
 * @throws {ApiError} 400
 * @see cosi-driver-qumulo on 7.9.2.2 for a deleted user
 */
export function requireExisting(context: Context, identity: Identity): void {
  if (identity.domain === "LOCAL" && typeOfIdentity(context, identity) === "UNKNOWN") {
    throw unknownLocal(`the auth_id ${identity.authId}`);
  }
}

/**
 * Refuses the id of a local user or group that does not exist (any more), or of one that Active Directory does not have.
 *
 * @throws {ApiError} 400
 * @see cosi-driver-qumulo on 7.9.2.2 for a deleted user; Active Directory is assumed
 */
export function requireKnown(context: Context, identity: Identity): void {
  requireExisting(context, identity);
  if (identity.domain === "ACTIVE_DIRECTORY" && typeOfIdentity(context, identity) === "UNKNOWN") {
    throw unknownInDirectory(joinedDomain(context) !== undefined, `the auth_id ${identity.authId}`);
  }
}
