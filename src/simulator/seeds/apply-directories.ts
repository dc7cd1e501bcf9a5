import { connectLdap, joinActiveDirectory } from "../rules/identities/join-directory.ts";
import { replaceIdentityAttributes } from "../rules/identities/identity-attributes.ts";
import { isPasswordHash } from "../rules/accounts/passwords.ts";
import { configureSaml } from "../rules/access/saml.ts";
import { replaceUserMappings } from "../rules/identities/user-mappings.ts";
import type { SeededActiveDirectory } from "../rules/identities/directory-description.ts";
import type { Seed, SeededAttributes } from "./seed.ts";
import type { SeedBuilder } from "./seed-builder.ts";

/** Joins the cluster to its directories, with all that they hold. */
export function applyDirectories(builder: SeedBuilder, { active_directory, ldap, user_mappings, saml }: Seed): void {
  const { context } = builder;
  if (active_directory !== undefined) applyActiveDirectory(builder, active_directory);
  if (ldap !== undefined) {
    builder.try(["ldap"], () => {
      connectLdap(context, ldap);
    });
  }
  if (user_mappings !== undefined) {
    const mappings = user_mappings.map((mapping) => ({
      downLevelLogonName: mapping.down_level_logon_name,
      ldapName: mapping.ldap_name,
    }));
    builder.try(["user_mappings"], () => replaceUserMappings(context, { mappings, ifMatch: undefined }));
  }
  if (saml !== undefined) {
    configureSaml(context, {
      clusterDnsName: saml.cluster_dns_name,
      identityProviderUrl: saml.identity_provider_url,
      isRequired: saml.required ?? false,
    });
  }
}

function applyActiveDirectory(builder: SeedBuilder, seeded: SeededActiveDirectory): void {
  for (const [index, { password_hash }] of (seeded.users ?? []).entries()) {
    if (password_hash === undefined || isPasswordHash(password_hash)) continue;
    builder.refuse(["active_directory", "users", index, "password_hash"], "this is not a hash as an export writes it");
  }
  builder.try(["active_directory"], () => {
    joinActiveDirectory(builder.context, seeded);
  });
}

/** Sets the attributes of users from directories. */
export function applyAttributes(builder: SeedBuilder, seeded: readonly SeededAttributes[]): void {
  for (const [index, { identity, home_directory }] of seeded.entries()) {
    const path = ["identity_attributes", index];
    const found = builder.identify([...path, "identity"], identity);
    if (found === undefined) continue;
    builder.try(path, () => replaceIdentityAttributes(builder.context, found.authId, home_directory));
  }
}
