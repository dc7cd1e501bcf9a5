import type { IdentityDomain } from "./identity-domains.ts";

/** What names one identity to the cluster: any of its fields, as long as they mean the same identity. */
export interface IdentityReference {
  /** The world that the identity comes from. */
  readonly domain?: IdentityDomain;
  /** The cluster's own id: decimal digits, wider than a JavaScript number. */
  readonly authId?: string;
  /** POSIX user id, from 0 to 4294967295. */
  readonly uid?: number;
  /** POSIX group id, from 0 to 4294967295. */
  readonly gid?: number;
  /** Windows security id. */
  readonly sid?: string;
  /** Name within the domain. */
  readonly name?: string;
}

/** What {@link parseIdentityText} found. */
export type ParsedIdentity =
  | { readonly kind: "identity"; readonly identity: IdentityReference }
  /** `reason` is a sentence for the practitioner. */
  | { readonly kind: "invalid"; readonly reason: string };

/** What an identity may look like, for messages. */
export const identityForms = `"local:svc", "ad:svc", "ldap_user:svc", "auth_id:1004", "uid:5001", "sid:S-1-5-21-…", a bare SID, or a bare name`;

// Anything else that begins like a SID is a name, such as `s-1-team`.
const sidPattern = /^s-\d+-(?:\d+|0x[0-9a-f]+)(?:-\d+)+$/i;
const largestPosixId = 4_294_967_295;
const largestAuthId = 2n ** 64n - 1n;

const readers: Readonly<Record<string, (text: string) => ParsedIdentity>> = {
  local: (name) => named("LOCAL", name),
  ad: (name) => named("ACTIVE_DIRECTORY", name),
  ldap_user: (name) => named("POSIX_USER", name),
  ldap_group: (name) => named("POSIX_GROUP", name),
  world: parseWorld,
  name: (name) => found({ name }),
  sid: (sid) => found({ sid }),
  uid: (text) => parsePosixId(text, "uid"),
  gid: (text) => parsePosixId(text, "gid"),
  auth_id: parseAuthId,
};

/**
 * Reads an identity the way Qumulo's `qq` command line takes it: `local:svc`, `ad:svc`, `auth_id:1004`, `uid:5001`,
 * `S-1-5-…`, or a bare name (a bare number is a name as well).
 */
export function parseIdentityText(text: string): ParsedIdentity {
  const trimmed = text.trim();
  if (trimmed === "") return invalid("It is empty.");
  if (sidPattern.test(trimmed)) return found({ sid: trimmed });
  const colon = trimmed.indexOf(":");
  const equals = trimmed.indexOf("=");
  // An equals sign before the first colon is a distinguished name of a directory, which may hold colons.
  if (colon < 0 || (equals >= 0 && equals < colon)) return found({ name: trimmed });
  const prefix = trimmed.slice(0, colon).trim().toLowerCase();
  const rest = trimmed.slice(colon + 1).trim();
  const read = Object.hasOwn(readers, prefix) ? readers[prefix] : undefined;
  if (read === undefined) return invalid(`"${prefix}:" is not a known prefix.`);
  return rest === "" ? invalid(`Nothing follows "${prefix}:".`) : read(rest);
}

/** Whether this can only be a group, or everyone: nothing that could own an access token. */
export function isNeverUser(identity: IdentityReference): boolean {
  const { domain, gid } = identity;
  return gid !== undefined || domain === "POSIX_GROUP" || domain === "WORLD";
}

/**
 * Writes an identity in the shortest form that {@link parseIdentityText} reads back without doubt: with its domain
 * where the domain has a prefix, otherwise by its id.
 *
 * @returns `undefined` when the reference is empty
 */
export function renderIdentityText(identity: IdentityReference): string | undefined {
  const { domain, name, authId, sid, uid, gid } = identity;
  const prefix = domain === undefined ? undefined : prefixes[domain];
  if (prefix !== undefined && name !== undefined && name !== "") return `${prefix}:${name}`;
  if (authId !== undefined) return `auth_id:${authId}`;
  if (sid !== undefined) return `sid:${sid}`;
  if (uid !== undefined) return `uid:${uid}`;
  if (gid !== undefined) return `gid:${gid}`;
  return name === undefined ? undefined : `name:${name}`;
}

const prefixes: Partial<Readonly<Record<IdentityDomain, string>>> = {
  LOCAL: "local",
  ACTIVE_DIRECTORY: "ad",
  POSIX_USER: "ldap_user",
  POSIX_GROUP: "ldap_group",
  WORLD: "world",
};

function found(identity: IdentityReference): ParsedIdentity {
  return { kind: "identity", identity };
}

function invalid(reason: string): ParsedIdentity {
  return { kind: "invalid", reason };
}

function named(domain: IdentityDomain, name: string): ParsedIdentity {
  return found({ domain, name });
}

function parseWorld(name: string): ParsedIdentity {
  if (name.toLowerCase() !== "everyone") return invalid(`The only identity behind "world:" is "world:Everyone".`);
  return named("WORLD", "Everyone");
}

function parsePosixId(text: string, field: "uid" | "gid"): ParsedIdentity {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(id <= largestPosixId)) return invalid(`"${field}:" takes a whole number from 0 to ${largestPosixId}.`);
  return found(field === "uid" ? { uid: id } : { gid: id });
}

function parseAuthId(text: string): ParsedIdentity {
  const id = /^(\d{1,20}|0[xX][0-9a-fA-F]{1,16}|0[oO][0-7]{1,22}|0[bB][01]{1,64})$/.test(text)
    ? BigInt(text)
    : undefined;
  if (id === undefined || id > largestAuthId) return invalid(`"auth_id:" takes a whole number below 2^64.`);
  return found({ authId: id.toString() });
}
