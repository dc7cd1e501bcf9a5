import type { LocalUser, LocalUserSettings } from "../../client/local-users.ts";
import type { StateModel } from "../../framework/model.ts";
import { textOrUnset } from "../attribute/absent-text.ts";
import type { LocalUserSchema } from "./schema.ts";

/** A local user as state holds it. */
export type LocalUserModel = StateModel<LocalUserSchema>;

/** The part of a local user that only state knows: how the practitioner wrote it, and what the cluster never tells. */
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

/** What the cluster is asked for beside the password. */
export type ManagedSettings = Omit<LocalUserSettings, "password">;

/** The part of a user that practitioners manage, in the words of the cluster. */
export function settingsOf(user: LocalUser, fallbackGroup: string): ManagedSettings {
  const { name, primaryGroup = fallbackGroup, uid, homeDirectory } = user;
  return { name, primaryGroup, uid, homeDirectory };
}
