import { ApiError } from "../api-error.ts";
import type { Context } from "../context.ts";
import {
  describeIdentity,
  type Identity,
  type IdentityQuery,
  requireExisting,
  resolveIdentity,
} from "../identities/identities.ts";
import { inOrder, type Page, type PageRequest, pageOf } from "../paging.ts";
import { getRole, type Role, roleKey, roleMemberKey } from "./roles.ts";

/**
 * Identities that cannot be members of a role. The vendor's support may have any role, and may lose its own.
 *
 * @see assumed; Qumulo docs, RBAC guide, for support
 */
const neverMembers: ReadonlySet<string> = new Set([
  "API_NULL_DOMAIN",
  "API_INVALID_DOMAIN",
  "API_RESERVED_DOMAIN",
  "API_INTERNAL_DOMAIN",
  "API_OPERATOR_DOMAIN",
  "API_CREATOR_DOMAIN",
]);

/**
 * The members of a role in the order of their ids; those that are deleted have no name.
 *
 * @throws {ApiError} 404
 */
export function listRoleMembers(context: Context, roleName: string, paging: PageRequest): Page<Identity> {
  const { name } = getRole(context, roleName);
  const members = context.store.where("roleMembers", "role", roleKey(name)).map(({ authId }) => ({ id: authId }));
  return pageOf(inOrder(members), paging, ({ id }) => describeIdentity(context, id));
}

/**
 * One member of a role.
 *
 * @throws {ApiError} 404 when the role is unknown or the identity no member
 */
export function getRoleMember(context: Context, roleName: string, memberId: string): Identity {
  requireMember(context, getRole(context, roleName), memberId);
  return describeIdentity(context, memberId);
}

/**
 * Adds an identity to a role, built-in roles included.
 *
 * @throws {ApiError} 404 for the role; 400 when the identity does not resolve or cannot hold a role; 409 for a member
 * @see OpenAPI 7.8.2; the answer for a member is assumed, and {@link Context.variations} has the other one
 */
export function addRoleMember(context: Context, roleName: string, asked: IdentityQuery): Identity {
  getRole(context, roleName);
  const identity = resolveIdentity(context, asked);
  requireExisting(context, identity);
  restoreRoleMember(context, roleName, identity);
  return identity;
}

/**
 * Adds an identity to a role that may be deleted by now.
 *
 * @throws {ApiError} as {@link addRoleMember} does
 */
export function restoreRoleMember(context: Context, roleName: string, identity: Identity): void {
  const role = getRole(context, roleName);
  if (neverMembers.has(identity.domain)) {
    throw new ApiError("identityNotSupported", `An identity of ${identity.domain} cannot be a member of a role`);
  }
  const { authId } = identity;
  if (isMember(context, role, authId)) {
    if (context.variations.repeatedMemberAccepted === true) return;
    throw new ApiError("roleMemberExists", `${authId} is a member of role ${role.name} already`);
  }
  context.store.put("roleMembers", roleMemberKey(role.name, authId), { role: roleKey(role.name), authId });
}

/**
 * Takes an identity out of a role.
 *
 * @throws {ApiError} 404 when it is not a member
 * @see assumed
 */
export function removeRoleMember(context: Context, roleName: string, memberId: string): void {
  const role = getRole(context, roleName);
  requireMember(context, role, memberId);
  context.store.remove("roleMembers", roleMemberKey(role.name, memberId));
}

function isMember(context: Context, role: Role, authId: string): boolean {
  return context.store.find("roleMembers", roleMemberKey(role.name, authId)) !== undefined;
}

function requireMember(context: Context, role: Role, memberId: string): void {
  if (isMember(context, role, memberId)) return;
  throw new ApiError("notFound", `${memberId.slice(0, 80)} is not a member of role ${role.name}`);
}
