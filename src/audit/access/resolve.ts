import { administratorId, administratorsRole, isAdministratorsRole } from "../../access/administrators.ts";
import { privilegeNames } from "../../vocabulary/privileges.ts";
import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import { AuditError } from "../audit-error.ts";
import type { Value } from "../plan/attributes.ts";
import type { Plan, PlannedObject } from "../plan/plan.ts";
import type { AccessSide, ClusterAccess, Grant, IdentityAccess, RoleView, TokenView } from "./access.ts";
import { type ClusterKeys, type DoubtfulGroup, groupClusters } from "./cluster-groups.ts";
import type { ClusterFacts } from "./facts.ts";
import { allNeeds, type Gap } from "./gap.ts";
import { idKey, keysOfIdentity } from "./identity-keys.ts";
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
import { findFacts } from "./place-facts.ts";
import { collectRecords, type RoleMemberRecord, type SideRecords, type TokenRecord } from "./records.ts";
import { withPassedNames } from "./passed-names.ts";
import { roleKey as keyOfRole, unmanagedRoleName } from "./role-keys.ts";
import { withoutStrayNames } from "./stray-names.ts";
import { knownFacts } from "./known-facts.ts";
import { lifeGap, lifeNeeds, lifetimeOf } from "./token-life.ts";

/** All access on one cluster, with all names by which its identities are known. */
export interface ResolvedAccess extends ClusterAccess {
  /** The keys of the provider configurations that lead there; none where the document names none. */
  readonly keys: ClusterKeys;
  readonly registry: IdentityRegistry;
}

/** Access to a cluster that may be one of several, or several in one: nobody can tell. */
export interface DoubtfulAccess extends DoubtfulGroup {
  readonly access: ClusterAccess;
}

/** All access of a plan. */
export interface PlanAccess {
  /** Each cluster, as far as the plan tells them apart. */
  readonly clusters: readonly ResolvedAccess[];
  /** What would be so as well if provider configurations led elsewhere than it seems. */
  readonly doubtful: readonly DoubtfulAccess[];
}

/**
 * Works out who can do what on each cluster, before and after.
 *
 * @param facts - what is known of clusters beside the plan; of a plan without anything on them, they are all there is
 */
export function resolveAccess(plan: Plan, facts: readonly ClusterFacts[] = []): PlanAccess {
  const { likely, doubtful } = groupClusters(plan);
  const byKey = objectsByCluster(plan);
  // What the configuration no longer declares may be on any of the clusters.
  const anywhere = byKey.get(undefined) ?? [];
  const looks = Math.max(likely.length, 1) + doubtful.length;
  if (looks > 1 && anywhere.length * looks > mostShared)
    throw tooMuch(`${anywhere.length} objects on any of ${likely.length} clusters`);
  const resolve = (keys: ClusterKeys, isOnly: boolean): ResolvedAccess => {
    const objects = [...keys.flatMap((key) => byKey.get(key) ?? []), ...anywhere];
    const ofCluster = findFacts(facts, { keys, isOnly, configuration: plan.configuration });
    const name = isOnly ? undefined : keys.join(", ");
    return { ...resolveCluster({ plan, cluster: name, facts: ofCluster }, objects), keys };
  };
  const groups = likely.length > 0 ? likely : groupsOfNone(plan, facts);
  return {
    clusters: groups.map((keys) => resolve(keys, groups.length < 2)),
    doubtful: doubtful.map((group) => ({ ...group, access: resolve(group.keys, false) })),
  };
}

/** The clusters of a plan that names none: all of it is on the one that is configured, or was read. */
function groupsOfNone({ objects, configuration }: Plan, facts: readonly ClusterFacts[]): readonly ClusterKeys[] {
  if (objects.length > 0) return [Object.keys(configuration.providers)];
  return [...new Set(facts.map(({ cluster }) => cluster))].map((cluster) => (cluster === undefined ? [] : [cluster]));
}

function objectsByCluster({ objects }: Plan): ReadonlyMap<string | undefined, readonly PlannedObject[]> {
  const byKey = new Map<string | undefined, PlannedObject[]>();
  for (const object of objects) {
    const found = byKey.get(object.cluster);
    if (found === undefined) byKey.set(object.cluster, [object]);
    else found.push(object);
  }
  return byKey;
}

/** Ways from identities to roles, and to privileges, that an audit can tell: more than any cluster has. */
const mostWays = 5_000_000;
/** Objects that may be on any of several clusters, once for each of these. */
const mostShared = 500_000;

function tooMuch(what: string): AuditError {
  return new AuditError("input", `It has ${what}, which is more than an audit can handle. Split the configuration.`);
}

interface ClusterSubject {
  readonly plan: Plan;
  readonly cluster: string | undefined;
  readonly facts: readonly ClusterFacts[];
}

