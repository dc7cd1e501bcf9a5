/** The privileges that the provider's own account needs to read and to change local groups and their members. */
export const localGroupPrivileges = {
  read: "PRIVILEGE_LOCAL_GROUP_READ",
  write: "PRIVILEGE_LOCAL_GROUP_WRITE",
} as const;
