import type { IdentityDomain } from "../../../vocabulary/identity-domains.ts";

const largestAuthId = 2n ** 64n - 1n;
const rangeBits = 32n;
const posixUserRange = 3n << rangeBits;
const posixGroupRange = 4n << rangeBits;
const activeDirectoryRange = 5n << rangeBits;
const everyoneId = (2n << rangeBits).toString();
// An authority of more than 32 bits is written in hexadecimal.
const sidPattern = /^S-1-(\d{1,15}|0X[\dA-F]{1,12})(?:-\d+)+$/;

/**
 * The one identity of the vendor's support.
 *
 * @see assumed; Qumulo docs, RBAC guide, call it `qumulosupport:everyone`
 */
const supportId = (7n << rangeBits).toString();

/**
 * Ids of identities outside the cluster's own users and groups.
 *
 * @see Qumulo SDK 7.10.2.1, identity constants
 */
export const authIds = {
  everyone: everyoneId,
  posixUser: (uid: number): string => (posixUserRange + BigInt(uid)).toString(),
  posixGroup: (gid: number): string => (posixGroupRange + BigInt(gid)).toString(),
  /** @see inferred from the id 21474836993 in a sample, whose lower half is RID 513 */
  activeDirectory: (rid: number): string => (activeDirectoryRange + BigInt(rid)).toString(),
  support: supportId,
} as const;

const creatorOwnerId = "18446744069414584320";
const creatorGroupId = "18446744069414584321";
const ownerRightsId = "18446744069414584324";
const fileOwnerId = "18446744065119617025";
const fileGroupOwnerId = "18446744065119617026";

/**
 * Names of identities that are not accounts, by id.
 *
 * @see Windows' well-known SIDs; the last two are assumed
 */
export const specialNames: Readonly<Record<string, string>> = {
  [everyoneId]: "Everyone",
  [creatorOwnerId]: "Creator Owner",
  [creatorGroupId]: "Creator Group",
  [ownerRightsId]: "Owner Rights",
  [fileOwnerId]: "File Owner",
  [fileGroupOwnerId]: "File Group Owner",
  [supportId]: "everyone",
};

const specialSids: Readonly<Record<string, string>> = {
  [everyoneId]: "S-1-1-0",
  [creatorOwnerId]: "S-1-3-0",
  [creatorGroupId]: "S-1-3-1",
  [ownerRightsId]: "S-1-3-4",
};

const domainsByRange: Readonly<Record<string, IdentityDomain>> = {
  "0": "LOCAL",
  "1": "API_RESERVED_DOMAIN",
  "3": "POSIX_USER",
  "4": "POSIX_GROUP",
  "5": "ACTIVE_DIRECTORY",
};

const domainsById: Readonly<Record<string, IdentityDomain>> = {
  "0": "API_NULL_DOMAIN",
  "1": "API_INTERNAL_DOMAIN",
  "2": "API_INTERNAL_DOMAIN",
  [everyoneId]: "WORLD",
  [creatorOwnerId]: "API_CREATOR_DOMAIN",
  [creatorGroupId]: "API_CREATOR_DOMAIN",
  [ownerRightsId]: "API_CREATOR_DOMAIN",
  [fileOwnerId]: "API_CREATOR_DOMAIN",
  [fileGroupOwnerId]: "API_CREATOR_DOMAIN",
  [supportId]: "API_QUMULO_SUPPORT_DOMAIN",
};

/**
 * The domain that an id lies in; its upper 32 bits tell.
 *
 * @returns `undefined` when no domain holds such ids
 * @see Qumulo SDK 7.10.2.1, identity constants; reserved and internal ids are assumed
 */
export function domainOf(authId: bigint): IdentityDomain | undefined {
  return domainsById[authId.toString()] ?? domainsByRange[(authId >> rangeBits).toString()];
}

/** Reads the decimal digits of a 64-bit id, or nothing. */
export function parseAuthId(text: string): bigint | undefined {
  if (!/^\d{1,40}$/.test(text)) return undefined;
  const id = BigInt(text);
  return id <= largestAuthId ? id : undefined;
}

/** The uid or gid inside the id of a POSIX identity, the RID inside one of Active Directory. */
export function lowerHalf(authId: bigint): number {
  return Number(BigInt.asUintN(32, authId));
}

/** What ids and RIDs are appended to. */
export interface SidPrefixes {
  /** For the cluster's own users and groups: `S-1-5-21-a-b-c`. */
  readonly local: string;
  /** For the joined domain; `undefined` without one. */
  readonly activeDirectory: string | undefined;
}

/**
 * The SID of an identity.
 *
 * @returns `undefined` where it has none, or none that this cluster can know
 */
export function sidOf(authId: bigint, prefixes: SidPrefixes): string | undefined {
  switch (domainOf(authId)) {
    case "LOCAL":
      return `${prefixes.local}-${authId}`;
    case "POSIX_USER":
      return `S-1-5-88-1-${lowerHalf(authId)}`;
    case "POSIX_GROUP":
      return `S-1-5-88-2-${lowerHalf(authId)}`;
    case "ACTIVE_DIRECTORY":
      return prefixes.activeDirectory === undefined ? undefined : `${prefixes.activeDirectory}-${lowerHalf(authId)}`;
    default:
      return specialSids[authId.toString()];
  }
}

/** What {@link parseSid} found: an identity, a SID of somewhere else, or no SID at all. */
export type ParsedSid =
  { readonly kind: "known"; readonly authId: string } | { readonly kind: "foreign" } | { readonly kind: "malformed" };

/**
 * Reads a SID, in any case.
 *
 * @param authorityBits - what the authority has room for; one that needs more makes it no SID
 * @see Windows' notation of SIDs, [MS-DTYP] 2.4.2.1
 */
export function parseSid(text: string, prefixes: SidPrefixes, authorityBits: 32 | 48): ParsedSid {
  const sid = text.toUpperCase();
  const authority = sidPattern.exec(sid)?.[1];
  if (authority === undefined || BigInt(authority.toLowerCase()) >> BigInt(authorityBits) !== 0n) {
    return { kind: "malformed" };
  }
  const special = Object.entries(specialSids).find(([, other]) => other === sid);
  if (special !== undefined) return { kind: "known", authId: special[0] };
  const end = sid.lastIndexOf("-");
  const range = rangesBySid(prefixes).get(sid.slice(0, end));
  const last = parseAuthId(sid.slice(end + 1));
  if (range === undefined || last === undefined || last >> rangeBits !== 0n) return { kind: "foreign" };
  return { kind: "known", authId: (range + last).toString() };
}

function rangesBySid({ local, activeDirectory }: SidPrefixes): ReadonlyMap<string, bigint> {
  const ranges = new Map([
    [local, 0n],
    ["S-1-5-88-1", posixUserRange],
    ["S-1-5-88-2", posixGroupRange],
  ]);
  if (activeDirectory !== undefined) ranges.set(activeDirectory, activeDirectoryRange);
  return ranges;
}
