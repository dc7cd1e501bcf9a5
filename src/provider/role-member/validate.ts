import type { AttributeValue } from "../../framework/attribute-value.ts";
import type { Diagnostics } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { identityDomains } from "../../vocabulary/identity-domains.ts";
import { idValidator } from "../attribute/id.ts";

/** Refuses what is not an auth_id. */
export const authIdValidator = idValidator((id) => ({
  summary: "auth_id is not an id",
  detail: `auth_id is "${id}". Give the decimal id of an identity, such as the id of a qumulo_local_user, or use name.`,
}));

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

/** The attributes that name an identity, each by itself, the exact one first. */
export const identifyingAttributes = ["auth_id", "name", "sid", "uid", "gid"] as const;

/** Not by the schema's own type: the schema imports the validators of this file. */
interface MemberValidation {
  readonly config: Readonly<Record<(typeof identifyingAttributes)[number], AttributeValue<string>>>;
  readonly diagnostics: Diagnostics;
}

/** Refuses a member that nothing names. */
export function validateRoleMember({ config, diagnostics }: MemberValidation): void {
  if (identifyingAttributes.some((name) => config[name].kind !== "null")) return;
  diagnostics.error({
    summary: "Role member is missing",
    detail: `Name the identity by at least one of ${identifyingAttributes.join(", ")}; for a local user, auth_id = qumulo_local_user.….id is exact.`,
  });
}
