import type { ExpandedIdentity } from "../../client/identities.ts";
import { listed } from "../../vocabulary/listed.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { findPrivilegeRisk } from "../../vocabulary/privileges.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { Connection } from "../connection.ts";
import { isSameIdentity, type NamedIdentity } from "../identity/same-identity.ts";
import { everyoneId, membersOf } from "./role-holders.ts";

/** The auth_id of the user whom every cluster has as its administrator. */
export const adminId = "500";
/** For people: being that user is enough. */
export const adminPath = `being the built-in user admin (auth_id ${adminId})`;
const administratorsRole = "Administrators";
const namedPrivileges = 3;

/** Whose power is asked for. */
export type Subject =
  /** Somebody whom the cluster knows. */
  | { readonly kind: "known"; readonly expanded: ExpandedIdentity }
  /** A local user whom this run has made, and who has no rights but those that it gave. */
  | { readonly kind: "created"; readonly identity: NamedIdentity }
  /** Somebody whom the cluster does not know yet. */
  | { readonly kind: "absent"; readonly identity: NamedIdentity }
  /** Somebody who is decided during apply. */
  | { readonly kind: "undecided" };

/** What {@link findPower} found. */
export interface Power {
  /** Each way by which the identity is an administrator or holds escalating privileges, for people. */
  readonly paths: readonly string[];
  /** The ways that may be added by memberships of identities that are decided during apply. */
  readonly possiblePaths: readonly string[];
}

/** The way to the cluster and to what this run has planned. */
export type PowerReach = Pick<Connection, "cluster" | "memory">;

/** An identity by which the subject may hold a role. */
interface Holder {
  readonly reference: NamedIdentity;
  /** `undefined` for the subject itself, otherwise what stands before the name: `group`. */
  readonly kind: "group" | "identity" | undefined;
}

/**
 * Finds all ways by which somebody is an administrator or holds privileges that let their holder gain more: what the
 * cluster has, and what this run has planned so far.
 *
 * @throws {ClusterError} with status 403 when the account may not read roles
 */
export async function findPower(reach: PowerReach, subject: Subject): Promise<Power> {
  const holders = holdersOf(reach, subject);
  const groups = subject.kind === "undecided" ? [undefined] : groupsOf(reach, subject);
  const present = needsCluster(subject, groups) ? await findPresentPaths(reach, holders) : [];
  const planned = await findPlannedPaths(reach, holders);
  const paths = [...new Map([...planned, ...present]).values()];
  const mayBeAnyone = subject.kind === "absent" || groups.includes(undefined);
  return {
    paths: paths.length === 0 && isAdmin(holders) ? [adminPath] : paths,
    possiblePaths: mayBeAnyone ? await findPossiblePaths(reach) : [],
  };
}

/** The privileges that let their holder gain more, of these. */
export function escalatingOf(privileges: readonly string[]): readonly string[] {
  return privileges.filter((name) => findPrivilegeRisk(name) === "escalation");
}

/** A few of the privileges, and how many more there are. */
export function renderPrivileges(privileges: readonly string[]): string {
  return listed(privileges, { most: namedPrivileges });
}

function isAdmin(holders: readonly Holder[]): boolean {
  return holders.some(({ kind, reference }) => kind === undefined && reference.authId === adminId);
}

/** Nobody but this run gives rights to its own new users, unless it puts them in groups that had some before. */
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
  { memory }: PowerReach,
  subject: Exclude<Subject, { kind: "undecided" }>,
): readonly (string | undefined)[] {
  return selfOf(subject).flatMap((reference) => memory.plannedRights.groupsOf(reference));
}

