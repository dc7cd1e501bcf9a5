import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createRoleMember } from "./create.ts";
import { deleteRoleMember } from "./delete.ts";
import { importRoleMember, readRoleMember } from "./find.ts";
import { configFromRoleMember, roleMemberList } from "./list.ts";
import { upgradeRoleMember } from "./model.ts";
import { planRoleMember, planRoleMemberDestroy } from "./plan.ts";
import { roleMemberIdentity, roleMemberSchema, type RoleMemberSchema } from "./schema.ts";
import { updateRoleMember } from "./update.ts";
import { validateRoleMember } from "./validate.ts";

/** Manages single members of roles. Another member, or another role, is an update that moves the membership. */
export const roleMemberResource = {
  name: "role_member",
  schema: roleMemberSchema,
  identity: roleMemberIdentity,
  upgrade: { 0: upgradeRoleMember },

  validate: validateRoleMember,
  plan: planRoleMember,
  planDestroy: planRoleMemberDestroy,

  create: createRoleMember,
  read: readRoleMember,
  update: updateRoleMember,
  delete: deleteRoleMember,

  import: importRoleMember,
  identify: (state) => ({ role_name: state.role_name, auth_id: state.auth_id }),
  list: roleMemberList,
  configFrom: configFromRoleMember,
} satisfies Resource<RoleMemberSchema, Connection>;
