import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { PlanContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { refuseLockOut } from "../lock-out.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

/** Tells later plans of the membership, and refuses to replace one that the own rights come from. */
export async function planLocalGroupMember(context: PlanContext<LocalGroupMemberSchema, Connection>): Promise<void> {
  const { planned, prior, client } = context;
  const [groupId, authId] = [knownOrUndefined(planned.group_id), knownOrUndefined(planned.member_id)];
  client?.memory.plannedRights.addGroupMember(groupId, authId === undefined ? undefined : { authId });
  if (prior === undefined || (prior.group_id === groupId && prior.member_id === authId)) return;
  const change = { kind: "group-left", groupId: prior.group_id, authId: prior.member_id } as const;
  const attribute = [prior.group_id === groupId ? "member_id" : "group_id"];
  await refuseLockOut({ ...context, isAllowed: prior.allow_lock_out, attribute }, change);
}
