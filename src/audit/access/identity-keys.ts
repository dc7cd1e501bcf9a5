import { everyoneId } from "../../access/administrators.ts";
import { type IdentityReference, parseIdentityText } from "../../vocabulary/identity-text.ts";
import { type Attributes, knownOf, readText } from "../plan/attributes.ts";

/**
 * Names of one identity, each of which is enough to identify it: `auth_id:1001`, `local:svc`, `@qumulo_local_user.svc` … The
 * most exact one comes first. Names are in lower case, since the cluster compares them without case.
 */
export type IdentityKeys = readonly string[];

/** What is known about an identity; unknown fields are missing. */
interface NamedIdentity {
  readonly domain?: string | undefined;
  readonly authId?: string | undefined;
  readonly sid?: string | undefined;
  readonly uid?: string | undefined;
  readonly gid?: string | undefined;
  readonly name?: string | undefined;
}

const rangeBits = 32n;
const posixUsers = 3n;
const posixGroups = 4n;

const prefixes: ReadonlyMap<string, string> = new Map([
  ["LOCAL", "local"],
  ["ACTIVE_DIRECTORY", "ad"],
  ["POSIX_USER", "ldap_user"],
  ["POSIX_GROUP", "ldap_group"],
  ["WORLD", "world"],
]);

/**
 * The prefix of a made-up name for an identity about which nothing is known but the address where the plan names it; the
 * address follows.
 */
export const unknownPrefix = "@?";

/** The made-up name for an identity about which nothing is known but the address where the plan names it. */
export function keysOfUnknown(address: string): IdentityKeys {
  return [`${unknownPrefix}${address}`];
}

/** The key of an id of the cluster. */
export function idKey(authId: string): string {
  return `auth_id:${authId}`;
}

/** The key of a local account by its name. */
export function localKey(name: string): string {
  return `local:${name.toLowerCase()}`;
}

/** The key of a bare POSIX identity: a uid or gid that no account of the cluster has. */
export function posixKey(kind: "uid" | "gid", id: string): string {
  return idKey((((kind === "uid" ? posixUsers : posixGroups) << rangeBits) + BigInt(id)).toString());
}

/** Whether an id is that of an account of the cluster itself. */
export function isLocalId(authId: string): boolean {
  return /^\d+$/.test(authId) && BigInt(authId) >> rangeBits === 0n;
}

/** The names in a text such as `local:svc`; none when it cannot be one identity. */
export function keysOfText(text: string): IdentityKeys {
  const parsed = parseIdentityText(text);
  return parsed.kind === "identity" ? keysOfReference(parsed.identity) : [`name:${text.trim().toLowerCase()}`];
}

/** The names in the attributes of an identity, or of a role member. */
export function keysOfAttributes(attributes: Attributes): IdentityKeys {
  const text = (name: string): string | undefined => {
    const value = knownOf(readText(attributes, name));
    return value === "" ? undefined : value;
  };
  return keysOfIdentity({
    domain: text("domain"),
    authId: text("auth_id"),
    sid: text("sid"),
    uid: text("uid"),
    gid: text("gid"),
    name: text("name"),
  });
}

function keysOfReference({ uid, gid, ...reference }: IdentityReference): IdentityKeys {
  return keysOfIdentity({ ...reference, uid: uid?.toString(), gid: gid?.toString() });
}

/** The names in what is told of an identity. */
export function keysOfIdentity(identity: NamedIdentity): IdentityKeys {
  const { authId, sid, domain, name } = identity;
  return [
    ...(authId === undefined ? [] : [idKey(authId)]),
    ...(domain === "WORLD" ? [idKey(everyoneId)] : []),
    ...(sid === undefined ? [] : [keyOfSid(sid)]),
    ...posixKeys(identity),
    ...nameKeys(domain, name),
  ];
}

/**
 * The keys for a uid or gid. A user from a directory may have the uid of a POSIX user, but is a different identity, so it gets
 * no such key.
 */
function posixKeys({ domain, authId, uid, gid }: NamedIdentity): IdentityKeys {
  const isCarried = domain === "ACTIVE_DIRECTORY" || (authId !== undefined && isDirectoryId(authId));
  if (isCarried) return [];
  return [...(uid === undefined ? [] : [`uid:${uid}`]), ...(gid === undefined ? [] : [`gid:${gid}`])];
}

function isDirectoryId(authId: string): boolean {
  return /^\d+$/.test(authId) && BigInt(authId) >> rangeBits > posixGroups;
}

function nameKeys(domain: string | undefined, name: string | undefined): IdentityKeys {
  if (name === undefined) return [];
  const text = name.toLowerCase();
  const local = /^local\\(.+)$/s.exec(text)?.[1];
  if (local !== undefined && (domain === undefined || domain === "LOCAL")) return [localKey(local)];
  if (domain === undefined) return [`name:${text}`];
  const prefix = prefixes.get(domain);
  // A domain without a prefix of its own has no names to compare.
  return prefix === undefined ? [] : [`${prefix}:${text}`];
}

/** The key of a SID. SIDs that mean the same on every cluster become the ids that they stand for. */
function keyOfSid(sid: string): string {
  const text = sid.trim().toLowerCase();
  if (text === "s-1-1-0") return idKey(everyoneId);
  const [, kind, id] = /^s-1-5-88-([12])-(\d{1,10})$/.exec(text) ?? [];
  if (kind === undefined || id === undefined) return `sid:${text}`;
  return posixKey(kind === "1" ? "uid" : "gid", id);
}

/** A SID of a domain, taken apart: `S-1-5-21-a-b-c` and the number of the account in it. */
export function partsOfSidKey(key: string): { readonly domain: string; readonly account: string } | undefined {
  const [, domain, account] = /^sid:(s-1-5-21-\d+-\d+-\d+)-(\d+)$/.exec(key) ?? [];
  return domain === undefined || account === undefined ? undefined : { domain, account };
}
