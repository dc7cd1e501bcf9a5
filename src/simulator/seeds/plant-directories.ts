import { Secret } from "../../vocabulary/secret.ts";
import { type ActiveDirectoryUserSetup, connectLdap, joinActiveDirectory } from "../rules/directory-setup.ts";
import { replaceIdentityAttributes } from "../rules/identity-attributes.ts";
import { isPasswordHash } from "../rules/passwords.ts";
import { configureSaml } from "../rules/saml.ts";
import { replaceUserMappings } from "../rules/user-mappings.ts";
import type {
  Seed,
  SeededActiveDirectory,
  SeededAttributes,
  SeededDirectoryAccount,
  SeededDomainUser,
  SeededLdap,
} from "./seed.ts";
import type { Soil } from "./soil.ts";

/** Joins the cluster to its directories, with all that they hold. */
export function plantDirectories(soil: Soil, { active_directory, ldap, user_mappings, saml }: Seed): void {
  const { context } = soil;
  if (active_directory !== undefined) plantActiveDirectory(soil, active_directory);
  if (ldap !== undefined) plantLdap(soil, ldap);
  if (user_mappings !== undefined) {
    const mappings = user_mappings.map((mapping) => ({
      downLevelLogonName: mapping.down_level_logon_name,
      ldapName: mapping.ldap_name,
    }));
    soil.try(["user_mappings"], () => replaceUserMappings(context, { mappings, ifMatch: undefined }));
  }
  if (saml !== undefined) {
    configureSaml(context, {
      clusterDnsName: saml.cluster_dns_name,
      identityProviderUrl: saml.identity_provider_url,
      isRequired: saml.required ?? false,
    });
  }
}

function plantActiveDirectory(soil: Soil, seeded: SeededActiveDirectory): void {
  const { netbios_name, dns_name, sid, groups = [], users = [] } = seeded;
  for (const [index, { password_hash }] of users.entries()) {
    if (password_hash === undefined || isPasswordHash(password_hash)) continue;
    soil.refuse(["active_directory", "users", index, "password_hash"], "this is no hash that an export writes");
  }
  soil.try(["active_directory"], () => {
    joinActiveDirectory(soil.context, {
      netbiosName: netbios_name,
      dnsName: dns_name,
      sid,
      groups: groups.map(({ rid, gid, ...group }) => ({ ...setupOf(group), rid, gid })),
      users: users.map(domainUser),
    });
  });
}

function domainUser(user: SeededDomainUser): ActiveDirectoryUserSetup {
  return {
    ...setupOf(user),
    rid: user.rid,
    uid: user.uid,
    primaryGroup: user.primary_group,
    password: user.password === undefined ? undefined : new Secret(user.password),
    passwordHash: user.password_hash,
    loginAllowed: user.login_allowed,
  };
}

function plantLdap(soil: Soil, { bind_uri, groups = [], users = [] }: SeededLdap): void {
  soil.try(["ldap"], () => {
    connectLdap(soil.context, {
      bindUri: bind_uri,
      groups: groups.map(({ gid, ...group }) => ({ ...setupOf(group), gid })),
      users: users.map((user) => ({ ...setupOf(user), uid: user.uid, primaryGroup: user.primary_group })),
    });
  });
}

function setupOf(
  account: SeededDirectoryAccount,
): Pick<ActiveDirectoryUserSetup, "name" | "distinguishedName" | "memberOf"> {
  return { name: account.name, distinguishedName: account.distinguished_name, memberOf: account.member_of };
}

/** Sets what is kept of users of directories. */
export function plantAttributes(soil: Soil, seeded: readonly SeededAttributes[]): void {
  for (const [index, { identity, home_directory }] of seeded.entries()) {
    const path = ["identity_attributes", index];
    const found = soil.identify([...path, "identity"], identity);
    if (found === undefined) continue;
    soil.try(path, () => replaceIdentityAttributes(soil.context, found.authId, home_directory));
  }
}
