import { administratorsRole, isAdministratorsRole } from "../../access/administrators.ts";
import { privilegeNames } from "../../vocabulary/privileges.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import { AuditError } from "../audit-error.ts";
import type { Plan, PlannedObject } from "../plan/plan.ts";
import { joinedNames } from "../plan/plan-name.ts";
import type { AccessSide, ClusterAccess, Grant, IdentityAccess, RoleView, TokenView } from "./access.ts";
import { administratorKey, type Beside, besidePlan } from "./beside-plan.ts";
import { type ClusterKeys, type DoubtfulGroup, groupClusters } from "./clusters/cluster-groups.ts";
import type { ClusterFacts } from "./facts.ts";
import { IdentityRegistry } from "./identity-registry.ts";
import { NameDoubts } from "./name-doubts.ts";
import {
  builtInKeys,
  findNameFacts,
  findNameOwners,
  keysOfCluster,
  keysOfSide,
  type NameOwners,
} from "./name-facts.ts";
import { findFacts } from "./clusters/place-facts.ts";
import { joinRecords } from "./join-records.ts";
import { openStates } from "./clusters/split-state.ts";
import { placePlans } from "./clusters/places.ts";
import { collectRecords, type SideName, type SideRecords } from "./records.ts";
import { withPassedNames } from "./passed-names.ts";
import { roleKey as keyOfRole, unmanagedRoleName } from "./role-keys.ts";
import { withoutStrayNames } from "./stray-names.ts";
import { knownFacts } from "./known-facts.ts";

/** All access on one cluster, with all names by which its identities are known. */
export interface ResolvedAccess extends ClusterAccess {
  /** The keys of the provider configurations that lead there; none where the document names none. */
  readonly keys: ClusterKeys;
  readonly registry: IdentityRegistry;
}

/** Access in a case where it is uncertain whether provider configurations lead to one cluster or to several. */
export interface DoubtfulAccess extends DoubtfulGroup {
  readonly access: ClusterAccess;
}

/** All access of one plan or several. */
export interface PlanAccess {
  /** Each cluster, as far as the plan tells them apart. */
  readonly clusters: readonly ResolvedAccess[];
  /** The access if provider configurations led to other clusters than they seem to. */
  readonly doubtful: readonly DoubtfulAccess[];
}

/**
 * Works out who can do what on each cluster, before and after.
 *
 * @param plans - one without a name, or several with names: what leads to one cluster is looked at together
 * @param facts - what is known of clusters besides the plans; of plans without anything on them, they are all there is
 */
export function resolveAccess(plans: readonly Plan[], facts: readonly ClusterFacts[] = []): PlanAccess {
  const places = placePlans(plans);
  const { likely, doubtful } = groupClusters(places);
  const shares = places.plans.map(shareOf);
  const looks = Math.max(likely.length, 1) + doubtful.length;
  const anywhere = shares.reduce((sum, share) => sum + share.anywhere.length, 0);
  if (looks > 1 && anywhere * looks > mostShared)
    throw tooMuch(`${anywhere} objects on any of ${likely.length} clusters`);
  const resolve = (keys: ClusterKeys, isOnly: boolean): ResolvedAccess => {
    const parts = shares.flatMap((share) => partOf(share, keys));
    const ofCluster = findFacts(facts, { keys, isOnly, places });
    const isFleet = plans.some(({ name }) => name !== undefined);
    const names = parts.flatMap(({ plan: { name } }) => name ?? []);
    const several = isFleet ? joinedNames(keys) : keys.join(", ");
    const cluster = isOnly && !isFleet ? undefined : several;
    return { ...resolveCluster({ parts, cluster, facts: ofCluster }), plans: names, keys };
  };
  const groups = likely.length > 0 ? likely : groupsOfNone(plans, facts);
  return {
    clusters: groups.map((keys) => resolve(keys, groups.length < 2)),
    doubtful: doubtful.map((group) => ({ ...group, access: resolve(group.keys, false) })),
  };
}

/** The clusters of plans that name none: all of it is on the one that is configured, or was read. */
function groupsOfNone(plans: readonly Plan[], facts: readonly ClusterFacts[]): readonly ClusterKeys[] {
  const [full] = plans.filter(({ objects }) => objects.length > 0);
  if (full !== undefined) return [Object.keys(full.configuration.providers)];
  return [...new Set(facts.map(({ cluster }) => cluster))].map((cluster) => (cluster === undefined ? [] : [cluster]));
}

/** The objects of a plan, by where they are. */
interface Share {
  readonly plan: Plan;
  readonly byKey: ReadonlyMap<string, readonly PlannedObject[]>;
  /** What the configuration no longer declares may be on any of the clusters. */
  readonly anywhere: readonly PlannedObject[];
}

