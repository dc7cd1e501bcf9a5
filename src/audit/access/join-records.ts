import type { RoleView } from "./access.ts";
import { allNeeds, type Gap } from "./gap.ts";
import type { AccountRecord, SideRecords } from "./records.ts";

/**
 * Joins what one or several plans say about one cluster at one time.
 *
 * An object that is declared twice counts as everything that its declarations say together, because each alone might miss what
 * the other one gives.
 *
 * @param more - what else is not known there
 */
export function joinRecords(parts: readonly SideRecords[], more: readonly Gap[]): SideRecords {
  const accounts = parts.flatMap((part) => part.accounts);
  const roles = joinedRoles(parts.flatMap((part) => part.roles));
  return {
    accounts,
    roles: roles.joined,
    roleMembers: parts.flatMap(({ roleMembers }) => roleMembers),
    groupMembers: parts.flatMap(({ groupMembers }) => groupMembers),
    tokens: parts.flatMap(({ tokens }) => tokens),
    gaps: [...parts.flatMap(({ gaps }) => gaps), ...more, ...roles.gaps, ...accountGaps(accounts)],
    closedRoles: new Set(parts.flatMap(({ closedRoles }) => [...closedRoles])),
  };
}

/** Roles that are declared once, and of others what all their declarations give together. */
function joinedRoles(roles: readonly RoleView[]): {
  readonly joined: readonly RoleView[];
  readonly gaps: readonly Gap[];
} {
  const byKey = groupedBy(roles, ({ key }) => key);
  if (byKey.size === roles.length) return { joined: roles, gaps: [] };
  const unions = new Map([...byKey].map(([key, same]) => [key, unionOf(same)]));
  const joined = roles.map((role) => ({ ...role, ...unions.get(role.key) }));
  const several = [...byKey.values()].filter(
    (same) => same.length > 1 && !same.every((role) => isSameRole(role, same[0])),
  );
  return { joined, gaps: several.map(roleGap) };
}

function unionOf(same: readonly RoleView[]): Pick<RoleView, "privileges" | "isComplete"> {
  return {
    privileges: new Set(same.flatMap(({ privileges }) => [...privileges])),
    isComplete: same.every(({ isComplete }) => isComplete),
  };
}

function isSameRole({ privileges }: RoleView, other: RoleView | undefined): boolean {
  return privileges.size === other?.privileges.size && [...privileges].every((name) => other.privileges.has(name));
}

function roleGap(same: readonly RoleView[]): Gap {
  const [first] = same;
  const places = same.map(({ address }) => address ?? "elsewhere");
  return {
    address: first?.address,
    what: `The role ${first?.name ?? ""} is declared with different privileges at ${places.join(" and at ")}: which of them it has is not known, and it counts with all of them.`,
    lacks: ["privileges"],
    got: "several declarations of one role",
    todo: "Declare the role in one place. If these are roles of different clusters, audit each cluster by itself.",
  };
}

/** The gaps for names with two ids, and ids with two names, which cannot both be on one cluster. */
function accountGaps(accounts: readonly AccountRecord[]): readonly Gap[] {
  const told = accounts.flatMap((account) => {
    const [id, name] = ["auth_id:", "local:"].map((start) => account.keys.find((key) => key.startsWith(start)));
    return id === undefined || name === undefined ? [] : [{ account, id, name }];
  });
  const differing = [
    ...[...groupedBy(told, ({ name }) => name).values()].filter((same) => same.some(({ id }) => id !== same[0]?.id)),
    ...[...groupedBy(told, ({ id }) => id).values()].filter((same) => same.some(({ name }) => name !== same[0]?.name)),
  ];
  return differing.map((same) => accountGap(same.map(({ account }) => account)));
}

function accountGap(same: readonly AccountRecord[]): Gap {
  const places = same.map(({ address }) => address ?? "elsewhere");
  return {
    address: places[0],
    what: `The accounts at ${places.join(" and at ")} are of different clusters, by their names and ids, and nothing tells which of the rest is where: all of it counts together.`,
    lacks: allNeeds,
    got: "several clusters in one",
    todo: "Audit each cluster by itself, or a plan, whose configuration tells the clusters apart.",
  };
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
