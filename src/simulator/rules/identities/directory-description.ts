/** The Active Directory domain that the cluster is joined to. */
export interface SeededActiveDirectory {
  /** Its short name, such as `LAB`. */
  readonly netbios_name: string;
  /** Such as `lab.example.com`. */
  readonly dns_name: string;
  /** `S-1-5-21-a-b-c`; RIDs are appended to it. */
  readonly sid: string;
  /** Groups of the domain. */
  readonly groups?: readonly SeededDomainGroup[] | undefined;
  /** Users of the domain. */
  readonly users?: readonly SeededDomainUser[] | undefined;
}

/** What any user or group of a directory is. */
export interface SeededDirectoryAccount {
  /** Without a domain. */
  readonly name: string;
  /** Such as `CN=Jane Doe,DC=lab,DC=example,DC=com`. */
  readonly distinguished_name?: string | undefined;
  /** Names of groups of the same directory; groups may belong to groups. */
  readonly member_of?: readonly string[] | undefined;
}

/** A group of Active Directory. */
export interface SeededDomainGroup extends SeededDirectoryAccount {
  /** The last number of its SID. */
  readonly rid: number;
  /** Makes it equivalent to the POSIX group. */
  readonly gid?: number | undefined;
}

/** A user of Active Directory. */
export interface SeededDomainUser extends SeededDirectoryAccount {
  /** The last number of its SID. */
  readonly rid: number;
  /** Makes it equivalent to the POSIX user. */
  readonly uid?: number | undefined;
  /** The name of a group of the domain. */
  readonly primary_group?: string | undefined;
  /** In clear; the cluster's password rules are not the directory's. Without it and a hash, no password is right. */
  readonly password?: string | undefined;
  /** As an export writes it, in place of the password. */
  readonly password_hash?: string | undefined;
  /** Absent means true. */
  readonly login_allowed?: boolean | undefined;
}

/** The LDAP directory that the cluster asks about POSIX users and groups. */
export interface SeededLdap {
  /** Such as `ldap://ldap.example.com`. */
  readonly bind_uri: string;
  /** Groups of the directory. */
  readonly groups?: readonly SeededLdapGroup[] | undefined;
  /** Users of the directory. */
  readonly users?: readonly SeededLdapUser[] | undefined;
}

/** A group of LDAP. */
export interface SeededLdapGroup extends SeededDirectoryAccount {
  /** POSIX group id. */
  readonly gid: number;
}

/** A user of LDAP. */
export interface SeededLdapUser extends SeededDirectoryAccount {
  /** POSIX user id. */
  readonly uid: number;
  /** The name of a group of the directory. */
  readonly primary_group?: string | undefined;
}
