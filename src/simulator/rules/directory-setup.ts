import type { Secret } from "../../vocabulary/secret.ts";
import { clusterKey, type DirectoryAccountRecord } from "../store/records.ts";
import { ApiError } from "./api-error.ts";
import { authIds } from "./auth-ids.ts";
import type { Context } from "./context.ts";
import { findDirectoryAccount } from "./directory.ts";
import { hashPassword, noPassword } from "./passwords.ts";

/** What a user or group of a directory is, whatever the directory. */
interface AccountSetup {
  /** Without a domain; no other user or group of the same directory and kind has it, whatever its case. */
  readonly name: string;
  /** Such as `CN=Jane Doe,OU=Staff,DC=lab,DC=example,DC=com`; none when absent. */
  readonly distinguishedName?: string | undefined;
  /** Names of the groups of the same directory that it belongs to directly; a group may belong to groups. */
  readonly memberOf?: readonly string[] | undefined;
}

/** A group of Active Directory. */
export interface ActiveDirectoryGroupSetup extends AccountSetup {
  /** The last number of its SID: 1 to 4294967295. */
  readonly rid: number;
  /** 0 to 4294967295; makes it equivalent to the POSIX group. */
  readonly gid?: number | undefined;
}

/** A user of Active Directory. */
export interface ActiveDirectoryUserSetup extends AccountSetup {
  /** The last number of its SID: 1 to 4294967295. */
  readonly rid: number;
  /** 0 to 4294967295; makes it equivalent to the POSIX user. */
  readonly uid?: number | undefined;
  /** Name of a group of the domain, beside those in `memberOf`. */
  readonly primaryGroup?: string | undefined;
  /** For logins; directories have password rules of their own. Without it and a hash, no password is right. */
  readonly password?: Secret | undefined;
  /** As an earlier cluster stored it, in place of the password. */
  readonly passwordHash?: string | undefined;
  /** Whether the user may log in, with a password or by single sign-on; absent means true. */
  readonly loginAllowed?: boolean | undefined;
}

/** The Active Directory domain that the cluster is joined to. */
export interface ActiveDirectorySetup {
  /** Its short name, such as `LAB`. */
  readonly netbiosName: string;
  /** Such as `lab.example.com`. */
  readonly dnsName: string;
  /** What its RIDs are appended to: `S-1-5-21-a-b-c`. */
  readonly sid: string;
  readonly groups: readonly ActiveDirectoryGroupSetup[];
  readonly users: readonly ActiveDirectoryUserSetup[];
}

/** A group of LDAP. */
export interface LdapGroupSetup extends AccountSetup {
  /** 0 to 4294967295. */
  readonly gid: number;
}

/** A user of LDAP; they have no password here. */
export interface LdapUserSetup extends AccountSetup {
  /** 0 to 4294967295. */
  readonly uid: number;
  /** Name of a group of the directory, beside those in `memberOf`. */
  readonly primaryGroup?: string | undefined;
}

/** The LDAP directory that the cluster asks about POSIX users and groups. */
export interface LdapSetup {
  /** Such as `ldap://ldap.example.com`. */
  readonly bindUri: string;
  readonly groups: readonly LdapGroupSetup[];
  readonly users: readonly LdapUserSetup[];
}

type Directory = DirectoryAccountRecord["directory"];

/** An account whose groups are still names. */
type Draft = Omit<DirectoryAccountRecord, "directory" | "primaryGroupId" | "groupIds"> & {
  readonly primaryGroup: string | undefined;
  readonly memberOf: readonly string[];
};

/**
 * Joins the cluster to a domain, with all users and groups that the domain has. A domain joined before is left.
 *
 * @throws {ApiError} 400 for a SID that is none of a domain, a number or a name that is bad or taken, an unknown group
 */
export function joinActiveDirectory(context: Context, setup: ActiveDirectorySetup): void {
  const { netbiosName, dnsName, sid } = setup;
  if (!/^S-1-5-21-\d+-\d+-\d+$/.test(sid)) throw refused(`sid: S-1-5-21 and three numbers are needed, not ${sid}`);
  if (netbiosName === "" || dnsName === "") throw refused("A domain needs a short name and a DNS name");
  const groups = setup.groups.map(({ rid, gid, ...group }) => ({
    ...draftOf("group", group),
    authId: authIds.activeDirectory(requireNumber(rid, 1, `rid of ${group.name}`)),
    posixId: posixIdText(gid, `gid of ${group.name}`),
  }));
  const users = setup.users.map(({ rid, uid, primaryGroup, password, passwordHash, loginAllowed, ...user }) => ({
    ...draftOf("user", user),
    authId: authIds.activeDirectory(requireNumber(rid, 1, `rid of ${user.name}`)),
    posixId: posixIdText(uid, `uid of ${user.name}`),
    primaryGroup,
    passwordHash: passwordHash ?? (password === undefined ? noPassword : hashPassword(password)),
    loginAllowed: loginAllowed ?? true,
  }));
  context.store.put("activeDirectory", clusterKey, { netbiosName, dnsName, sid });
  replaceAccounts(context, "activeDirectory", [...groups, ...users]);
}

