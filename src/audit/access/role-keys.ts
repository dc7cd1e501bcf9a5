const unknownRole = "@?";

/** The same for all spellings of a role's name, and never what an address gives. */
export function roleKey(name: string): string {
  const key = name.toLowerCase();
  return key.startsWith("@") ? `@${key}` : key;
}

/** The key of a role about which nothing is known but the address where it is given. */
export function unknownRoleKey(address: string): string {
  return `${unknownRole}${address}`;
}

/** Whether nothing is known about a role but the address where it is given. */
export function isUnknownRole(key: string): boolean {
  return key.startsWith(unknownRole);
}

/** What people call a role that the plan does not manage. */
export function unmanagedRoleName(key: string): string {
  if (isUnknownRole(key)) return `whatever ${key.slice(unknownRole.length)} gives`;
  return key.startsWith("@") ? key.slice(1) : key;
}
