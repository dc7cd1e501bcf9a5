import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createRole } from "./create.ts";
import { deleteRole } from "./delete.ts";
import { importRole, readRole } from "./find.ts";
import { roleList } from "./list.ts";
import { upgradeRole } from "./model.ts";
import { planRole, planRoleDestroy } from "./plan.ts";
import { roleIdentity, roleSchema, type RoleSchema } from "./schema.ts";
import { updateRole } from "./update.ts";
import { validateRole } from "./validate.ts";

/** Manages roles. */
export const roleResource = {
  name: "role",
  schema: roleSchema,
  identity: roleIdentity,
  upgrade: { 0: upgradeRole },

  validate: validateRole,
  plan: planRole,
  planDestroy: planRoleDestroy,

  create: createRole,
  read: readRole,
  update: updateRole,
  delete: deleteRole,

  import: importRole,
  identify: (state) => ({ name: state.name }),
  list: roleList,
} satisfies Resource<RoleSchema, Connection>;
