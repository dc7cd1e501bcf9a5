/** The privileges that the provider's own account needs to read and to change other users' access tokens. */
export const accessTokenPrivileges = {
  read: "PRIVILEGE_ACCESS_TOKENS_READ",
  write: "PRIVILEGE_ACCESS_TOKENS_WRITE",
} as const;
