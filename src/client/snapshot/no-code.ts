import { listed } from "../../vocabulary/listed.ts";
import { isPrivilegeForm } from "../../vocabulary/privilege-spelling.ts";
import { isRoleName } from "../../vocabulary/role-name.ts";
import { userNameFault } from "../../vocabulary/user-name.ts";
import type { LocalUser } from "../local-users.ts";

/** Why no code can make a local user; code can refer to the user by the id. */
export function userFault({ name, homeDirectory }: LocalUser): string | undefined {
  if (homeDirectory === undefined || homeDirectory.startsWith("/")) return userNameFault(name);
  return `Its home directory "${homeDirectory}" does not begin with "/", which the provider asks for.`;
}

/** Why no code can name a role: engines and the provider would take it for another one, or for none. */
export function roleNameFault(name: string): string | undefined {
  if (!isRoleName(name)) return "Its name contains white space, which the provider refuses.";
  if (name === name.normalize("NFC")) return undefined;
  return "Its name is written in a form of Unicode that engines change, so the cluster would not find it.";
}

/** Why no code can make a role, which code can nevertheless name. */
export function privilegesFault(privileges: readonly string[]): string | undefined {
  const refused = privileges.filter((name) => !isPrivilegeForm(name));
  if (refused.length === 0) return undefined;
  return `The provider and the constructs refuse ${listed(refused)}, which is not spelled like a privilege. Code refers to the role by its name.`;
}
