/** The local group `Users`, where new users are unless something else is asked for. */
export const usersGroupId = "513";

/** Whether two ids of a primary group mean the same group: the cluster takes `"0"` for `Users` and answers the real id. */
export function isSamePrimaryGroup(left: string, right: string): boolean {
  return realGroupId(left) === realGroupId(right);
}

function realGroupId(id: string): string {
  return id === "0" ? usersGroupId : id;
}
