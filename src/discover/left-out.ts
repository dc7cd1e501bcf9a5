import { privilegesFault, roleNameFault, userFault } from "../client/snapshot/no-code.ts";
import type { RoleWithMembers, Snapshot } from "../client/snapshot/read-snapshot.ts";
import { listed } from "../vocabulary/listed.ts";
import { isBuiltInRole } from "../vocabulary/role-name.ts";
import { userNameFault } from "../vocabulary/user-name.ts";
import type { Selection } from "./selection.ts";

/** Something that no code can be written for. */
export interface LeftOut {
  /** Such as `role "a b"`. */
  readonly what: string;
  /** A sentence. */
  readonly reason: string;
}

/** Everything that was asked for, but for which no code can be written. */
export function leftOutOf({ users, groups, roles }: Snapshot, selection: Selection): readonly LeftOut[] {
  const account = (kind: string, name: string, reason: string | undefined): readonly LeftOut[] =>
    reason === undefined || !selection.matches(name) ? [] : [{ what: `${kind} "${name}"`, reason }];
  return [
    ...(selection.has("users") ? users.flatMap((user) => account("local user", user.name, userFault(user))) : []),
    ...(selection.has("groups") ? groups.flatMap(({ name }) => account("local group", name, userNameFault(name))) : []),
    ...roles.flatMap((role) => leftOutRole(role, selection)),
  ];
}

function leftOutRole(role: RoleWithMembers, selection: Selection): readonly LeftOut[] {
  const { name, privileges } = role;
  const nameFault = roleNameFault(name);
  const reason = nameFault ?? privilegesFault(privileges);
  if (reason === undefined || isBuiltInRole(name) || selection.isExcepted(name)) return [];
  const isAsked = selection.has("roles") && selection.matches(name);
  const lost = nameFault === undefined ? [] : membersOf(role, selection);
  if (lost.length === 0) return isAsked ? [{ what: `role "${name}"`, reason }] : [];
  const whose = isAsked ? `role "${name}" with its members` : `members of role "${name}"`;
  return [{ what: `${whose}: ${listed(lost)}`, reason }];
}

/** Names of those members of a role whose memberships are asked for. */
function membersOf({ members = [] }: RoleWithMembers, selection: Selection): readonly string[] {
  if (!selection.has("role-members")) return [];
  const asked = members.filter((member) => selection.matches(member.name));
  return asked.map((member) => member.name ?? `auth_id ${member.authId}`);
}
