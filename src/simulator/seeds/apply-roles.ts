import { suggestPrivilege } from "../../vocabulary/privilege-spelling.ts";
import { isPrivilegeName, privilegeNames } from "../../vocabulary/privileges.ts";
import { restoreRoleMember } from "../rules/access/role-members.ts";
import { createRole, findRole, removeAllRoleMembers, roleKey } from "../rules/access/roles.ts";
import { addSupportRole, supportRoleName } from "../rules/access/built-in-roles.ts";
import type { SeededRole, SeedPath } from "./seed.ts";
import type { SeedBuilder } from "./seed-builder.ts";

/** Makes the roles, with their members. */
export function applyRoles(builder: SeedBuilder, roles: readonly SeededRole[]): void {
  for (const [index, role] of roles.entries()) {
    const path = ["roles", index];
    if (isSupportRole(role)) addSupportRole(builder.context);
    if (findRole(builder.context, role.name)?.builtIn === true) applyBuiltInRole(builder, path, role);
    else applyRole(builder, path, role);
    // A role that was refused has a fault already.
    if (findRole(builder.context, role.name) === undefined) continue;
    for (const [position, member] of (role.members ?? []).entries()) {
      const place = [...path, "members", position];
      const identity = builder.identify(place, member);
      if (identity !== undefined)
        builder.try(place, () => {
          restoreRoleMember(builder.context, role.name, identity);
        });
    }
  }
}

/**
 * Whether this is the vendor's role, which a cluster may or may not have: a role of that name to which the seed gives no
 * privileges.
 */
function isSupportRole({ name, description, privileges }: SeededRole): boolean {
  return roleKey(name) === roleKey(supportRoleName) && description === undefined && privileges === undefined;
}

function applyRole(builder: SeedBuilder, path: SeedPath, role: SeededRole): void {
  const { name, description = "", privileges = [] } = role;
  const unknown = privileges.findIndex((privilege) => !isPrivilegeName(privilege));
  if (unknown < 0) {
    builder.try(path, () => createRole(builder.context, { name, description, privileges }));
    return;
  }
  const asked = privileges[unknown] ?? "";
  const nearest = suggestPrivilege(asked, privilegeNames);
  const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
  builder.refuse([...path, "privileges", unknown], `${JSON.stringify(asked)} is not a privilege${hint}`);
}

/** Sets the members of a built-in role. The list replaces the members that the role has from the start. */
function applyBuiltInRole(builder: SeedBuilder, path: SeedPath, role: SeededRole): void {
  builder.refuseAgain(path, role.name);
  if (role.description !== undefined || role.privileges !== undefined) {
    builder.refuse(path, `${role.name} is built in: it takes members only`);
  }
  if (role.members !== undefined) removeAllRoleMembers(builder.context, role.name);
}