/**
 * Lets the cluster ask an LDAP directory, with all users and groups that the directory has, in place of any former one.
 *
 * @throws {ApiError} 400 for a number or a name that is bad or taken, or an unknown group
 */
export function connectLdap(context: Context, setup: LdapSetup): void {
  const groups = setup.groups.map(({ gid, ...group }) => {
    const posixId = requireNumber(gid, 0, `gid of ${group.name}`);
    return { ...draftOf("group", group), authId: authIds.posixGroup(posixId), posixId: posixId.toString() };
  });
  const users = setup.users.map(({ uid, primaryGroup, ...user }) => {
    const posixId = requireNumber(uid, 0, `uid of ${user.name}`);
    const own = { authId: authIds.posixUser(posixId), posixId: posixId.toString(), primaryGroup };
    return { ...draftOf("user", user), ...own };
  });
  context.store.put("ldap", clusterKey, { bindUri: setup.bindUri });
  replaceAccounts(context, "ldap", [...groups, ...users]);
}

function draftOf(
  kind: Draft["kind"],
  { name, distinguishedName, memberOf }: AccountSetup,
): Omit<Draft, "authId" | "posixId"> {
  if (!/^[^\\@=\s](?:[^\\@=]*[^\\@=\s])?$/u.test(name)) {
    throw refused(`name: ${JSON.stringify(name)} is empty, begins or ends with a blank, or holds one of \\ @ =`);
  }
  return {
    kind,
    name,
    distinguishedName: distinguishedName ?? null,
    primaryGroup: undefined,
    memberOf: memberOf ?? [],
    passwordHash: noPassword,
    loginAllowed: true,
  };
}

function replaceAccounts(context: Context, directory: Directory, drafts: readonly Draft[]): void {
  for (const account of context.store.all("directoryAccounts")) {
    if (account.directory === directory) context.store.remove("directoryAccounts", account.authId);
  }
  const groups = new Map<string, string>();
  const names = new Set<string>();
  for (const { kind, name, authId } of drafts) {
    const key = name.toLowerCase();
    // A domain of Active Directory has one name space, LDAP one for users and one for groups.
    const unique = directory === "ldap" ? `${kind} ${key}` : key;
    if (names.has(unique)) throw refused(`name: ${name} is there twice`);
    names.add(unique);
    if (kind === "group") groups.set(key, authId);
  }
  for (const draft of drafts) putAccount(context, { directory, groups, draft });
}

function putAccount(
  context: Context,
  account: { readonly directory: Directory; readonly groups: ReadonlyMap<string, string>; readonly draft: Draft },
): void {
  const { memberOf, primaryGroup, ...draft } = account.draft;
  const groupId = (name: string): string => {
    const id = account.groups.get(name.toLowerCase());
    if (id === undefined)
      throw refused(`${draft.name} belongs to the group ${name}, which its directory does not have`);
    return id;
  };
  const taken = findDirectoryAccount(context, draft.authId);
  if (taken !== undefined) throw refused(`${draft.name} has the number of ${taken.name}`);
  context.store.put("directoryAccounts", draft.authId, {
    ...draft,
    directory: account.directory,
    primaryGroupId: primaryGroup === undefined ? null : groupId(primaryGroup),
    groupIds: memberOf.map(groupId),
  });
}

function posixIdText(id: number | undefined, what: string): string {
  return id === undefined ? "" : requireNumber(id, 0, what).toString();
}

const largestNumber = 4_294_967_295;

function requireNumber(value: number, least: number, what: string): number {
  if (Number.isInteger(value) && value >= least && value <= largestNumber) return value;
  throw refused(`${what}: a whole number from ${least} to ${largestNumber} is needed, not ${value}`);
}

function refused(description: string): ApiError {
  return new ApiError("undecodable", description);
}
