/** What a cluster tells of an identity, each field as far as it is known. */
export interface IdentityFacts {
  /** The domain that it comes from, spelled as the API spells it. */
  readonly domain?: string;
  /** The cluster's own id: decimal digits. */
  readonly authId?: string;
  /** Name within the domain. */
  readonly name?: string;
  /** Windows security id. */
  readonly sid?: string;
}

/** Where facts were read. */
export interface ReadAddress {
  /** Host name or address. */
  readonly host: string;
  /** Port of the REST API. */
  readonly port: number;
  /** Whether a provider configuration that names no host leads there, since the environment says so. */
  readonly isDefault: boolean;
}

/**
 * What is on a cluster, also besides what the plan manages, read while the audit runs.
 *
 * Where the plan manages an object, the plan wins.
 */
export interface ClusterFacts {
  /** The key of the provider configuration that leads to this cluster. Without it, the facts are of every cluster. */
  readonly cluster?: string;
  /** Instead of `cluster`: decides by their host and port which provider configurations lead to it. */
  readonly readAt?: ReadAddress;
  /** Local users, with the id of the primary group of each. */
  readonly users: readonly {
    readonly id: string;
    readonly name: string;
    readonly primaryGroup?: string;
    /** Windows security id. */
    readonly sid?: string;
    /** POSIX user id, in decimal digits. */
    readonly uid?: string;
  }[];
  /** Local groups and their members. */
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly IdentityFacts[];
    /** Windows security id. */
    readonly sid?: string;
    /** POSIX group id, in decimal digits. */
    readonly gid?: string;
  }[];
  /** Roles, their privileges and their members. */
  readonly roles: readonly {
    readonly name: string;
    readonly privileges: readonly string[];
    /** Without them, who has the role is not known. */
    readonly members?: readonly IdentityFacts[];
  }[];
  /** Access tokens of all users. */
  readonly accessTokens: readonly {
    readonly id: string;
    readonly user: IdentityFacts;
    readonly enabled: boolean;
    /** RFC 3339; without it the token never expires. */
    readonly expirationTime?: string;
    /** RFC 3339; without it nobody can tell how long the token lives. */
    readonly creationTime?: string;
  }[];
  /**
   * Identities of any domain: which of their names and ids mean the same. Of each, all that is known stands in a list of its own.
   *
   * @default those of the other lists
   */
  readonly identities?: readonly (readonly IdentityFacts[])[];
  /**
   * Whether there may be other users and groups as well: then a name that is missing may still be somebody's.
   *
   * @default false, as long as nothing is unread
   */
  readonly isPartial?: boolean;
  /** What could not be read, as sentences: a person must look. */
  readonly unread?: readonly string[];
}
