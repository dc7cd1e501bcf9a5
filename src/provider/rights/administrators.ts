import { everyoneId, isAdministratorsRole, isPowerful } from "../../access/administrators.ts";
import {
  findWays,
  type HeldRole,
  type Holder as AccessHolder,
  renderWay,
  renderWays,
  type Way,
} from "../../access/ways.ts";
import type { ExpandedIdentity } from "../../client/identities.ts";
import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";
import type { Reach } from "../connection.ts";
import type { NamedIdentity } from "../identity/same-identity.ts";
import { membersOf } from "./role-holders.ts";

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

/** An identity by which the subject may hold a role, with all that is known of it. */
interface Holder extends AccessHolder {
  readonly reference: NamedIdentity;
}

/**
 * Finds all ways by which somebody is an administrator or holds privileges that let their holder gain more: what the
 * cluster has, and what this run has planned so far.
 *
 * @throws {ClusterError} with status 403 when the account may not read roles
 */
export async function findPower(reach: Reach, subject: Subject): Promise<Power> {
  const holders = holdersOf(reach, subject);
  const groups = subject.kind === "undecided" ? [undefined] : groupsOf(reach, subject);
  const present = needsCluster(subject, groups) ? await findPresentWays(reach, holders) : [];
  const planned = await findPlannedWays(reach, holders);
  const ways = [...new Map([...planned, ...present].map((found) => [keyOf(found), found])).values()];
  const mayBeAnyone = subject.kind === "absent" || groups.includes(undefined);
  return {
    paths: ways.length === 0 ? renderWays(holders, []) : ways.map(renderFound),
    possiblePaths: mayBeAnyone ? await findPossiblePaths(reach) : [],
  };
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

/** A way that the cluster has, or that this run has planned. */
interface FoundWay extends Way {
  readonly isPlanned: boolean;
}

/** The same for the same role and holder. */
function keyOf({ role, through }: FoundWay): string {
  return JSON.stringify([role.name.toLowerCase(), through === undefined ? null : (through.authId ?? through.name)]);
}

function renderFound(found: FoundWay): string {
  return found.isPlanned ? `${renderWay(found)}, planned by this run` : renderWay(found);
}

async function findPresentWays({ cluster, memory }: Reach, holders: readonly Holder[]): Promise<readonly FoundWay[]> {
  const roles = await cluster.roles.list();
  const powerful = roles.flatMap(({ name, privileges }) => {
    const planned = memory.plannedRights.findPrivileges(name);
    const all = { name, privileges: planned === undefined ? privileges : [...new Set([...privileges, ...planned])] };
    return isPowerful(all) ? [all] : [];
  });
  const held = powerful.map(async (role): Promise<HeldRole> => {
    const members = await membersOf(cluster, role.name);
    return { ...role, findMember: (holder) => members.find(({ authId }) => authId === holder.authId) };
  });
  return findWays(holders, await Promise.all(held)).map((way) => ({ ...way, isPlanned: false }));
}

async function findPlannedWays(reach: Reach, holders: readonly Holder[]): Promise<readonly FoundWay[]> {
  // By one of them only: one account has several names, and all of them mean it.
  const roles = reach.memory.plannedRights.rolesOf(holders, ({ reference }) => reference);
  const ways = roles.map(async ({ value: name, by: holder }) => {
    const role = { name, privileges: await privilegesOf(reach, name) };
    if (!isPowerful(role)) return [];
    return findWays([holder], [{ ...role, findMember: () => ({}) }]).map((way) => ({ ...way, isPlanned: true }));
  });
  return (await Promise.all(ways)).flat();
}

async function findPossiblePaths(reach: Reach): Promise<readonly string[]> {
  const texts = reach.memory.plannedRights.undecidedPower.map(async (name) => {
    const role = { name, privileges: await privilegesOf(reach, name) };
    return isPowerful(role) ? [renderWay({ role, through: undefined })] : [];
  });
  return (await Promise.all(texts)).flat();
}

async function privilegesOf({ cluster, memory }: Reach, roleName: string): Promise<readonly string[]> {
  const planned = memory.plannedRights.findPrivileges(roleName);
  if (planned !== undefined || isAdministratorsRole(roleName)) return planned ?? [];
  const roles = await cluster.roles.list();
  return roles.find(({ name }) => isSameRoleName(name, roleName))?.privileges ?? [];
}
