import { builtInUsers } from "../vocabulary/local-users.ts";
import { isSameRoleName } from "../vocabulary/role-name.ts";
import { escalatingOf } from "./risk.ts";

/** The role whose members may do everything. */
export const administratorsRole = "Administrators";
/** The auth_id of the built-in user admin: every cluster has it, and it is an administrator whatever roles it has. */
export const administratorId = builtInUsers.admin;
/** The path of the built-in user admin to its power, for people: it needs no role. */
export const administratorWay = `being the built-in user admin (auth_id ${administratorId})`;
/** The auth_id of Everyone, a group that everybody is in and that can be a member of a role. */
export const everyoneId = "8589934592";

/** The part of a role that decides about its power. */
export interface RolePrivileges {
  readonly name: string;
  readonly privileges: Iterable<string>;
}

/** Whether this is the role of the administrators. */
export function isAdministratorsRole(roleName: string): boolean {
  return isSameRoleName(roleName, administratorsRole);
}

/** Whether a role makes its holders administrators, or lets them become administrators. */
export function isPowerful({ name, privileges }: RolePrivileges): boolean {
  return isAdministratorsRole(name) || escalatingOf(privileges).length > 0;
}
