import { privilegeNames } from "../../../src/vocabulary/privileges.ts";
import { accountsOf, administrators, listedRole, nameOf, type World } from "./world.ts";

/** What one identity gains and loses; sorted. */
export interface Difference {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Who gains and loses which privileges, straight from what the words mean: an account has the privileges of each role that
 * it is a member of, and of each role that a group of its is a member of.
 */
export function differences(world: World): Readonly<Record<string, Difference>> {
  const found: Record<string, Difference> = {};
  for (const kind of ["user", "group"] as const) {
    for (const [index, account] of accountsOf(world, kind).entries()) {
      const [before, after] = (["before", "after"] as const).map((time) => privilegesOf(world, time, { kind, index }));
      const gained = [...(after ?? [])].filter((privilege) => before?.has(privilege) !== true);
      const lost = [...(before ?? [])].filter((privilege) => after?.has(privilege) !== true);
      if (gained.length + lost.length === 0) continue;
      found[`local:${nameOf(kind, index, account)}`] = { gained: gained.toSorted(), lost: lost.toSorted() };
    }
  }
  return found;
}

function privilegesOf(
  { roles, roleMembers, groupMembers, members }: World,
  time: "before" | "after",
  { kind, index }: { readonly kind: "user" | "group"; readonly index: number },
): ReadonlySet<string> {
  const groups = groupMembers.filter((one) => one[time] !== undefined && one.user === index).map(({ group }) => group);
  const listed = (members[time] ?? []).map((account) => ({ role: listedRole, account }));
  const memberships = [...roleMembers.filter((one) => one[time] !== undefined), ...listed];
  const own = memberships.filter(({ account }) => account.kind === kind && account.index === index);
  const inherited = memberships.filter(
    ({ account }) => kind === "user" && account.kind === "group" && groups.includes(account.index),
  );
  const privilegesIn = (role: number): readonly string[] =>
    role === administrators ? privilegeNames : (roles[role]?.[time] ?? []);
  return new Set([...own, ...inherited].flatMap(({ role }) => privilegesIn(role)));
}
