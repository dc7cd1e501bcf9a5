/** The privileges that the provider's own account needs to read and to change local users. */
export const localUserPrivileges = {
  read: "PRIVILEGE_LOCAL_USER_READ",
  write: "PRIVILEGE_LOCAL_USER_WRITE",
} as const;
