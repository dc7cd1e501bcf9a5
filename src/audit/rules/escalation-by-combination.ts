import {
  type AccessSide,
  effectivePrivileges,
  type IdentityAccess,
  isAdministrator,
  type RoleView,
} from "../access/access.ts";
import { type AccessRule, type Draft, identitiesOf } from "./rule.ts";

interface Combination {
  readonly privilege: string;
  /** Continues "local:svc …", before the names of those whom it can become. */
  readonly can: string;
  readonly targets: (side: AccessSide, own: IdentityAccess) => readonly string[];
}

/** Names that a message has room for; whoever looks for more of them gets no more. */
const shown = 5;

const combinations: readonly Combination[] = [
  {
    privilege: "PRIVILEGE_LOCAL_USER_WRITE",
    can: "can set the password of, and log in as,",
    targets: (side, own) => stronger(side, own, (it) => !it.isGroup && isLocal(it)),
  },
  {
    privilege: "PRIVILEGE_LOCAL_GROUP_WRITE",
    can: "can join the group with a role",
    targets: (side, own) => stronger(side, own, (it) => it.isGroup && isLocal(it)),
  },
  {
    privilege: "PRIVILEGE_ACCESS_TOKENS_WRITE",
    can: "can make access tokens for",
    targets: (side, own) => stronger(side, own, (it) => !it.isGroup),
  },
  {
    privilege: "PRIVILEGE_ROLE_WRITE",
    can: "can take the privileges of the roles",
    targets: (side, own) => {
      const held = effectivePrivileges(own);
      return [...side.roles.values()].filter((role) => givesMore(role, held)).map(({ name }) => name);
    },
  },
];

/** A privilege and what else is on the cluster lead to more rights. */
export const escalationByCombination: AccessRule = {
  kind: "access",
  id: "escalation-by-combination",
  severity: "critical",
  title: "A privilege and what else is on the cluster lead to more rights",
  check: (subject) => {
    const holders = identitiesOf(subject).filter((access) => !isAdministrator(access) && access.grants.length > 0);
    return combinations.flatMap((combination) => {
      const known = new Map<string, readonly string[]>();
      return holders.flatMap((access) => draftOf(subject.side, access, { combination, known }));
    });
  },
};

interface Search {
  readonly combination: Combination;
  /** What was found for identities with the same privileges. */
  readonly known: Map<string, readonly string[]>;
}

function draftOf(side: AccessSide, access: IdentityAccess, { combination, known }: Search): readonly Draft[] {
  if (!access.grants.some(({ role }) => role.privileges.has(combination.privilege))) return [];
  const held = effectivePrivileges(access).get(combination.privilege);
  const privileges = [...effectivePrivileges(access).keys()].toSorted().join(" ");
  const found = known.get(privileges) ?? combination.targets(side, access);
  known.set(privileges, found);
  const targets = found.filter((label) => label !== access.label);
  if (held === undefined || targets.length === 0) return [];
  return [
    {
      what: `${access.label} ${combination.can} ${listedSome(targets)}.`,
      got: `${combination.privilege} through the role ${held.grant.role.name}`,
      todo: `Take ${combination.privilege} out of the role, or give it to a person instead of a program.`,
      address: held.grant.role.address ?? held.grant.address ?? access.address,
      identity: access.label,
      subject: combination.privilege,
    },
  ];
}

function isLocal({ label, address }: IdentityAccess): boolean {
  return address !== undefined || label.startsWith("local:");
}

function listedSome(names: readonly string[]): string {
  return names.length > shown ? `${names.slice(0, shown).join(", ")} and others` : names.join(", ");
}

/** The first ones who hold anything that this one does not. */
function stronger(side: AccessSide, own: IdentityAccess, isTarget: (it: IdentityAccess) => boolean): readonly string[] {
  const held = effectivePrivileges(own);
  const names: string[] = [];
  for (const it of side.identities.values()) {
    if (it.grants.length === 0 || !isTarget(it)) continue;
    if (it.grants.some(({ role }) => givesMore(role, held))) names.push(it.label);
    if (names.length > shown + 1) break;
  }
  return names;
}

function givesMore({ privileges }: RoleView, held: ReadonlyMap<string, unknown>): boolean {
  return [...privileges].some((privilege) => !held.has(privilege));
}