function shareOf(plan: Plan): Share {
  const byKey = new Map<string, PlannedObject[]>();
  const anywhere: PlannedObject[] = [];
  for (const object of plan.objects) {
    const found = object.cluster === undefined ? anywhere : byKey.get(object.cluster);
    if (found !== undefined) found.push(object);
    else if (object.cluster !== undefined) byKey.set(object.cluster, [object]);
  }
  return { plan, byKey, anywhere };
}

/** What a plan has on a cluster; nothing where it has nothing there. */
function partOf({ plan, byKey, anywhere }: Share, keys: ClusterKeys): readonly Part[] {
  if (plan.name !== undefined && !keys.some((key) => byKey.has(key))) return [];
  return [{ plan, objects: [...keys.flatMap((key) => byKey.get(key) ?? []), ...anywhere] }];
}

/** The most paths from identities to roles and privileges that an audit handles: more than any cluster has. */
const mostWays = 5_000_000;
/** Objects that may be on any of several clusters, once for each of these. */
const mostShared = 500_000;

function tooMuch(what: string): AuditError {
  return new AuditError("input", `It has ${what}, which is more than an audit can handle. Split the configuration.`);
}

/** What one plan has on a cluster. */
interface Part {
  readonly plan: Plan;
  readonly objects: readonly PlannedObject[];
}

interface ClusterSubject {
  readonly parts: readonly Part[];
  readonly cluster: string | undefined;
  readonly facts: readonly ClusterFacts[];
}

function resolveCluster({ parts, cluster, facts }: ClusterSubject): Omit<ResolvedAccess, "keys" | "plans"> {
  const collect = (side: SideName): SideRecords =>
    joinRecords(
      parts.map(({ plan, objects }) => collectRecords(plan, objects, side)),
      openStates(parts),
    );
  const collected = [collect("before"), collect("after")] as const;
  const told = [...facts, ...parts.map(({ objects }) => knownFacts(objects))];
  const owners = findNameOwners(told, collected);
  const [before, after] = collected;
  const records = withPassedNames({
    before: withoutStrayNames(before, owners),
    after: withoutStrayNames(after, owners),
  });
  const { registry, doubts } = namesOf(records, told, owners);
  const beside = besidePlan({ registry, facts: told, records, plannedAt: parts[0]?.plan.plannedAt ?? "" });
  // Who has the role is known where its members were read, or are listed as a whole.
  const isRoleRead = told.some(({ roles }) => roles.some(isReadAdministrators));
  const sideOf = (side: SideRecords): AccessSide => {
    const isKnown = isRoleRead || side.closedRoles.has(keyOfRole(administratorsRole));
    const gaps = [...doubts.find(side), ...(isKnown ? [] : doubts.findGroup(side))];
    const { gaps: others, ...resolved } = resolveSide(registry, side, beside);
    return { ...resolved, gaps: [...others, ...gaps] };
  };
  return {
    cluster,
    registry,
    before: sideOf(records.before),
    after: sideOf(records.after),
  };
}

function isReadAdministrators({ name, members }: ClusterFacts["roles"][number]): boolean {
  return isAdministratorsRole(name) && members !== undefined;
}

/** What is told of names anywhere counts for both times. */
function namesOf(
  { before, after }: Readonly<Record<"before" | "after", SideRecords>>,
  told: readonly ClusterFacts[],
  owners: NameOwners,
): { readonly registry: IdentityRegistry; readonly doubts: NameDoubts } {
  const keys = [...keysOfSide(before), ...keysOfSide(after), ...told.flatMap(keysOfCluster), ...builtInKeys(owners)];
  const facts = findNameFacts(keys, owners);
  const registry = new IdentityRegistry(facts);
  for (const names of keys) registry.join(names);
  return { registry, doubts: new NameDoubts(registry, facts, keys) };
}

interface Draft {
  address: string | undefined;
  isGroup: boolean;
  isBuiltInAdministrator: boolean;
  readonly grants: Grant[];
  readonly tokens: TokenView[];
}

function newDraft(): Draft {
  return { address: undefined, isGroup: false, isBuiltInAdministrator: false, grants: [], tokens: [] };
}

function resolveSide(registry: IdentityRegistry, records: SideRecords, beside: Beside): AccessSide {
  const roles = new Map([...beside.roles, ...records.roles].map((role) => [role.key, role]));
  for (const { address, key } of records.roles) if (address !== undefined) aliasRole(roles, `@${address}`, key);
  const drafts = new Map<string, Draft>();
  const draftOf = (keys: readonly string[]): Draft => {
    const root = registry.findAll(keys);
    const draft = drafts.get(root) ?? newDraft();
    drafts.set(root, draft);
    return draft;
  };
  for (const { keys, address, isGroup } of records.accounts) Object.assign(draftOf(keys), { address, isGroup });
  addGrants(registry, { records, beside, roles }, draftOf);
  for (const { keys, token } of [...records.tokens, ...beside.tokens]) draftOf(keys).tokens.push(token);
  if (beside.hasAdministrator) grantAdministrator(draftOf([administratorKey]), roles);
  markGroups(registry, beside, drafts);
  checkSize(drafts.values());
  const identities = new Map<string, IdentityAccess>();
  for (const [key, draft] of drafts) identities.set(key, { ...draft, key, label: registry.labelOf(key) });
  const listed = new Map([...roles].filter(([key, role]) => role.key === key));
  return { identities, roles: listed, gaps: [...records.gaps, ...beside.gaps] };
}

