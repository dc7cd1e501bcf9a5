import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { createLocalGroupMember } from "./create.ts";
import { deleteLocalGroupMember } from "./delete.ts";
import { importLocalGroupMember, readLocalGroupMember } from "./find.ts";
import { localGroupMemberList } from "./list.ts";
import { upgradeLocalGroupMember } from "./model.ts";
import { planLocalGroupMember, planLocalGroupMemberDestroy } from "./plan.ts";
import { localGroupMemberIdentity, localGroupMemberSchema, type LocalGroupMemberSchema } from "./schema.ts";
import { updateLocalGroupMember } from "./update.ts";

/** Manages single members of local groups. Another member, or another group, is an update that moves the membership. */
export const localGroupMemberResource = {
  name: "local_group_member",
  schema: localGroupMemberSchema,
  identity: localGroupMemberIdentity,
  upgrade: { 0: upgradeLocalGroupMember },

  plan: planLocalGroupMember,
  planDestroy: planLocalGroupMemberDestroy,

  create: createLocalGroupMember,
  read: readLocalGroupMember,
  update: updateLocalGroupMember,
  delete: deleteLocalGroupMember,

  import: importLocalGroupMember,
  identify: ({ group_id, member_id }) => ({ group_id, member_id }),
  list: localGroupMemberList,
} satisfies Resource<LocalGroupMemberSchema, Connection>;
