import { isPrivilegeName, privilegeNames } from "../../vocabulary/privileges.ts";
import type { RoleRecord } from "../store/records.ts";
import { found } from "./accounts.ts";
import { ApiError } from "./api-error.ts";
import { type Context, nextRevision } from "./context.ts";
import { requireMatch } from "./etags.ts";

export type { RoleRecord as Role } from "../store/records.ts";

/** A change of a role, held to the version that the sender has read; what is `undefined` stays. */
export interface RoleChange {
  readonly description: string | undefined;
  readonly privileges: readonly string[] | undefined;
  readonly ifMatch: string | undefined;
}

/** All roles, in the order of their names. */
export function listRoles(context: Context): RoleRecord[] {
  return [...context.store.all("roles")].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * One role; its name is compared without regard to case.
 *
 * @throws {ApiError} 404
 * @see OpenAPI 7.8.2
 */
export function getRole(context: Context, name: string): RoleRecord {
  return found(context.store.find("roles", roleKey(name)), "notFound", `role ${name.slice(0, 80)}`);
}

/** The key of a role in the store. */
export function roleKey(name: string): string {
  return name.toLowerCase();
}

/** The key of a membership in the store. */
export function roleMemberKey(roleName: string, authId: string): string {
  return `${roleKey(roleName)} ${authId}`;
}

/**
 * Creates a role without members. The spelling of its name is kept.
 *
 * @throws {ApiError} 400 for an empty name, white space in it, or an unknown privilege; 409 for a taken name
 * @see OpenAPI 7.8.2 for names; the answer for a taken name is assumed
 */
export function createRole(
  context: Context,
  asked: Pick<RoleRecord, "name" | "description" | "privileges">,
): RoleRecord {
  const { name, description } = asked;
  if (name === "") throw new ApiError("undecodable", "name: a role needs a name");
  if (/\s/u.test(name)) throw new ApiError("undecodable", "name: a role's name holds no white space");
  const holder = context.store.find("roles", roleKey(name));
  if (holder !== undefined) throw new ApiError("roleExists", `A role named ${holder.name} exists already`);
  const role = {
    name,
    description,
    privileges: inEnumerationOrder(asked.privileges),
    builtIn: false,
    revision: nextRevision(context),
  };
  context.store.put("roles", roleKey(name), role);
  return role;
}

/**
 * Changes description and privileges of a role. Nobody is asked whether they hold what they grant.
 *
 * @throws {ApiError} 404; 400 for a built-in role or an unknown privilege; 412
 * @see OpenAPI 7.8.2; wording of the qq guide for built-in roles
 */
export function changeRole(context: Context, name: string, change: RoleChange): RoleRecord {
  const before = getRole(context, name);
  requireMatch(change.ifMatch, before.revision);
  requireCustom(before);
  const after = {
    ...before,
    description: change.description ?? before.description,
    privileges: change.privileges === undefined ? before.privileges : inEnumerationOrder(change.privileges),
  };
  if (isSame(before, after)) return before;
  const changed = { ...after, revision: nextRevision(context) };
  context.store.put("roles", roleKey(name), changed);
  return changed;
}

/**
 * Deletes a role, with its memberships.
 *
 * @throws {ApiError} 404; 400 for a built-in role; 412
 * @see assumed
 */
export function deleteRole(context: Context, name: string, ifMatch: string | undefined): void {
  const role = getRole(context, name);
  requireMatch(ifMatch, role.revision);
  requireCustom(role);
  const key = roleKey(name);
  for (const { authId } of context.store.where("roleMembers", "role", key)) {
    context.store.remove("roleMembers", roleMemberKey(name, authId));
  }
  context.store.remove("roles", key);
}

function requireCustom({ builtIn, name }: RoleRecord): void {
  if (builtIn) throw new ApiError("builtInRole", `Role ${name} is built in: it cannot be changed or deleted`);
}

/** @see OpenAPI 7.8.2 for the enumeration; order and the refusal of unknown names are assumed */
function inEnumerationOrder(names: readonly string[]): string[] {
  const unknown = names.find((name) => !isPrivilegeName(name));
  if (unknown !== undefined) {
    throw new ApiError("undecodable", `privileges: ${JSON.stringify(unknown.slice(0, 80))} is no privilege`);
  }
  const asked = new Set(names);
  return privilegeNames.filter((name) => asked.has(name));
}

function isSame(left: RoleRecord, right: RoleRecord): boolean {
  return left.description === right.description && left.privileges.join() === right.privileges.join();
}
