import { builtInGroups } from "../../vocabulary/local-groups.ts";

/** Whether two ids of a primary group mean the same group: the cluster takes `"0"` for `Users` and answers the real id. */
export function isSamePrimaryGroup(left: string, right: string): boolean {
  return realGroupId(left) === realGroupId(right);
}

function realGroupId(id: string): string {
  return id === "0" ? builtInGroups.Users : id;
}
