import type { LocalUser, LocalUserSettings } from "../../client/local-users.ts";
import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { PlannedModel, StateModel } from "../../framework/model.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { plannedText, setText, textOrUnset } from "../attribute/absent-text.ts";
import { storedText, textIn } from "../operation/earlier-state.ts";
import type { LocalUserSchema } from "./schema.ts";

/** A local user as state holds it. */
export type LocalUserModel = StateModel<LocalUserSchema>;

/** The part of a local user that only state knows: how the practitioner wrote values, and what the cluster never returns. */
export type LocalUserMemory = Pick<
  LocalUserModel,
  "uid" | "home_directory" | "password" | "password_wo_version" | "allow_lock_out"
>;

/** Writes a user of the cluster into state. */
export function toModel(user: LocalUser, memory: LocalUserMemory): LocalUserModel {
  return {
    id: user.id,
    name: user.name,
    primary_group: user.primaryGroup ?? null,
    uid: textOrUnset(user.uid, memory.uid),
    home_directory: textOrUnset(user.homeDirectory, memory.home_directory),
    password: memory.password,
    password_wo: null,
    password_wo_version: memory.password_wo_version,
    allow_lock_out: memory.allow_lock_out,
    sid: user.sid ?? null,
    can_change_password: user.canChangePassword,
  };
}

/** What the cluster is asked for apart from the password. */
export type ManagedSettings = Omit<LocalUserSettings, "password">;

/** The part of a user that practitioners manage, in the words of the cluster. */
export function settingsOf(user: LocalUser, fallbackGroup: string): ManagedSettings {
  const { name, primaryGroup = fallbackGroup, uid, homeDirectory } = user;
  return { name, primaryGroup, uid, homeDirectory };
}

/** What a plan asks the cluster for. */
export function wantedSettings(planned: PlannedModel<LocalUserSchema>): ManagedSettings {
  const group = knownOrUndefined(planned.primary_group) ?? builtInGroups.Users;
  return {
    name: planned.name,
    primaryGroup: group === "0" ? builtInGroups.Users : group,
    uid: setText(plannedText(planned.uid)),
    homeDirectory: setText(plannedText(planned.home_directory)),
  };
}

/** The part of a planned user that only state knows. */
export function memoryOf(planned: PlannedModel<LocalUserSchema>): LocalUserMemory {
  return { ...planned, uid: plannedText(planned.uid), home_directory: plannedText(planned.home_directory) };
}

/** The id of a user in state, which is empty in a damaged one. */
export function idOf(state: LocalUserModel): string {
  return state.id ?? "";
}

/** Raises state of version 0, the vendor's among it. */
export function upgradeLocalUser(state: JsonObject): JsonObject {
  const names = ["id", "name", "primary_group", "password", "password_wo_version", "sid"];
  const texts = Object.fromEntries(names.map((name) => [name, textIn(state, name)]));
  return {
    ...texts,
    uid: storedText(state, "uid"),
    home_directory: storedText(state, "home_directory"),
    password_wo: null,
    can_change_password: state["can_change_password"] ?? null,
    allow_lock_out: state["allow_lock_out"] === true,
  };
}
