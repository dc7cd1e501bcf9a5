import type { RoleRecord } from "../../store/records.ts";
import { ApiError, found } from "../api-error.ts";
import { type Context, nextRevision } from "../context.ts";
import { privilegesOf } from "../core-version.ts";
import { requireMatch } from "../etags.ts";

export type { RoleRecord as Role } from "../../store/records.ts";

/** A change of a role, held to the version that the sender has read; what is `undefined` stays. */
export interface RoleChange {
  readonly description: string | undefined;
  readonly privileges: readonly string[] | undefined;
  readonly ifMatch: string | undefined;
}

/** All roles, in the order of their names. */
export function listRoles(context: Context): RoleRecord[] {
  const roles = context.store.all("roles").map((role) => asKnown(context, role));
  return roles.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/**
 * One role; its name is compared without regard to case.
 *
 * @throws {ApiError} 404
 * @see OpenAPI 7.8.2
 */
export function getRole(context: Context, name: string): RoleRecord {
  return asKnown(context, storedRole(context, name));
}

function storedRole(context: Context, name: string): RoleRecord {
  return found(context.store.find("roles", roleKey(name)), "notFound", `role ${name.slice(0, 80)}`);
}

/**
 * A role as the cluster's version knows it: without the privileges that came later. The store keeps them.
 *
 * @see assumed: no cluster goes back to an older version
 */
function asKnown(context: Context, role: RoleRecord): RoleRecord {
  const stored = new Set(role.privileges);
  return { ...role, privileges: privilegesOf(context.coreVersion).filter((name) => stored.has(name)) };
}

/** The role of this name, compared without regard to case. */
export function findRole(context: Context, name: string): RoleRecord | undefined {
  return context.store.find("roles", roleKey(name));
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
    privileges: inEnumerationOrder(context, asked.privileges),
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
  const stored = storedRole(context, name);
  const before = asKnown(context, stored);
  requireMatch(change.ifMatch, before.revision);
  requireCustom(before);
  const description = change.description ?? before.description;
  const privileges = inEnumerationOrder(context, change.privileges ?? before.privileges);
  // The list that was answered asks for no change: what this version does not know stays as well.
  const hasSamePrivileges = privileges.join() === before.privileges.join();
  if (hasSamePrivileges && description === before.description) return before;
  context.store.put("roles", roleKey(name), {
    ...stored,
    description,
    privileges: hasSamePrivileges ? stored.privileges : privileges,
    revision: nextRevision(context),
  });
  return getRole(context, name);
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
  removeAllRoleMembers(context, name);
  context.store.remove("roles", roleKey(name));
}

/** Takes all members out of a role. */
export function removeAllRoleMembers(context: Context, name: string): void {
  for (const { authId } of context.store.where("roleMembers", "role", roleKey(name))) {
    context.store.remove("roleMembers", roleMemberKey(name, authId));
  }
}

function requireCustom({ builtIn, name }: RoleRecord): void {
  if (builtIn) throw new ApiError("builtInRole", `Role ${name} is built in: it cannot be changed or deleted`);
}

/** @see OpenAPI 7.8.2 for the enumeration; order and the refusal of unknown names are assumed */
function inEnumerationOrder(context: Context, names: readonly string[]): string[] {
  const known = privilegesOf(context.coreVersion);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ApiError("undecodable", `privileges: ${JSON.stringify(unknown.slice(0, 80))} is not a privilege`);
  }
  const asked = new Set(names);
  return known.filter((name) => asked.has(name));
}
