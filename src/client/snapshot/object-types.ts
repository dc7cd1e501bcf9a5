/** What can be discovered, as `--only` names it. */
export const objectTypes = ["users", "groups", "group-members", "roles", "role-members", "access-tokens"] as const;

/** One kind of what can be discovered. */
export type ObjectType = (typeof objectTypes)[number];

/** Whether this names a kind of what can be discovered. */
export function isObjectType(text: string): text is ObjectType {
  return objectTypes.some((type) => type === text);
}
