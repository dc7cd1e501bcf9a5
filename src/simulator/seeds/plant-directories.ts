import { connectLdap, joinActiveDirectory } from "../rules/identities/join-directory.ts";
import { replaceIdentityAttributes } from "../rules/identities/identity-attributes.ts";
import { isPasswordHash } from "../rules/accounts/passwords.ts";
import { configureSaml } from "../rules/access/saml.ts";
import { replaceUserMappings } from "../rules/identities/user-mappings.ts";
import type { SeededActiveDirectory } from "../rules/identities/directory-description.ts";
import type { Seed, SeededAttributes } from "./seed.ts";
import type { Soil } from "./soil.ts";

/** Joins the cluster to its directories, with all that they hold. */
export function plantDirectories(soil: Soil, { active_directory, ldap, user_mappings, saml }: Seed): void {
  const { context } = soil;
  if (active_directory !== undefined) plantActiveDirectory(soil, active_directory);
  if (ldap !== undefined) {
    soil.try(["ldap"], () => {
      connectLdap(context, ldap);
    });
  }
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
  for (const [index, { password_hash }] of (seeded.users ?? []).entries()) {
    if (password_hash === undefined || isPasswordHash(password_hash)) continue;
    soil.refuse(["active_directory", "users", index, "password_hash"], "this is not a hash as an export writes it");
  }
  soil.try(["active_directory"], () => {
    joinActiveDirectory(soil.context, seeded);
  });
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
