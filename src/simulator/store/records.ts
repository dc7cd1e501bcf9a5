/** A local user. Times, ids and hashes are texts throughout this file, so that every record survives JSON. */
export interface LocalUserRecord {
  /** Decimal digits; also the `auth_id` of the identity. */
  readonly id: string;
  readonly name: string;
  /** Id of a local group. */
  readonly primaryGroup: string;
  /** Decimal digits, or empty without an NFS uid. */
  readonly uid: string;
  readonly homeDirectory: string | null;
  /** Salt and hash, as `rules/passwords.ts` writes them; never the password. */
  readonly passwordHash: string;
  /** Changes with every change of the visible fields; the ETag is made of it. */
  readonly revision: number;
}

/** A local group with the ids of the users that were added to it (members by primary group are not listed). */
export interface LocalGroupRecord {
  readonly id: string;
  readonly name: string;
  /** Decimal digits, or empty without an NFS gid. */
  readonly gid: string;
  readonly memberIds: readonly string[];
  /** Changes with every change of name or gid, not of members. */
  readonly revision: number;
}

/** Who holds a name: users and groups share one name space. */
interface AccountNameRecord {
  readonly id: string;
  readonly kind: "user" | "group";
}

/** A role with the `auth_id`s of its members. */
export interface RoleRecord {
  /** In the spelling of its creation. */
  readonly name: string;
  readonly description: string;
  readonly privileges: readonly string[];
  readonly builtIn: boolean;
  readonly memberIds: readonly string[];
  /** Changes with every change of description or privileges, not of members. */
  readonly revision: number;
}

/** An access token without its secret. */
export interface AccessTokenRecord {
  /** Decimal digits, far beyond 64 bits. */
  readonly id: string;
  /** `auth_id` of the user whom the token authenticates. */
  readonly userId: string;
  /** `auth_id` of the user who created it. */
  readonly creatorId: string;
  /** Nanoseconds since 1970, decimal. */
  readonly createdAt: string;
  /** Nanoseconds since 1970, decimal; `null` when the token never expires. */
  readonly expiresAt: string | null;
  readonly enabled: boolean;
  /** SHA-256 of the bearer token, hexadecimal. */
  readonly bearerTokenDigest: string;
}

/** Which access tokens one user holds. */
interface TokenSlotsRecord {
  readonly tokenIds: readonly string[];
}

/** One login: it keeps the rights that its user had at that moment. */
interface SessionRecord {
  readonly userId: string;
  /** Nanoseconds since 1970, decimal. */
  readonly expiresAt: string;
  readonly privileges: readonly string[];
  readonly roles: readonly string[];
}

/** One node of the cluster. */
export interface NodeRecord {
  readonly id: number;
  readonly name: string;
  readonly uuid: string;
  readonly macAddress: string;
  readonly serialNumber: string;
}

/** The cluster itself, and its counters. */
export interface ClusterRecord {
  readonly clusterId: string;
  readonly name: string;
  /** What the ids of local users and groups are appended to: `S-1-5-21-a-b-c`. */
  readonly sidPrefix: string;
  readonly nodes: readonly NodeRecord[];
  /** The next id of a user or group; never reused. */
  readonly nextAccountId: number;
  readonly lastRevision: number;
  /** The revision of the cluster's settings. */
  readonly settingsRevision: number;
}

/** All tables: what is kept, by which key. */
export interface Tables {
  /** One record, key {@link clusterKey}. */
  readonly cluster: ClusterRecord;
  /** By id. */
  readonly localUsers: LocalUserRecord;
  /** By id. */
  readonly localGroups: LocalGroupRecord;
  /** By name in lower case. */
  readonly accountNames: AccountNameRecord;
  /** By name in lower case. */
  readonly roles: RoleRecord;
  /** By id. */
  readonly accessTokens: AccessTokenRecord;
  /** By the user's `auth_id`. */
  readonly tokenSlots: TokenSlotsRecord;
  /** By SHA-256 of the bearer token, hexadecimal. */
  readonly sessions: SessionRecord;
}

/** The name of a table. */
export type TableName = keyof Tables;

/** The key of the one record in the table `cluster`. */
export const clusterKey = "cluster";
