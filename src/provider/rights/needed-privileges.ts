import type { PrivilegeName } from "../../vocabulary/privileges.ts";

const roleReadAndWrite = ["PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE"] as const;
const groupReadAndWrite = ["PRIVILEGE_LOCAL_GROUP_READ", "PRIVILEGE_LOCAL_GROUP_WRITE"] as const;

/** The privileges that the provider's own account needs to manage each type of resource. */
export const neededPrivileges: Readonly<Record<string, readonly PrivilegeName[]>> = {
  qumulo_local_user: ["PRIVILEGE_LOCAL_USER_READ", "PRIVILEGE_LOCAL_USER_WRITE"],
  qumulo_local_group: groupReadAndWrite,
  qumulo_local_group_member: groupReadAndWrite,
  qumulo_role: roleReadAndWrite,
  qumulo_role_member: roleReadAndWrite,
  qumulo_role_members: roleReadAndWrite,
  qumulo_access_token: ["PRIVILEGE_ACCESS_TOKENS_READ", "PRIVILEGE_ACCESS_TOKENS_WRITE", "PRIVILEGE_IDENTITY_READ"],
};
