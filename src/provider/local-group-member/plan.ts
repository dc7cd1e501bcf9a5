import { known, knownOrUndefined, undecided } from "../../framework/attribute-value.ts";
import type { PlanChanges, PlanContext, PlanDestroyContext } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { refuseLockOut } from "../rights/lock-out.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

/**
 * Plans one membership. A different member or group is an update, not a replacement: an id that is not known while planning may
 * turn out to be unchanged, and an engine that has planned a replacement would replace the membership even then.
 *
 * It records the membership for later plans, and refuses to end one that gives the provider its own rights. What is not known
 * yet is checked during the apply.
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

/** Refuses to end a membership that gives the provider its own rights. */
export async function planLocalGroupMemberDestroy(
  context: PlanDestroyContext<LocalGroupMemberSchema, Connection>,
): Promise<void> {
  const { group_id: groupId, member_id: authId, allow_lock_out: isAllowed } = context.prior;
  await refuseLockOut({ ...context, isAllowed }, { kind: "group-left", groupId, authId });
}
