/** The local users that every cluster has, and their ids. */
export const builtInUsers = { admin: "500", guest: "501" } as const;
