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

/** A local group. */
export interface LocalGroupRecord {
  readonly id: string;
  readonly name: string;
  /** Decimal digits, or empty without an NFS gid. */
  readonly gid: string;
  /** Changes with every change of name or gid, not of members. */
  readonly revision: number;
}

/** A user who was added to a group; members by primary group have no such record. */
interface GroupMemberRecord {
  readonly groupId: string;
  readonly userId: string;
}

/** Who holds a name: users and groups share one name space. */
interface AccountNameRecord {
  readonly id: string;
  readonly kind: "user" | "group";
}

/** A role. */
export interface RoleRecord {
  /** In the spelling of its creation. */
  readonly name: string;
  readonly description: string;
  readonly privileges: readonly string[];
  readonly builtIn: boolean;
  /** Changes with every change of description or privileges, not of members. */
  readonly revision: number;
}

/** An identity that holds a role. */
interface RoleMemberRecord {
  /** The name of the role in lower case. */
  readonly role: string;
  readonly authId: string;
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

/** The Active Directory domain that the cluster is joined to. */
export interface ActiveDirectoryRecord {
  /** Its short name, such as `LAB`. */
  readonly netbiosName: string;
  /** Such as `lab.example.com`. */
  readonly dnsName: string;
  /** What its RIDs are appended to: `S-1-5-21-a-b-c`. */
  readonly sid: string;
}

/** The LDAP directory that the cluster asks about POSIX users and groups. */
interface LdapRecord {
  /** Such as `ldap://ldap.example.com`. */
  readonly bindUri: string;
}

/** A user or group of a directory. */
export interface DirectoryAccountRecord {
  /** Of Active Directory, made of the RID; of LDAP, made of the uid or gid. */
  readonly authId: string;
  readonly directory: "activeDirectory" | "ldap";
  readonly kind: "user" | "group";
  /** Without a domain. */
  readonly name: string;
  /** Decimal digits: the uid of a user, the gid of a group; empty without one. */
  readonly posixId: string;
  /** Such as `CN=Jane Doe,OU=Staff,DC=lab,DC=example,DC=com`. */
  readonly distinguishedName: string | null;
  /** `auth_id` of a user's primary group, which is not among `groupIds`. */
  readonly primaryGroupId: string | null;
  /** `auth_id` of each group that it belongs to directly. */
  readonly groupIds: readonly string[];
  /** As `rules/passwords.ts` writes it; empty when no password is right. */
  readonly passwordHash: string;
  /** Whether the directory lets the user log in at all. */
  readonly loginAllowed: boolean;
}

/** What was set for a user who is not a local one. */
interface IdentityAttributesRecord {
  readonly homeDirectory: string;
}

/** An Active Directory user and an LDAP user who were declared to be the same. */
export interface UserMappingRecord {
  /** With the domain: `LAB\jane`. */
  readonly downLevelLogonName: string;
  readonly ldapName: string;
  /** The same for all mappings: they are replaced together. */
  readonly revision: number;
}

/** Single sign-on. */
export interface SamlSettingsRecord {
  /** The cluster's name as browsers reach it, such as `qumulo.lab.example.com`. */
  readonly clusterDnsName: string;
  /** Where the identity provider takes logins. */
  readonly identityProviderUrl: string;
  /** Whether users of Active Directory may not log in with a password. */
  readonly isRequired: boolean;
}

/** A single sign-on whose bearer token was not fetched yet. */
export interface SamlLoginRecord {
  /** Nanoseconds since 1970, decimal. */
  readonly startedAt: string;
  /** Who signed in, with the SHA-256 of the verification code; `null` while the browser has not come back. */
  readonly outcome: { readonly userId: string; readonly verificationCodeDigest: string } | null;
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
  /** By the ids of group and user, with a blank between. */
  readonly groupMembers: GroupMemberRecord;
  /** By name in lower case. */
  readonly accountNames: AccountNameRecord;
  /** By name in lower case. */
  readonly roles: RoleRecord;
  /** By the role's name in lower case and the member's `auth_id`, with a blank between. */
  readonly roleMembers: RoleMemberRecord;
  /** By id. */
  readonly accessTokens: AccessTokenRecord;
  /** By SHA-256 of the bearer token, hexadecimal. */
  readonly sessions: SessionRecord;
  /** One record at most, key {@link clusterKey}: none while no domain is joined. */
  readonly activeDirectory: ActiveDirectoryRecord;
  /** One record at most, key {@link clusterKey}: none without LDAP. */
  readonly ldap: LdapRecord;
  /** By `auth_id`. */
  readonly directoryAccounts: DirectoryAccountRecord;
  /** By `auth_id`. */
  readonly identityAttributes: IdentityAttributesRecord;
  /** By the name in Active Directory, in lower case. */
  readonly userMappings: UserMappingRecord;
  /** One record at most, key {@link clusterKey}: none without single sign-on. */
  readonly samlSettings: SamlSettingsRecord;
  /** By the id of the login. */
  readonly samlLogins: SamlLoginRecord;
}

/** The name of a table. */
export type TableName = keyof Tables;

/** The key of the one record in the table `cluster`. */
export const clusterKey = "cluster";

/** All tables by name, each with its indexes: what its records are also found by, `undefined` for not at all. */
export const tableIndexes = {
  cluster: {},
  localUsers: {
    uid: ({ uid }: LocalUserRecord) => (uid === "" ? undefined : uid),
    primaryGroup: ({ primaryGroup }: LocalUserRecord) => primaryGroup,
  },
  localGroups: { gid: ({ gid }: LocalGroupRecord) => (gid === "" ? undefined : gid) },
  groupMembers: {
    group: ({ groupId }: GroupMemberRecord) => groupId,
    user: ({ userId }: GroupMemberRecord) => userId,
  },
  accountNames: {},
  roles: {},
  roleMembers: {
    role: ({ role }: RoleMemberRecord) => role,
    member: ({ authId }: RoleMemberRecord) => authId,
  },
  accessTokens: {
    user: ({ userId }: AccessTokenRecord) => userId,
    bearerToken: ({ bearerTokenDigest }: AccessTokenRecord) => bearerTokenDigest,
  },
  sessions: {},
  activeDirectory: {},
  ldap: {},
  directoryAccounts: {
    name: ({ directory, name }: DirectoryAccountRecord) => `${directory} ${name.toLowerCase()}`,
    distinguishedName: ({ distinguishedName }: DirectoryAccountRecord) => distinguishedName?.toLowerCase(),
    posixId: ({ kind, posixId }: DirectoryAccountRecord) => (posixId === "" ? undefined : `${kind} ${posixId}`),
  },
  identityAttributes: {},
  userMappings: { ldapName: ({ ldapName }: UserMappingRecord) => ldapName.toLowerCase() },
  samlSettings: {},
  samlLogins: {},
} as const satisfies {
  readonly [T in TableName]: Readonly<Record<string, (record: Tables[T]) => string | undefined>>;
};

/** The name of an index of a table. */
export type IndexName<T extends TableName> = string & keyof (typeof tableIndexes)[T];
