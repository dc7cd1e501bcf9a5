import type { AttributeValue } from "../../framework/attribute-value.ts";
import type { Diagnostics } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { isPrivilegeForm } from "../../vocabulary/privilege-spelling.ts";
import { privilegeNames } from "../../vocabulary/privileges.ts";
import { isBuiltInRole, isRoleName } from "../../vocabulary/role-name.ts";
import { unknownPrivileges, warnOfSlips } from "./privileges.ts";

/** Refuses role names that the cluster refuses, and those of its built-in roles. */
export const roleNameValidator: Validator<string> = {
  check(name) {
    if (!isRoleName(name)) {
      return {
        summary: "Role name is not allowed",
        detail: `name is "${name}". A role needs a name without white space; write backup-operator rather than "backup operator".`,
      };
    }
    return isBuiltInRole(name) ? builtInRoleRefusal(name) : undefined;
  },
};

/** Refuses what cannot be the name of a privilege. Whether the cluster knows the others is asked while planning. */
export const privilegesValidator: Validator<readonly string[]> = {
  check(names) {
    const wrong = names.filter((name) => !isPrivilegeForm(name));
    return wrong.length === 0 ? undefined : unknownPrivileges(wrong, privilegeNames);
  },
};

/** Not by the schema's own type: the schema imports the validators of this file. */
interface RoleValidation {
  readonly config: { readonly privileges: AttributeValue<readonly string[]> };
  readonly diagnostics: Diagnostics;
}

/** Warns of privileges that are probably misspelled. */
export function validateRole({ config, diagnostics }: RoleValidation): void {
  warnOfSlips(config.privileges, diagnostics);
}

/** The error for deleting a built-in role, with how to stop managing it instead. A state from another provider may hold one. */
export function builtInRoleDeletion(name: string): { readonly summary: string; readonly detail: string } {
  return {
    summary: "Built-in role cannot be deleted",
    detail: `${name} comes with the cluster and stays. To stop managing it, use a removed block with destroy = false, or state rm.`,
  };
}

/** Says that a built-in role cannot be managed, and what can be done instead. */
export function builtInRoleRefusal(name: string): { readonly summary: string; readonly detail: string } {
  return {
    summary: "Built-in role cannot be managed",
    detail: `${name} comes with the cluster, and its privileges cannot change. Choose another name for a role of your own, or use qumulo_role_member with role_name = "${name}" to grant the built-in one. Where state holds it, as another provider has imported it: remove this block, write role_name = "${name}" in whatever refers to it, and take it out of state with state rm, or with a removed block with destroy = false. The role stays as it is.`,
  };
}
