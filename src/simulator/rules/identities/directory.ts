import {
  type ActiveDirectoryRecord,
  clusterKey,
  type DirectoryAccountRecord,
  type Tables,
} from "../../store/records.ts";
import type { Context } from "../context.ts";

export type { DirectoryAccountRecord as DirectoryAccount } from "../../store/records.ts";

/** The domain that the cluster is joined to; `undefined` while there is none. */
export function joinedDomain(context: Context): ActiveDirectoryRecord | undefined {
  return context.store.find("activeDirectory", clusterKey);
}

/** Whether the cluster asks an LDAP directory about POSIX users and groups. */
export function hasLdap(context: Context): boolean {
  return joinedLdap(context) !== undefined;
}

/** The LDAP directory that the cluster asks; `undefined` while there is none. */
export function joinedLdap(context: Context): Tables["ldap"] | undefined {
  return context.store.find("ldap", clusterKey);
}

/** The user or group of a directory with this id. */
export function findDirectoryAccount(context: Context, authId: string): DirectoryAccountRecord | undefined {
  return context.store.find("directoryAccounts", authId);
}

/** The users and groups of Active Directory that carry a uid or gid. */
export function accountsByPosixId(
  context: Context,
  kind: "user" | "group",
  posixId: number,
): readonly DirectoryAccountRecord[] {
  return context.store
    .where("directoryAccounts", "posixId", `${kind} ${posixId}`)
    .filter(({ directory }) => directory === "activeDirectory");
}

/**
 * The users and groups of LDAP with this name, a plain one or a distinguished one; users first.
 *
 * @see Qumulo SDK 7.10.2.1, find_identity, for the forms; that a user goes before a group is assumed
 */
export function ldapAccountsNamed(context: Context, name: string): readonly DirectoryAccountRecord[] {
  return accountsNamed(context, "ldap", name);
}

/**
 * The user or group of Active Directory with this name: `jane`, `LAB\jane`, `lab.example.com\jane`,
 * `jane@lab.example.com` or a distinguished name, in any case.
 *
 * @see Qumulo SDK 7.10.2.1, find_identity
 */
export function findActiveDirectoryAccount(context: Context, name: string): DirectoryAccountRecord | undefined {
  const domain = joinedDomain(context);
  if (domain === undefined) return undefined;
  const { account, qualifier } = splitName(name);
  const isOwn = qualifier === undefined || isNameOf(domain, qualifier);
  return isOwn ? accountsNamed(context, "activeDirectory", account)[0] : undefined;
}

function accountsNamed(
  context: Context,
  directory: DirectoryAccountRecord["directory"],
  name: string,
): readonly DirectoryAccountRecord[] {
  const named = isDistinguishedName(name)
    ? context.store.where("directoryAccounts", "distinguishedName", name.toLowerCase())
    : context.store.where("directoryAccounts", "name", nameKey(directory, name));
  const users = named.filter(({ kind }) => kind === "user");
  const groups = named.filter(({ kind }) => kind === "group");
  return [...users, ...groups].filter((account) => account.directory === directory);
}

/** What the index of names holds. */
function nameKey(directory: DirectoryAccountRecord["directory"], name: string): string {
  return `${directory} ${name.toLowerCase()}`;
}

function isDistinguishedName(name: string): boolean {
  return name.includes("=");
}

function isNameOf({ netbiosName, dnsName }: ActiveDirectoryRecord, qualifier: string): boolean {
  return [netbiosName, dnsName].some((own) => own.toLowerCase() === qualifier.toLowerCase());
}

/** Whether a name can only belong to a directory, because it includes the domain. */
export function isQualified(name: string): boolean {
  return isDistinguishedName(name) || splitName(name).qualifier !== undefined;
}

function splitName(name: string): { readonly account: string; readonly qualifier: string | undefined } {
  if (isDistinguishedName(name)) return { account: name, qualifier: undefined };
  const backslash = name.indexOf("\\");
  if (backslash >= 0) return { account: name.slice(backslash + 1), qualifier: name.slice(0, backslash) };
  const at = name.lastIndexOf("@");
  if (at >= 0) return { account: name.slice(0, at), qualifier: name.slice(at + 1) };
  return { account: name, qualifier: undefined };
}

/**
 * The name that an account is answered with: with the domain's short name for Active Directory, alone for LDAP.
 *
 * @see assumed
 */
export function fullNameOf(context: Context, { directory, name }: DirectoryAccountRecord): string {
  const domain = directory === "activeDirectory" ? joinedDomain(context) : undefined;
  return domain === undefined ? name : `${domain.netbiosName}\\${name}`;
}
