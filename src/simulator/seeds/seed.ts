import type { SeededActiveDirectory, SeededLdap } from "../rules/identities/directory-description.ts";

/** The version of the format that this release reads and writes. */
export const seedVersion = 1;

/**
 * What a cluster holds in addition to what every cluster has, as one JSON document.
 *
 * Identities are texts as `qq` takes them: `local:svc`, `ad:LAB\jane`, `world:Everyone`, `auth_id:1004`. An `auth_id`
 * may belong to an account that was deleted. Times are RFC 3339 with an offset. `null` and absence are the same.
 */
export interface Seed {
  /** Version of this format. */
  readonly version: typeof seedVersion;
  /** The cluster itself. */
  readonly cluster?: SeededCluster | undefined;
  /** The domain that it is joined to; absent when there is none. */
  readonly active_directory?: SeededActiveDirectory | undefined;
  /** The directory of POSIX accounts that it asks; absent when there is none. */
  readonly ldap?: SeededLdap | undefined;
  /** Who is the same person in Active Directory and LDAP. */
  readonly user_mappings?: readonly SeededUserMapping[] | undefined;
  /** Single sign-on; absent when there is none. */
  readonly saml?: SeededSaml | undefined;
  /** Local groups besides the built-in ones, and members of those. */
  readonly groups?: readonly SeededGroup[] | undefined;
  /** Local users besides the built-in ones, and their passwords. */
  readonly users?: readonly SeededUser[] | undefined;
  /** Roles besides the built-in ones, and members of those. */
  readonly roles?: readonly SeededRole[] | undefined;
  /** Access tokens, of which a user has two at most. */
  readonly access_tokens?: readonly SeededToken[] | undefined;
  /** What was set for users of directories, and for built-in users. */
  readonly identity_attributes?: readonly SeededAttributes[] | undefined;
}

/** The cluster itself; what is absent is made new. */
export interface SeededCluster {
  /** The name that people gave it. */
  readonly name?: string | undefined;
  /** A UUID. */
  readonly id?: string | undefined;
  /** What the ids of local users and groups are appended to: `S-1-5-21-a-b-c`. */
  readonly sid_prefix?: string | undefined;
  /** How many nodes it has, or what is known of each. */
  readonly nodes?: number | readonly SeededNode[] | undefined;
  /** Users and groups made later get this id or a greater one. */
  readonly next_id?: number | undefined;
}

/** A node; what is absent is made new. */
export interface SeededNode {
  /** The name that people gave it. */
  readonly name?: string | undefined;
  /** Its UUID, which never changes. */
  readonly uuid?: string | undefined;
  /** Such as `0c:c4:7a:00:00:01`. */
  readonly mac_address?: string | undefined;
  /** Its maker's number of this machine. */
  readonly serial_number?: string | undefined;
}

/** A user of Active Directory and one of LDAP who are the same person. */
export interface SeededUserMapping {
  /** With the domain: `LAB\jane`. */
  readonly down_level_logon_name: string;
  /** Name of the user of LDAP. */
  readonly ldap_name: string;
}

/** Single sign-on. */
export interface SeededSaml {
  /** The cluster's name as browsers reach it. */
  readonly cluster_dns_name: string;
  /** Where the identity provider takes logins. */
  readonly identity_provider_url: string;
  /** Whether users of Active Directory may not log in with a password; absent means false. */
  readonly required?: boolean | undefined;
}

/** What was set for a user who is neither made by the seed nor changed by it otherwise. */
export interface SeededAttributes {
  /** An identity. */
  readonly identity: string;
  /** An absolute path. */
  readonly home_directory: string;
}

/** A local group; a built-in one takes members only. */
export interface SeededGroup {
  /** Unique among users and groups, without regard to case. */
  readonly name: string;
  /** Decimal digits; the next free one when absent. */
  readonly id?: string | undefined;
  /** Decimal digits. */
  readonly gid?: string | undefined;
  /** Names of local users, those by primary group left out. */
  readonly members?: readonly string[] | undefined;
}

/** A local user; a built-in one takes a password only. */
export interface SeededUser {
  /** Unique among users and groups, without regard to case. */
  readonly name: string;
  /** Decimal digits; the next free one when absent. */
  readonly id?: string | undefined;
  /** The name of a local group; Users when absent. */
  readonly primary_group?: string | undefined;
  /** Decimal digits. */
  readonly uid?: string | undefined;
  /** An absolute path. */
  readonly home_directory?: string | undefined;
  /** In clear. Without it and a hash, no password is right. */
  readonly password?: string | undefined;
  /** As an export writes it, in place of the password. */
  readonly password_hash?: string | undefined;
}

/**
 * A role; a built-in one takes members only.
 *
 * A list of members is all of them: one for Administrators without `local:admin` leaves `admin` without rights.
 */
export interface SeededRole {
  /** Unique among roles, without regard to case. */
  readonly name: string;
  /** What it is for, in words. */
  readonly description?: string | undefined;
  /** Names from the API's enumeration. */
  readonly privileges?: readonly string[] | undefined;
  /** Identities. */
  readonly members?: readonly string[] | undefined;
}

/** An access token. */
export interface SeededToken {
  /** An identity. */
  readonly user: string;
  /** An identity; `admin` when absent. */
  readonly creator?: string | undefined;
  /** Decimal digits; a new one when absent. */
  readonly id?: string | undefined;
  /** Now when absent. */
  readonly creation_time?: string | undefined;
  /** Never when absent. */
  readonly expiration_time?: string | undefined;
  /** Absent means true. */
  readonly enabled?: boolean | undefined;
  /** The secret in clear: `access-v1:` and any text. Without it and a digest, nobody knows the secret. */
  readonly bearer_token?: string | undefined;
  /** SHA-256 of the secret in hexadecimal, as an export writes it, in place of the secret. */
  readonly bearer_token_sha256?: string | undefined;
}

/** The password that a seed gives to `admin`, in clear. */
export function seededAdminPassword(seed: Seed | undefined): string | undefined {
  return seed?.users?.find(({ name }) => name.toLowerCase() === "admin")?.password;
}

/** A place in a seed: names of fields and positions in lists, from the outside in; empty for the document itself. */
export type SeedPath = readonly (string | number)[];

/** What is wrong at one place of a seed. */
export interface SeedFault {
  /** Where it is. */
  readonly path: SeedPath;
  /** What was met and what is accepted, without any secret. */
  readonly message: string;
}

/** A seed that no cluster can be made from. */
export class SeedError extends Error {
  override readonly name = "SeedError";
  /** All that is wrong with it, in the order of the document as far as possible; at least one. */
  readonly faults: readonly SeedFault[];

  constructor(faults: readonly SeedFault[]) {
    super(faults.map(renderFault).join("\n"));
    this.faults = faults;
  }
}

function renderFault({ path, message }: SeedFault): string {
  return path.length === 0 ? message : `${renderSeedPath(path)}: ${message}`;
}

/** A path as people read it, such as `users[3].name`. */
export function renderSeedPath(path: SeedPath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
