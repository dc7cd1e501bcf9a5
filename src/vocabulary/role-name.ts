/** The roles that every cluster has, or may have. Their members can change, they themselves cannot. */
export const builtInRoles = ["Administrators", "Data-Administrators", "Observers", "Qumulo-Support"] as const;

/** The name of one role that comes with the cluster. */
export type BuiltInRoleName = (typeof builtInRoles)[number];

/** Whether two names address the same role: case does not count. */
export function isSameRoleName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

const builtInKeys: ReadonlySet<string> = new Set(builtInRoles.map((name) => name.toLowerCase()));

/** Whether this is the name of a role that comes with the cluster, in any case. */
export function isBuiltInRole(name: string): boolean {
  return builtInKeys.has(name.toLowerCase());
}

/** Whether a role can have this name: not empty, and without white space. */
export function isRoleName(name: string): boolean {
  return name !== "" && !/\s/.test(name);
}