function resolveCluster(
  { plan, cluster, facts }: ClusterSubject,
  objects: readonly PlannedObject[],
): Omit<ResolvedAccess, "keys"> {
  const collected = [collectRecords(plan, objects, "before"), collectRecords(plan, objects, "after")] as const;
  const told = [...facts, knownFacts(objects)];
  const owners = findNameOwners(told, collected);
  const [before, after] = collected;
  const records = withPassedNames({
    before: withoutStrayNames(before, owners),
    after: withoutStrayNames(after, owners),
  });
  const { registry, doubts } = namesOf(records, told, owners);
  const beside = besidePlan({ registry, facts: told, records, plannedAt: plan.plannedAt });
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

/** What facts add to both times, without what the plan manages. */
interface Beside {
  readonly roles: readonly RoleView[];
  readonly roleMembers: readonly RoleMemberRecord[];
  readonly groupMembers: SideRecords["groupMembers"];
  readonly groups: readonly (readonly string[])[];
  readonly tokens: readonly TokenRecord[];
  /** Keys of the roles that the plan manages before or after. */
  readonly managedRoles: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
  /** Whether anything is said of the built-in administrator, who may do everything whatever its roles. */
  readonly hasAdministrator: boolean;
}

const administratorKey = idKey(administratorId);

interface BesideSubject {
  readonly registry: IdentityRegistry;
  readonly facts: readonly ClusterFacts[];
  readonly records: Readonly<Record<"before" | "after", SideRecords>>;
  readonly plannedAt: string;
}

function besidePlan({ registry, facts, records, plannedAt }: BesideSubject): Beside {
  const sides = [records.before, records.after];
  const administrator = registry.find(administratorKey);
  const isAdministratorIn = (records: readonly { readonly keys: readonly string[] }[]): boolean =>
    records.some(({ keys }) => registry.findAll(keys) === administrator);
  const managedRoles = new Set(sides.flatMap(({ roles }) => roles.map(({ key }) => key)));
  const closed = new Set(sides.flatMap(({ closedRoles }) => [...closedRoles]));
  const memberOf = ({ roleKey, keys }: RoleMemberRecord): string => `${roleKey} ${registry.findAll(keys)}`;
  const managedMembers = new Set(sides.flatMap(({ roleMembers }) => roleMembers.map(memberOf)));
  const managedTokens = new Set(
    sides.flatMap(({ tokens }) => tokens.flatMap(({ token }) => [token.id, token.previousId])),
  );
  const members = facts
    .flatMap(({ roles }) => roles)
    .flatMap(({ name, members: identities = [] }) =>
      identities.map((identity) => ({ roleKey: keyOfRole(name), keys: keysOfIdentity(identity), address: undefined })),
    );
  const tokens = facts
    .flatMap(({ accessTokens }) => accessTokens.map((token) => tokenOfFacts(token, plannedAt)))
    .filter(({ token }) => !managedTokens.has(token.id));
  return {
    roles: facts.flatMap(({ roles }) => roles.map(roleOfFacts)).filter(({ key }) => !managedRoles.has(key)),
    roleMembers: members.filter((member) => !closed.has(member.roleKey) && !managedMembers.has(memberOf(member))),
    groupMembers: facts.flatMap(({ groups, users }) => [
      ...groups.flatMap(({ id, members: inGroup }) =>
        inGroup.map((member) => ({ group: [idKey(id)], member: keysOfIdentity(member) })),
      ),
      ...users.flatMap(({ id, primaryGroup }) =>
        primaryGroup === undefined ? [] : [{ group: [idKey(primaryGroup)], member: [idKey(id)] }],
      ),
    ]),
    groups: facts.flatMap(({ groups }) => groups.map(({ id }) => [idKey(id)])),
    tokens,
    managedRoles,
    gaps: [...facts.flatMap(unreadGaps), ...tokens.flatMap(tokenGap)],
    hasAdministrator:
      isAdministratorIn(members) ||
      sides.some((side) => isAdministratorIn(side.roleMembers) || isAdministratorIn(side.tokens)),
  };
}

function unreadGaps({ unread = [] }: ClusterFacts): readonly Gap[] {
  const got = "a cluster that was not read as a whole";
  const todo = "Review by hand who else has access there, or let the audit read it.";
  return unread.map((what) => ({ address: undefined, what, lacks: allNeeds, got, todo }));
}

function tokenGap({ token }: TokenRecord): readonly Gap[] {
  const lacks = lifeNeeds(token);
  if (lacks.length === 0) return [];
  const { what, ...more } = lifeGap(token);
  return [{ address: undefined, what: `${token.place}: ${what}`, lacks, ...more }];
}

function roleOfFacts({ name, privileges }: ClusterFacts["roles"][number]): RoleView {
  return { key: keyOfRole(name), name, address: undefined, privileges: new Set(privileges), isComplete: true };
}

function tokenOfFacts(facts: ClusterFacts["accessTokens"][number], plannedAt: string): TokenRecord {
  const { id, user, enabled } = facts;
  const times = {
    expirationTime: valueOf(facts.expirationTime),
    expiresIn: valueOf(undefined),
    creationTime: valueOf(facts.creationTime),
  };
  const token: TokenView = {
    place: `access token ${id}`,
    object: undefined,
    id,
    enabled: { kind: "known", value: enabled },
    ...times,
    lifetimeMs: lifetimeOf(times, plannedAt),
    overlap: valueOf(undefined),
    previousId: undefined,
  };
  return { keys: keysOfIdentity(user), token };
}

function valueOf(text: string | undefined): Value<string> {
  return text === undefined ? { kind: "null" } : { kind: "known", value: text };
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

/** Being that user is enough: no role need say so. */
function grantAdministrator(draft: Draft, roles: Map<string, RoleView>): void {
  const { grants } = draft;
  draft.isBuiltInAdministrator = true;
  const key = keyOfRole(administratorsRole);
  if (grants.some(({ role }) => role.key === key)) return;
  const role = roles.get(key) ?? unmanagedRole(key);
  roles.set(key, role);
  grants.push({ role, group: undefined, address: undefined, isDeclared: true });
}

/** A small document can hold many: each member of a group has each of its roles, and each role's privileges. */
function checkSize(drafts: Iterable<Draft>): void {
  let ways = 0;
  for (const { grants } of drafts) for (const { role } of grants) ways += 1 + role.privileges.size;
  if (ways > mostWays) throw tooMuch(`${ways} ways from identities to privileges`);
}

/** Groups without access are none that a report tells of. */
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
