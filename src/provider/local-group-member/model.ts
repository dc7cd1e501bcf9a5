import type { JsonObject } from "../../framework/json.ts";
import type { StateModel } from "../../framework/model.ts";
import { idPartsIn, textIn } from "../operation/earlier-state.ts";
import type { LocalGroupMemberSchema } from "./schema.ts";

/** A membership as state holds it. */
export type LocalGroupMemberModel = StateModel<LocalGroupMemberSchema>;

/** What a membership is: who, and in which group. */
export type Membership = Pick<LocalGroupMemberModel, "group_id" | "member_id">;

/** Names a membership: the group, then the member. */
export function keyOf({ group_id, member_id }: Membership): string {
  return `${group_id}:${member_id}`;
}

/** Writes a membership into state. */
export function toModel(from: Omit<LocalGroupMemberModel, "id">): LocalGroupMemberModel {
  const { group_id, member_id, allow_lock_out } = from;
  return { id: keyOf(from), group_id, member_id, allow_lock_out };
}

/** Raises state of version 0, the vendor's among it. */
export function upgradeLocalGroupMember(state: JsonObject): JsonObject {
  const [group, member] = idPartsIn(state);
  return {
    id: textIn(state, "id"),
    group_id: textIn(state, "group_id") ?? group,
    member_id: textIn(state, "member_id") ?? member,
    allow_lock_out: state["allow_lock_out"] === true,
  };
}
