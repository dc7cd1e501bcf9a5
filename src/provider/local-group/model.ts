import type { LocalGroup, LocalGroupSettings } from "../../client/local-groups.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { PlannedModel, StateModel } from "../../framework/model.ts";
import { plannedText, setText, textOrUnset } from "../attribute/absent-text.ts";
import { storedText, textIn } from "../operation/earlier-state.ts";
import type { LocalGroupSchema } from "./schema.ts";

/** A local group as state holds it. */
export type LocalGroupModel = StateModel<LocalGroupSchema>;

/** The part of a local group that practitioners decide. */
export type ManagedGroup = Pick<LocalGroupModel, "name" | "gid" | "allow_lock_out">;

/** Writes a group of the cluster into state. */
export function toModel(group: LocalGroup, { gid, allow_lock_out }: Omit<ManagedGroup, "name">): LocalGroupModel {
  const { id, name, sid = null } = group;
  return { id, name, gid: textOrUnset(group.gid, gid), sid, allow_lock_out };
}

/** What a plan asks for. */
export function wantedOf({ name, gid, allow_lock_out }: PlannedModel<LocalGroupSchema>): ManagedGroup {
  return { name, gid: plannedText(gid), allow_lock_out };
}

/** What practitioners decide, in the words of the cluster. */
export function settingsOf({ name, gid }: Pick<LocalGroupModel, "name" | "gid">): LocalGroupSettings {
  return { name, gid: setText(gid) };
}

/** The id of a group in state, which is empty in a damaged one. */
export function idOf(state: LocalGroupModel): string {
  return state.id ?? "";
}

/** Raises state of version 0, the vendor's among it. */
export function upgradeLocalGroup(state: JsonObject): JsonObject {
  const [id, name, sid] = ["id", "name", "sid"].map((attribute) => textIn(state, attribute));
  const gid = storedText(state, "gid");
  const allow_lock_out = state["allow_lock_out"] === true;
  return { id: id ?? null, name: name ?? null, gid, sid: sid ?? null, allow_lock_out };
}
