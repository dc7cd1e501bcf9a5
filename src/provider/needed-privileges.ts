import type { PrivilegeName } from "../vocabulary/privileges.ts";
import { accessTokenPrivileges } from "./access-token/needed-privileges.ts";
import { localGroupPrivileges } from "./local-group/needed-privileges.ts";
import { localUserPrivileges } from "./local-user/needed-privileges.ts";
import { rolePrivileges } from "./role/needed-privileges.ts";

const forGroups = Object.values(localGroupPrivileges);
const forRoles = Object.values(rolePrivileges);

/** The privileges that the provider's own account needs to manage each type of resource. */
export const neededPrivileges: Readonly<Record<string, readonly PrivilegeName[]>> = {
  qumulo_local_user: Object.values(localUserPrivileges),
  qumulo_local_group: forGroups,
  qumulo_local_group_member: forGroups,
  qumulo_role: forRoles,
  qumulo_role_member: forRoles,
  qumulo_role_members: forRoles,
  // A token is made for whoever the user's name means, which has to be looked up.
  qumulo_access_token: [...Object.values(accessTokenPrivileges), "PRIVILEGE_IDENTITY_READ"],
};
