import type { Validator } from "../../framework/schema.ts";
import { isBuiltInRole, isRoleName } from "../../vocabulary/role-name.ts";

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

/** Refuses names that no role can have; those of the built-in roles are fine for reading. */
export const roleLookupNameValidator: Validator<string> = {
  check(name) {
    if (isRoleName(name)) return undefined;
    return {
      summary: "Role name is not allowed",
      detail: `name is "${name}", and no role has an empty name or one with white space. Give the name of a role.`,
    };
  },
};

/** Says that a built-in role stays, and how to give up managing it: state of another provider may hold one. */
export function builtInRoleDeletion(name: string): { readonly summary: string; readonly detail: string } {
  return {
    summary: "Built-in role cannot be deleted",
    detail: `${name} comes with the cluster and stays. To give up managing it, use a removed block with destroy = false, or state rm.`,
  };
}

/** Says that a built-in role cannot be managed, and what can be done instead. */
export function builtInRoleRefusal(name: string): { readonly summary: string; readonly detail: string } {
  return {
    summary: "Built-in role cannot be managed",
    detail: `${name} comes with the cluster, and its privileges cannot change. Choose another name for a role of your own, or use qumulo_role_member with role_name = "${name}" to grant the built-in one. Where state holds it, as another provider has imported it: remove this block, write role_name = "${name}" in whatever refers to it, and take it out of state with state rm, or with a removed block with destroy = false. The role stays as it is.`,
  };
}
