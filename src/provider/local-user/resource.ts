import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createLocalUser } from "./create.ts";
import { deleteLocalUser } from "./delete.ts";
import { importLocalUser, readLocalUser } from "./find.ts";
import { configFromLocalUser, localUserList } from "./list.ts";
import { upgradeLocalUser } from "./model.ts";
import { planLocalUser, planLocalUserDestroy } from "./plan.ts";
import { localUserIdentity, localUserSchema, type LocalUserSchema } from "./schema.ts";
import { updateLocalUser } from "./update.ts";
import { validateLocalUser } from "./validate.ts";

/** Manages local users. */
export const localUserResource = {
  name: "local_user",
  schema: localUserSchema,
  identity: localUserIdentity,
  upgrade: { 0: upgradeLocalUser },

  validate: validateLocalUser,
  plan: planLocalUser,
  planDestroy: planLocalUserDestroy,

  create: createLocalUser,
  read: readLocalUser,
  update: updateLocalUser,
  delete: deleteLocalUser,

  import: importLocalUser,
  identify: (state) => ({ id: state.id }),
  list: localUserList,
  configFrom: configFromLocalUser,
} satisfies Resource<LocalUserSchema, Connection>;
