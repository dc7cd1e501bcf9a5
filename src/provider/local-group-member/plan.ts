import { known, knownOrUndefined, undecided } from "../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

/**
 * Plans one membership. Another member, or another group, is an update: an id that is not known while planning may turn out
 * to be the one of before, and an engine that has planned to replace does so all the same.
 *
 * Tells later plans of the membership, and refuses to end one that the provider's own rights come from. What is not known yet is judged
 * while applying, when it is.
 */
export async function planLocalGroupMember(
  context: PlanContext<LocalGroupMemberSchema, Connection>,
): Promise<PlanChanges<LocalGroupMemberSchema>> {
  const { planned, prior, client } = context;
  const [groupId, authId] = [knownOrUndefined(planned.group_id), knownOrUndefined(planned.member_id)];
  client?.memory.plannedRights.addGroupMember(groupId, authId === undefined ? undefined : { authId });
  if (prior === undefined || (prior.group_id === groupId && prior.member_id === authId)) return {};
  if (groupId === undefined || authId === undefined) return { planned: { id: undecided } };
  const change = { kind: "group-left", groupId: prior.group_id, authId: prior.member_id } as const;
  const attribute = [prior.group_id === groupId ? "member_id" : "group_id"];
  const isAllowed = knownOrUndefined(planned.allow_lock_out) === true;
  await refuseLockOut({ ...context, isAllowed, attribute }, change);
  return { planned: { id: known(`${groupId}:${authId}`) } };
}

/** Refuses to end a membership that the provider's own rights come from. */
export async function planLocalGroupMemberDestroy(
  context: PlanDestroyContext<LocalGroupMemberSchema, Connection>,
): Promise<void> {
  const { group_id: groupId, member_id: authId, allow_lock_out: isAllowed } = context.prior;
  await refuseLockOut({ ...context, isAllowed }, { kind: "group-left", groupId, authId });
}
