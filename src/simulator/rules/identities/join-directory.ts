import { Secret } from "../../../vocabulary/secret.ts";
import { clusterKey, type DirectoryAccountRecord } from "../../store/records.ts";
import { ApiError } from "../api-error.ts";
import { authIds } from "./auth-ids.ts";
import type { Context } from "../context.ts";
import { findDirectoryAccount } from "./directory.ts";
import type {
  SeededActiveDirectory,
  SeededDirectoryAccount,
  SeededDomainUser,
  SeededLdap,
} from "./directory-description.ts";
import { hashPassword, noPassword } from "../accounts/passwords.ts";

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
export function joinActiveDirectory(context: Context, described: SeededActiveDirectory): void {
  const { netbios_name: netbiosName, dns_name: dnsName, sid } = described;
  if (!/^S-1-5-21-\d+-\d+-\d+$/.test(sid)) throw refused(`sid: S-1-5-21 and three numbers are needed, not ${sid}`);
  if (netbiosName === "" || dnsName === "") throw refused("A domain needs a short name and a DNS name");
  const groups = (described.groups ?? []).map((group) => ({
    ...draftOf("group", group),
    authId: authIds.activeDirectory(requireNumber(group.rid, 1, `rid of ${group.name}`)),
    posixId: posixIdText(group.gid, `gid of ${group.name}`),
  }));
  const users = (described.users ?? []).map((user) => ({
    ...draftOf("user", user),
    authId: authIds.activeDirectory(requireNumber(user.rid, 1, `rid of ${user.name}`)),
    posixId: posixIdText(user.uid, `uid of ${user.name}`),
    primaryGroup: user.primary_group,
    passwordHash: passwordHashOf(user),
    loginAllowed: user.login_allowed ?? true,
  }));
  context.store.put("activeDirectory", clusterKey, { netbiosName, dnsName, sid });
  replaceAccounts(context, "activeDirectory", [...groups, ...users]);
}

function passwordHashOf({ password, password_hash }: SeededDomainUser): string {
  if (password_hash !== undefined) return password_hash;
  return password === undefined ? noPassword : hashPassword(new Secret(password));
}

/**
 * Lets the cluster ask an LDAP directory, with all users and groups that the directory has, in place of any former one.
 *
 * @throws {ApiError} 400 for a number or a name that is bad or taken, or an unknown group
 */
export function connectLdap(context: Context, described: SeededLdap): void {
  const groups = (described.groups ?? []).map((group) => {
    const posixId = requireNumber(group.gid, 0, `gid of ${group.name}`);
    return { ...draftOf("group", group), authId: authIds.posixGroup(posixId), posixId: posixId.toString() };
  });
  const users = (described.users ?? []).map((user) => {
    const posixId = requireNumber(user.uid, 0, `uid of ${user.name}`);
    const own = { authId: authIds.posixUser(posixId), posixId: posixId.toString(), primaryGroup: user.primary_group };
    return { ...draftOf("user", user), ...own };
  });
  context.store.put("ldap", clusterKey, { bindUri: described.bind_uri });
  replaceAccounts(context, "ldap", [...groups, ...users]);
}

function draftOf(
  kind: Draft["kind"],
  { name, distinguished_name, member_of }: SeededDirectoryAccount,
): Omit<Draft, "authId" | "posixId"> {
  if (!/^[^\\@=\s](?:[^\\@=]*[^\\@=\s])?$/u.test(name)) {
    throw refused(`name: ${JSON.stringify(name)} is empty, begins or ends with a blank, or holds one of \\ @ =`);
  }
  return {
    kind,
    name,
    distinguishedName: distinguished_name ?? null,
    primaryGroup: undefined,
    memberOf: member_of ?? [],
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
