import { type HeldRole, type Holder as AccessHolder, type Power, powerOf } from "../../access/access-path.ts";
import { everyoneId, isAdministratorsRole, isPowerful, type RolePrivileges } from "../../access/administrators.ts";
import type { ExpandedIdentity } from "../../client/identities.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { Reach } from "../connection.ts";
import type { NamedIdentity } from "../identity/same-identity.ts";
import { membersOf } from "./role-holders.ts";

/** The identity whose power is determined. */
export type Subject =
  /** An identity that the cluster knows. */
  | { readonly kind: "known"; readonly expanded: ExpandedIdentity }
  /** A local user that this run has created, and that has only the rights that this run gave it. */
  | { readonly kind: "created"; readonly identity: NamedIdentity }
  /** An identity that the cluster does not know yet. */
  | { readonly kind: "absent"; readonly identity: NamedIdentity }
  /** An identity that is decided during apply. */
  | { readonly kind: "undecided" };

/** An identity by which the subject may hold a role, with all that is known of it. */
interface Holder extends AccessHolder {
  readonly reference: NamedIdentity;
}

/**
 * Finds all paths by which an identity is an administrator, or has privileges that let it gain more. It considers what is on
 * the cluster, and what this run has planned so far.
 *
 * @throws {ClusterError} with status 403 when the account may not read roles
 */
export async function findPower(reach: Reach, subject: Subject): Promise<Power> {
  const holders = holdersOf(reach, subject);
  const groups = subject.kind === "undecided" ? [undefined] : groupsOf(reach, subject);
  const mayBeAnyone = subject.kind === "absent" || groups.includes(undefined);
  const [present, planned, possibleRoles] = await Promise.all([
    needsCluster(subject, groups) ? listPowerfulRoles(reach) : [],
    listPlannedRoles(reach, holders),
    mayBeAnyone ? listPossibleRoles(reach) : [],
  ]);
  return powerOf({ holders, roles: [...planned, ...present], possibleRoles });
}

/**
 * Whether the cluster has to be asked. A user that this run creates has only the rights that this run gives it, unless the run
 * puts it into a group that existed before.
 */
function needsCluster(subject: Subject, groups: readonly (string | undefined)[]): boolean {
  if (subject.kind === "known") return true;
  return subject.kind === "created" && groups.some((id) => id !== undefined && id !== builtInGroups.Users);
}

function selfOf(subject: Exclude<Subject, { kind: "undecided" }>): readonly NamedIdentity[] {
  if (subject.kind !== "known") return [subject.identity];
  return [subject.expanded.identity, ...subject.expanded.equivalents];
}

/** The groups that this run puts the subject in. */
function groupsOf(
  { memory }: Reach,
  subject: Exclude<Subject, { kind: "undecided" }>,
): readonly (string | undefined)[] {
  return selfOf(subject).flatMap((reference) => memory.plannedRights.groupsOf(reference));
}

function holdersOf(reach: Reach, subject: Subject): readonly Holder[] {
  if (subject.kind === "undecided") return [];
  const [self, ...equivalents] = selfOf(subject);
  const present = subject.kind === "known" ? subject.expanded.groups : [];
  const planned = groupsOf(reach, subject).flatMap((authId) => (authId === undefined ? [] : [{ authId }]));
  const everyone: NamedIdentity = { domain: "WORLD", authId: everyoneId, name: "Everyone" };
  return [
    ...(self === undefined ? [] : [holderOf(self, "self")]),
    ...equivalents.map((reference) => holderOf(reference, "identity")),
    ...[...present, ...planned, everyone].map((reference) => holderOf(reference, "group")),
  ];
}

function holderOf(reference: NamedIdentity, kind: Holder["kind"]): Holder {
  const { authId, name = `auth_id:${authId ?? ""}` } = reference;
  return { kind, reference, authId, name };
}

/** The roles on the cluster that give power, as this run leaves them, with their members. */
async function listPowerfulRoles({ cluster, memory }: Reach): Promise<readonly HeldRole[]> {
  const roles = await cluster.roles.list();
  const powerful = roles.flatMap(({ name, privileges }) => {
    const planned = memory.plannedRights.findPrivileges(name);
    const all = { name, privileges: planned === undefined ? privileges : [...new Set([...privileges, ...planned])] };
    return isPowerful(all) ? [all] : [];
  });
  return Promise.all(
    powerful.map(async (role) => {
      const members = await membersOf(cluster, role.name);
      return { ...role, findMember: (holder: AccessHolder) => members.find(({ authId }) => authId === holder.authId) };
    }),
  );
}

/** The roles that this run has planned to give to one of the holders. */
async function listPlannedRoles(reach: Reach, holders: readonly Holder[]): Promise<readonly HeldRole[]> {
  // By the first of them alone: one account has several names, and all of them mean it.
  const roles = reach.memory.plannedRights.rolesOf(holders, ({ reference }) => reference);
  return Promise.all(
    roles.map(async ({ value: name, by: first }) => {
      const findMember: HeldRole["findMember"] = (holder) => (holder === first ? {} : undefined);
      return { name, privileges: await privilegesOf(reach, name), isPlanned: true, findMember };
    }),
  );
}

/** The roles that this run has planned to give to an identity that is decided during apply. */
async function listPossibleRoles(reach: Reach): Promise<readonly RolePrivileges[]> {
  const names = reach.memory.plannedRights.undecidedPower;
  return Promise.all(names.map(async (name) => ({ name, privileges: await privilegesOf(reach, name) })));
}

async function privilegesOf({ cluster, memory }: Reach, roleName: string): Promise<readonly string[]> {
  const planned = memory.plannedRights.findPrivileges(roleName);
  if (planned !== undefined || isAdministratorsRole(roleName)) return planned ?? [];
  const roles = await cluster.roles.list();
  return roles.find(({ name }) => isSameRoleName(name, roleName))?.privileges ?? [];
}
