import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Resource } from "../../framework/resource.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { importedText } from "../operation/import-id.ts";
import { planRoleMembers, planRoleMembersDestroy } from "./plan.ts";
import { readRoleMembers } from "./read.ts";
import { roleMembersIdentity, roleMembersSchema, type RoleMembersSchema } from "./schema.ts";
import { createMembers, deleteMembers, updateMembers } from "./write.ts";

/** Manages all members of roles. */
export const roleMembersResource = {
  name: "role_members",
  schema: roleMembersSchema,
  identity: roleMembersIdentity,

  plan: planRoleMembers,
  planDestroy: planRoleMembersDestroy,

  create: createMembers,
  read: readRoleMembers,
  update: updateMembers,
  delete: deleteMembers,

  async import(context) {
    const roleName = importedText(context, "role_name");
    if (isRoleName(roleName)) {
      return Promise.resolve({ id: roleName, role_name: roleName, members: [], allow_lock_out: false });
    }
    throw new DiagnosticError({
      summary: "Import id is not readable",
      detail: `The id is "${roleName}". Give the name of the role whose members are to be managed, such as "backup-operator".`,
    });
  },

  identify: (state) => ({ role_name: state.role_name }),
} satisfies Resource<RoleMembersSchema, Connection>;
