/** The local groups that every cluster has, and their ids. */
export const builtInGroups = { Administrators: "512", Users: "513", Guests: "514" } as const;

/** The name of one local group that comes with the cluster. */
export type BuiltInGroupName = keyof typeof builtInGroups;

/** Whether this is the name of a local group that comes with the cluster, in this very spelling. */
export function isBuiltInGroup(name: string): name is BuiltInGroupName {
  return Object.hasOwn(builtInGroups, name);
}
