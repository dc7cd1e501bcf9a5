import { type Escalation, escalations, type Reached } from "../../access/escalation.ts";
import {
  type AccessSide,
  effectivePrivileges,
  type IdentityAccess,
  isAdministrator,
  type RoleView,
} from "../access/access.ts";
import { type AccessRule, type Draft, identitiesOf } from "./rule.ts";

/** Whoever, or whatever, can give somebody more. */
interface Target {
  readonly label: string;
  readonly roles: readonly RoleView[];
}

/** Names that a message has room for; whoever looks for more of them gets no more. */
const shown = 5;

/** In place of the names, where several holders reach each somebody else. */
const reachedByMany: Readonly<Record<Reached, string>> = {
  "local-user": "users who may do more",
  "local-group": "that gives more",
  user: "others who may do more",
  role: "that give more",
};

/** All that the holder of such a privilege can take over. */
function targetsOf(side: AccessSide, { reaches }: Escalation): readonly Target[] {
  switch (reaches) {
    case "local-user":
      return holdersOf(side, (it) => !it.isGroup && isLocal(it));
    case "local-group":
      return holdersOf(side, (it) => it.isGroup && isLocal(it));
    case "user":
      return holdersOf(side, (it) => !it.isGroup);
    case "role":
      return [...side.roles.values()].map((role) => ({ label: role.name, roles: [role] }));
  }
}

/** A privilege leads to more rights in combination with what else is on the cluster. */
export const escalationByCombination: AccessRule = {
  kind: "access",
  id: "escalation-by-combination",
  severity: "critical",
  title: "A privilege leads to more rights, with what else is on the cluster",
  needs: ["privileges", "roles", "members"],
  check: (subject) => {
    const holders = identitiesOf(subject).filter((access) => !isAdministrator(access) && access.grants.length > 0);
    return escalations.flatMap((combination) => {
      const asked = holders.filter((access) => holds(access, combination.privilege));
      if (asked.length === 0) return [];
      const search = { combination, targets: targetsOf(subject.side, combination), known: new Map() };
      return asked.flatMap((access) => draftOf(access, search));
    });
  },
};

interface Search {
  readonly combination: Escalation;
  readonly targets: readonly Target[];
  /** What was found for identities with the same privileges. */
  readonly known: Map<string, readonly string[]>;
}

function holds({ grants }: IdentityAccess, privilege: string): boolean {
  return grants.some(({ role }) => role.privileges.has(privilege));
}

function draftOf(access: IdentityAccess, { combination, targets, known }: Search): readonly Draft[] {
  const privileges = effectivePrivileges(access);
  const held = privileges.get(combination.privilege);
  const key = [...privileges.keys()].toSorted().join(" ");
  const found = known.get(key) ?? firstStronger(targets, privileges);
  known.set(key, found);
  const others = found.filter((label) => label !== access.label);
  if (held === undefined || others.length === 0) return [];
  return [
    {
      what: `${access.label} ${combination.can} ${listedSome(others)}.`,
      got: `${combination.privilege} through the role ${held.grant.role.name}`,
      todo: `Remove ${combination.privilege} from the role, or give it to a person instead of a program.`,
      address: held.grant.role.address ?? held.grant.address ?? access.address,
      identity: access.label,
      subject: combination.privilege,
      cause: {
        key: `${combination.privilege} ${held.grant.role.key}`,
        what: `Whoever has the role ${held.grant.role.name} ${combination.can} ${reachedByMany[combination.reaches]}.`,
      },
    },
  ];
}

function isLocal({ label, address }: IdentityAccess): boolean {
  return address !== undefined || label.startsWith("local:");
}

function listedSome(names: readonly string[]): string {
  return names.length > shown ? `${names.slice(0, shown).join(", ")} and others` : names.join(", ");
}

function holdersOf({ identities }: AccessSide, isTarget: (it: IdentityAccess) => boolean): readonly Target[] {
  return [...identities.values()]
    .filter((it) => it.grants.length > 0 && isTarget(it))
    .map(({ label, grants }) => ({ label, roles: grants.map(({ role }) => role) }));
}

/** As many as are shown, one that says that there are others, and one that may be whoever is looking. */
function firstStronger(targets: readonly Target[], held: ReadonlyMap<string, unknown>): readonly string[] {
  const names: string[] = [];
  for (const { label, roles } of targets) {
    if (roles.some((role) => givesMore(role, held))) names.push(label);
    if (names.length > shown + 1) break;
  }
  return names;
}

function givesMore({ privileges }: RoleView, held: ReadonlyMap<string, unknown>): boolean {
  // Without a copy of all of them: this is asked of each role for each holder.
  for (const privilege of privileges) if (!held.has(privilege)) return true;
  return false;
}
