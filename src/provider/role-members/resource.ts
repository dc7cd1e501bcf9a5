import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createRoleMembers } from "./create.ts";
import { deleteRoleMembers } from "./delete.ts";
import { importRoleMembers, readRoleMembers } from "./find.ts";
import { roleMembersList } from "./list.ts";
import { planRoleMembers, planRoleMembersDestroy } from "./plan.ts";
import { roleMembersIdentity, roleMembersSchema, type RoleMembersSchema } from "./schema.ts";
import { updateRoleMembers } from "./update.ts";

/** Manages all members of roles. */
export const roleMembersResource = {
  name: "role_members",
  schema: roleMembersSchema,
  identity: roleMembersIdentity,

  plan: planRoleMembers,
  planDestroy: planRoleMembersDestroy,

  create: createRoleMembers,
  read: readRoleMembers,
  update: updateRoleMembers,
  delete: deleteRoleMembers,

  import: importRoleMembers,
  identify: (state) => ({ role_name: state.role_name }),
  list: roleMembersList,
} satisfies Resource<RoleMembersSchema, Connection>;
