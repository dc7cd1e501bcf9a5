/** The privileges that the provider's own account needs to read and to change roles and their members. */
export const rolePrivileges = {
  read: "PRIVILEGE_ROLE_READ",
  write: "PRIVILEGE_ROLE_WRITE",
} as const;
