import { builtInUsers } from "../vocabulary/local-users.ts";
import { isSameRoleName } from "../vocabulary/role-name.ts";
import { escalatingOf } from "./risk.ts";

/** The role whose members may do everything. */
export const administratorsRole = "Administrators";
/** The auth_id of the user whom every cluster has as its administrator, whatever its roles. */
export const administratorId = builtInUsers.admin;
/** For people: being that user is enough. */
export const administratorWay = `being the built-in user admin (auth_id ${administratorId})`;
/** The auth_id of the identity that everybody is, and that can be a member of a role. */
export const everyoneId = "8589934592";

/** A role, as far as its power goes. */
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
