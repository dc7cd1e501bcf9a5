import type { Role } from "../../client/roles.ts";
import type { Json, JsonObject } from "../../framework/json.ts";
import type { StateModel } from "../../framework/model.ts";
import { textIn } from "../operation/earlier-state.ts";
import type { RoleSchema } from "./schema.ts";

/** A role as state holds it. */
export type RoleModel = StateModel<RoleSchema>;

/** Writes a role into state. */
export function toModel({ name, allow_lock_out }: Pick<RoleModel, "name" | "allow_lock_out">, role: Role): RoleModel {
  const { description, privileges } = role;
  return { id: name, name, description, privileges, allow_lock_out };
}

/** Raises state of version 0, the vendor's among it. */
export function upgradeRole(state: JsonObject): JsonObject {
  const stored = state["privileges"];
  const name = textIn(state, "name") ?? textIn(state, "id");
  return {
    id: name,
    name,
    description: textIn(state, "description") ?? "",
    // The vendor's provider keeps a list, which may name a privilege twice.
    privileges: Array.isArray(stored) ? [...new Set<Json>(stored)] : [],
    allow_lock_out: state["allow_lock_out"] === true,
  };
}
