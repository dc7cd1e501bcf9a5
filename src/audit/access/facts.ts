/** What a cluster tells of an identity, each field as far as it is known. */
export interface IdentityFacts {
  /** The world that it comes from, spelled as the API spells it. */
  readonly domain?: string;
  /** The cluster's own id: decimal digits. */
  readonly authId?: string;
  /** Name within the domain. */
  readonly name?: string;
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
 * What is on a cluster, also beside what the plan manages, read while the audit runs.
 *
 * Where the plan manages an object, the plan wins.
 */
export interface ClusterFacts {
  /** The key of the provider configuration that leads to this cluster. Without it, the facts are of every cluster. */
  readonly cluster?: string;
  /** Instead of `cluster`: decides by their host and port which provider configurations lead to it. */
  readonly readAt?: ReadAddress;
  /** Local users, with the id of the primary group of each. */
  readonly users: readonly { readonly id: string; readonly name: string; readonly primaryGroup?: string }[];
  /** Local groups and their members. */
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly members: readonly IdentityFacts[];
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
  }[];
  /** What could not be read, as sentences: a person must look. */
  readonly unread?: readonly string[];
}

const prefixes: ReadonlyMap<string, string> = new Map([
  ["LOCAL", "local"],
  ["ACTIVE_DIRECTORY", "ad"],
  ["WORLD", "world"],
]);

/** The names by which facts tell of an identity. */
export function keysOfFacts({ domain, authId, name }: IdentityFacts): readonly string[] {
  const prefix = domain === undefined ? "name" : prefixes.get(domain);
  return [
    ...(authId === undefined ? [] : [`auth_id:${authId}`]),
    ...(prefix === undefined || name === undefined ? [] : [`${prefix}:${name.toLowerCase()}`]),
  ];
}
