import type { Validator } from "../../framework/schema.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";

/** Refuses names that no role can have; those of the built-in roles are fine, for reading and for members. */
export function roleReferenceValidator(attribute: "name" | "role_name"): Validator<string> {
  return {
    check(name) {
      if (isRoleName(name)) return undefined;
      return {
        summary: "Role name is not allowed",
        detail: `${attribute} is "${name}", and no role has an empty name or one with white space. Give the name of a role.`,
      };
    },
  };
}
