import type { Context } from "../rules/context.ts";
import { compareDecimals } from "../rules/context.ts";
import {
  type DirectoryAccount,
  findDirectoryAccount,
  joinedDomain,
  joinedLdap,
} from "../rules/identities/directory.ts";
import { noPassword } from "../rules/accounts/passwords.ts";
import { findSamlSettings } from "../rules/access/saml.ts";
import { listUserMappings } from "../rules/identities/user-mappings.ts";
import type {
  SeededActiveDirectory,
  SeededDirectoryAccount,
  SeededDomainUser,
  SeededLdap,
} from "../rules/identities/directory-description.ts";
import type { Seed } from "./seed.ts";

/** Describes the directories that a cluster knows; what it does not know is left out. */
export function exportDirectories(
  context: Context,
): Pick<Seed, "active_directory" | "ldap" | "user_mappings" | "saml"> {
  const activeDirectory = exportActiveDirectory(context);
  const ldap = exportLdap(context);
  const { mappings } = listUserMappings(context);
  const saml = findSamlSettings(context);
  return {
    ...(activeDirectory === undefined ? {} : { active_directory: activeDirectory }),
    ...(ldap === undefined ? {} : { ldap }),
    ...(mappings.length === 0
      ? {}
      : {
          user_mappings: mappings.map(({ downLevelLogonName, ldapName }) => ({
            down_level_logon_name: downLevelLogonName,
            ldap_name: ldapName,
          })),
        }),
    ...(saml === undefined
      ? {}
      : {
          saml: {
            cluster_dns_name: saml.clusterDnsName,
            identity_provider_url: saml.identityProviderUrl,
            required: saml.isRequired,
          },
        }),
  };
}

function exportActiveDirectory(context: Context): SeededActiveDirectory | undefined {
  const domain = joinedDomain(context);
  if (domain === undefined) return undefined;
  const accounts = accountsOf(context, "activeDirectory");
  return {
    netbios_name: domain.netbiosName,
    dns_name: domain.dnsName,
    sid: domain.sid,
    groups: accounts.groups.map((group) => ({
      ...common(context, group),
      rid: ridOf(group),
      ...(group.posixId === "" ? {} : { gid: Number(group.posixId) }),
    })),
    users: accounts.users.map((user) => exportDomainUser(context, user)),
  };
}

function exportDomainUser(context: Context, user: DirectoryAccount): SeededDomainUser {
  return {
    ...common(context, user),
    rid: ridOf(user),
    ...(user.posixId === "" ? {} : { uid: Number(user.posixId) }),
    ...primaryGroup(context, user),
    ...(user.passwordHash === noPassword ? {} : { password_hash: user.passwordHash }),
    login_allowed: user.loginAllowed,
  };
}

function exportLdap(context: Context): SeededLdap | undefined {
  const ldap = joinedLdap(context);
  if (ldap === undefined) return undefined;
  const { groups, users } = accountsOf(context, "ldap");
  return {
    bind_uri: ldap.bindUri,
    groups: groups.map((group) => ({ ...common(context, group), gid: Number(group.posixId) })),
    users: users.map((user) => ({
      ...common(context, user),
      uid: Number(user.posixId),
      ...primaryGroup(context, user),
    })),
  };
}

function accountsOf(
  context: Context,
  directory: DirectoryAccount["directory"],
): { readonly groups: readonly DirectoryAccount[]; readonly users: readonly DirectoryAccount[] } {
  const accounts = context.store
    .all("directoryAccounts")
    .filter((account) => account.directory === directory)
    .sort((left, right) => compareDecimals(left.authId, right.authId));
  return {
    groups: accounts.filter(({ kind }) => kind === "group"),
    users: accounts.filter(({ kind }) => kind === "user"),
  };
}

function common(context: Context, { name, distinguishedName, groupIds }: DirectoryAccount): SeededDirectoryAccount {
  const groups = groupIds.flatMap((id) => findDirectoryAccount(context, id)?.name ?? []);
  return {
    name,
    ...(distinguishedName === null ? {} : { distinguished_name: distinguishedName }),
    ...(groups.length === 0 ? {} : { member_of: groups }),
  };
}

function primaryGroup(context: Context, { primaryGroupId }: DirectoryAccount): { readonly primary_group?: string } {
  const group = primaryGroupId === null ? undefined : findDirectoryAccount(context, primaryGroupId);
  return group === undefined ? {} : { primary_group: group.name };
}

/** The lower half of the id. */
function ridOf({ authId }: DirectoryAccount): number {
  return Number(BigInt.asUintN(32, BigInt(authId)));
}
