import type { Validator } from "../../framework/schema.ts";
import { identityDomains } from "../../vocabulary/identity-domains.ts";

/** Refuses what is not an auth_id: decimal digits below 2^64. */
export const authIdValidator: Validator<string> = {
  check(id) {
    if (/^(0|[1-9]\d{0,19})$/.test(id) && BigInt(id) < 2n ** 64n) return undefined;
    return {
      summary: "auth_id is not an id",
      detail: `auth_id is "${id}". Give the decimal id of an identity, such as the id of a qumulo_local_user, or use name.`,
    };
  },
};

/** Refuses domains that the API does not have. */
export const domainValidator: Validator<string> = {
  check(domain) {
    if (identityDomains.some((known) => known === domain)) return undefined;
    return {
      summary: "Unknown identity domain",
      detail: `domain is "${domain}". Use LOCAL, ACTIVE_DIRECTORY, POSIX_USER, POSIX_GROUP or WORLD.`,
    };
  },
};

/** Refuses an empty name. */
export const memberNameValidator: Validator<string> = {
  check(name) {
    if (name.trim() !== "") return undefined;
    return { summary: "Member name is empty", detail: "Give the name of a user or group, or use auth_id." };
  },
};

/** Refuses names that no role can have. */
export const roleReferenceValidator: Validator<string> = {
  check(name) {
    if (name !== "" && !/\s/.test(name)) return undefined;
    return {
      summary: "Role name is not allowed",
      detail: `role_name is "${name}", and no role has an empty name or one with white space. Give the name of a role.`,
    };
  },
};
