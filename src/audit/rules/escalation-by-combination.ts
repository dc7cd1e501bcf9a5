import { type AccessSide, effectivePrivileges, type IdentityAccess, isAdministrator } from "../access/access.ts";
import { type AccessRule, type Draft, identitiesOf, listed } from "./rule.ts";

interface Combination {
  readonly privilege: string;
  /** Continues "local:svc …", before the names of those whom it can become. */
  readonly can: string;
  readonly targets: (side: AccessSide, own: IdentityAccess) => readonly string[];
}

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
    targets: (side) => [...side.roles.values()].filter(({ privileges }) => privileges.size > 0).map(({ name }) => name),
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
    return holders.flatMap((access) => combinations.flatMap((it) => draftOf(subject.side, access, it)));
  },
};

function draftOf(side: AccessSide, access: IdentityAccess, combination: Combination): readonly Draft[] {
  const held = effectivePrivileges(access).get(combination.privilege);
  if (held === undefined) return [];
  const targets = combination.targets(side, access);
  if (targets.length === 0) return [];
  return [
    {
      what: `${access.label} ${combination.can} ${listed(targets, 5)}.`,
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

/** Others who hold anything that this one does not. */
function stronger(side: AccessSide, own: IdentityAccess, isTarget: (it: IdentityAccess) => boolean): readonly string[] {
  const held = effectivePrivileges(own);
  return [...side.identities.values()]
    .filter((it) => it.key !== own.key && it.grants.length > 0 && isTarget(it))
    .filter((it) => it.grants.some(({ role }) => [...role.privileges].some((privilege) => !held.has(privilege))))
    .map(({ label }) => label);
}