/** Gives the built-in administrator its power, which it has without a role. */
function grantAdministrator(draft: Draft, roles: Map<string, RoleView>): void {
  const { grants } = draft;
  draft.isBuiltInAdministrator = true;
  const key = keyOfRole(administratorsRole);
  if (grants.some(({ role }) => role.key === key)) return;
  const role = roles.get(key) ?? unmanagedRole(key);
  roles.set(key, role);
  grants.push({ role, group: undefined, address: undefined, isDeclared: true });
}

/**
 * Refuses a document with too many paths. Even a small one can have many, because each member of a group has each of the
 * group's roles, and each role's privileges.
 */
function checkSize(drafts: Iterable<Draft>): void {
  let ways = 0;
  for (const { grants } of drafts) for (const { role } of grants) ways += 1 + role.privileges.size;
  if (ways > mostWays) throw tooMuch(`${ways} ways from identities to privileges`);
}

/** Marks which identities are groups; groups without access do not appear in reports. */
function markGroups(registry: IdentityRegistry, { groups }: Beside, drafts: ReadonlyMap<string, Draft>): void {
  for (const [key = ""] of groups) {
    const draft = drafts.get(registry.find(key));
    if (draft !== undefined) draft.isGroup = true;
  }
}

function aliasRole(roles: Map<string, RoleView>, alias: string, key: string): void {
  const role = roles.get(key);
  if (role !== undefined && alias !== key) roles.set(alias, role);
}

interface GrantSubject {
  readonly records: SideRecords;
  readonly beside: Beside;
  readonly roles: Map<string, RoleView>;
}

function addGrants(
  registry: IdentityRegistry,
  { records, beside, roles }: GrantSubject,
  draftOf: (keys: readonly string[]) => Draft,
): void {
  const membersOfGroup = groupMembers(registry, records, beside);
  // Nobody is left in a role that the plan takes away.
  const others = beside.roleMembers.filter(({ roleKey }) => roles.has(roleKey) || !beside.managedRoles.has(roleKey));
  let inherited = 0;
  for (const { roleKey, keys, address } of [...records.roleMembers, ...others]) {
    const role = roles.get(roleKey) ?? unmanagedRole(roleKey);
    roles.set(roleKey, role);
    const isDeclared = address !== undefined;
    draftOf(keys).grants.push({ role, group: undefined, address, isDeclared });
    const root = registry.findAll(keys);
    const members = membersOfGroup.get(root);
    if (members === undefined) continue;
    draftOf(keys).isGroup = true;
    inherited += members.size;
    if (inherited > mostWays) throw tooMuch(`more than ${mostWays} ways from members of groups to roles`);
    const group = registry.labelOf(root);
    for (const [member, isManaged] of members)
      draftOf([member]).grants.push({ role, group, address, isDeclared: isDeclared && isManaged });
  }
}

/** The members of each group, and whether the plan manages the membership. */
function groupMembers(
  registry: IdentityRegistry,
  records: SideRecords,
  beside: Beside,
): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const byGroup = new Map<string, Map<string, boolean>>();
  // What the plan manages comes last, and counts.
  for (const { groupMembers: members } of [beside, records]) {
    for (const { group, member } of members) {
      const root = registry.findAll(group);
      const known = byGroup.get(root) ?? new Map<string, boolean>();
      byGroup.set(root, known.set(registry.findAll(member), members === records.groupMembers));
    }
  }
  return byGroup;
}

const builtInPrivileges: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ["administrators", privilegeNames],
  // Qumulo publishes what the role is for, and no list: this much is sure.
  ["data-administrators", ["PRIVILEGE_FILE_FULL_ACCESS"]],
]);

const builtInNames: ReadonlyMap<string, string> = new Map([
  ["administrators", "Administrators"],
  ["data-administrators", "Data-Administrators"],
  ["observers", "Observers"],
  ["qumulo-support", "Qumulo-Support"],
]);

function unmanagedRole(key: string): RoleView {
  const privileges = isBuiltInRole(key) ? (builtInPrivileges.get(key) ?? []) : [];
  const isComplete = key === "administrators";
  return {
    key,
    name: builtInNames.get(key) ?? unmanagedRoleName(key),
    address: undefined,
    privileges: new Set(privileges),
    isComplete,
  };
}