function holdersOf(reach: PowerReach, subject: Subject): readonly Holder[] {
  if (subject.kind === "undecided") return [];
  const [self, ...equivalents] = selfOf(subject);
  const present = subject.kind === "known" ? subject.expanded.groups : [];
  const planned = groupsOf(reach, subject).flatMap((authId) => (authId === undefined ? [] : [{ authId }]));
  const everyone: NamedIdentity = { domain: "WORLD", authId: everyoneId, name: "Everyone" };
  return [
    ...(self === undefined ? [] : [{ reference: self, kind: undefined }]),
    ...equivalents.map((reference) => ({ reference, kind: "identity" as const })),
    ...[...present, ...planned, everyone].map((reference) => ({ reference, kind: "group" as const })),
  ];
}

/** Paths by a key that is the same for the same role and holder. */
type Paths = readonly (readonly [string, string])[];

async function findPresentPaths({ cluster, memory }: PowerReach, holders: readonly Holder[]): Promise<Paths> {
  const roles = await cluster.roles.list();
  const powerful = roles.flatMap(({ name, privileges }) => {
    const all = [...new Set([...privileges, ...(memory.plannedRights.findPrivileges(name) ?? [])])];
    return isPowerful(name, all) ? [{ name, privileges: all }] : [];
  });
  const paths = powerful.map(async ({ name, privileges }) => {
    const members = await membersOf(cluster, name);
    return holders.flatMap((holder) => {
      const member = members.find(({ authId }) => authId === holder.reference.authId);
      if (member === undefined) return [];
      return [path({ ...holder, reference: member }, name, privileges)];
    });
  });
  return (await Promise.all(paths)).flat();
}

async function findPlannedPaths(reach: PowerReach, holders: readonly Holder[]): Promise<Paths> {
  const paths = reach.memory.plannedRights.roleMembers.map(async ({ place: roleName, member }) => {
    const holder = member && holders.find(({ reference }) => isSameIdentity(member, reference));
    if (holder === undefined) return [];
    const privileges = await privilegesOf(reach, roleName);
    if (!isPowerful(roleName, privileges)) return [];
    const [key, text] = path(holder, roleName, privileges);
    return [[key, `${text}, planned by this run`] as const];
  });
  return (await Promise.all(paths)).flat();
}

async function findPossiblePaths(reach: PowerReach): Promise<readonly string[]> {
  const roles = reach.memory.plannedRights.roleMembers.flatMap(({ place, member }) =>
    member === undefined ? [place] : [],
  );
  const texts = [...new Set(roles)].map(async (roleName) => {
    const privileges = await privilegesOf(reach, roleName);
    return isPowerful(roleName, privileges) ? [roleText(roleName, privileges)] : [];
  });
  return (await Promise.all(texts)).flat();
}

async function privilegesOf({ cluster, memory }: PowerReach, roleName: string): Promise<readonly string[]> {
  const planned = memory.plannedRights.findPrivileges(roleName);
  if (planned !== undefined || isSameRoleName(roleName, administratorsRole)) return planned ?? [];
  const roles = await cluster.roles.list();
  return roles.find(({ name }) => isSameRoleName(name, roleName))?.privileges ?? [];
}

function isPowerful(roleName: string, privileges: readonly string[]): boolean {
  return isSameRoleName(roleName, administratorsRole) || escalatingOf(privileges).length > 0;
}

function path({ reference, kind }: Holder, roleName: string, privileges: readonly string[]): readonly [string, string] {
  const through = kind === undefined ? undefined : `through ${kind} ${nameOf(reference)}`;
  const key = JSON.stringify([roleName.toLowerCase(), kind === undefined ? null : (reference.authId ?? through)]);
  return [key, roleText(roleName, privileges, through)];
}

function roleText(roleName: string, privileges: readonly string[], through?: string): string {
  const role = [`role ${roleName}`, ...(through === undefined ? [] : [through])].join(" ");
  if (isSameRoleName(roleName, administratorsRole)) return role;
  return `${role}: ${renderPrivileges(escalatingOf(privileges))}`;
}

function nameOf({ name, authId }: NamedIdentity): string {
  return name ?? `auth_id:${authId ?? ""}`;
}
