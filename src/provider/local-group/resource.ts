import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createLocalGroup } from "./create.ts";
import { deleteLocalGroup } from "./delete.ts";
import { importLocalGroup, readLocalGroup } from "./find.ts";
import { configFromLocalGroup, localGroupList } from "./list.ts";
import { upgradeLocalGroup } from "./model.ts";
import { planLocalGroup, planLocalGroupDestroy } from "./plan.ts";
import { localGroupIdentity, localGroupSchema, type LocalGroupSchema } from "./schema.ts";
import { updateLocalGroup } from "./update.ts";

/** Manages local groups. */
export const localGroupResource = {
  name: "local_group",
  schema: localGroupSchema,
  identity: localGroupIdentity,
  upgrade: { 0: upgradeLocalGroup },

  plan: planLocalGroup,
  planDestroy: planLocalGroupDestroy,

  create: createLocalGroup,
  read: readLocalGroup,
  update: updateLocalGroup,
  delete: deleteLocalGroup,

  import: importLocalGroup,
  identify: (state) => ({ id: state.id }),
  list: localGroupList,
  configFrom: configFromLocalGroup,
} satisfies Resource<LocalGroupSchema, Connection>;
