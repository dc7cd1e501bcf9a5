import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { type Attributes, knownOf, readFlag, readObject, readText, readTexts, type Value } from "../plan/attributes.ts";
import type { Plan, PlannedObject } from "../plan/plan.ts";
import { withoutPlanName } from "../plan/plan-name.ts";
import { parseAddress } from "../plan/resource-address.ts";
import type { RoleView, TokenOrigin, TokenView } from "./access.ts";
import type { Gap } from "./gap.ts";
import {
  idKey,
  type IdentityKeys,
  keysOfAttributes,
  keysOfIdentity,
  keysOfText,
  keysOfUnknown,
} from "./identity-keys.ts";
import { dataGaps } from "./known-facts.ts";
import { isUnknownRole, roleKey, unknownRoleKey, unmanagedRoleName } from "./role-keys.ts";
import { lifeGap, lifeNeeds, lifetimeOf } from "./token-life.ts";
import { rotationOf } from "./token-rotation.ts";

/** Which of the two times. */
export type SideName = "before" | "after";

/** What the plan says of one time, before it is known which names mean the same identity. */
export interface SideRecords {
  readonly accounts: readonly AccountRecord[];
  readonly roles: readonly RoleView[];
  readonly roleMembers: readonly RoleMemberRecord[];
  readonly groupMembers: readonly GroupMemberRecord[];
  readonly tokens: readonly TokenRecord[];
  readonly gaps: readonly Gap[];
  /** Keys of roles whose members the plan lists completely. */
  readonly closedRoles: ReadonlySet<string>;
}

/** A local user or group. */
export interface AccountRecord {
  readonly keys: IdentityKeys;
  readonly address: string | undefined;
  readonly isGroup: boolean;
}

/** A member of a role. */
export interface RoleMemberRecord {
  readonly roleKey: string;
  readonly keys: IdentityKeys;
  readonly address: string | undefined;
}

/** A member of a group. */
export interface GroupMemberRecord {
  readonly group: IdentityKeys;
  readonly member: IdentityKeys;
  /** What declares the membership; `undefined` for what the plan does not manage. */
  readonly address?: string | undefined;
}

/** An access token and whom it authenticates. */
export interface TokenRecord {
  readonly keys: IdentityKeys;
  readonly token: TokenView;
}

interface Collection {
  readonly plan: Plan;
  readonly accounts: AccountRecord[];
  readonly roles: RoleView[];
  readonly roleMembers: RoleMemberRecord[];
  readonly groupMembers: GroupMemberRecord[];
  readonly tokens: TokenRecord[];
  readonly gaps: Gap[];
  readonly closedRoles: Set<string>;
  /** Addresses of the accounts of which something is decided during apply. */
  readonly openAccounts: ReadonlySet<string>;
}

interface Item {
  readonly object: PlannedObject;
  readonly attributes: Attributes;
}

const collectors: Readonly<Record<string, (into: Collection, item: Item) => void>> = {
  qumulo_local_user: collectUser,
  qumulo_local_group: (into, item) => {
    into.accounts.push(accountOf(into, item, true));
  },
  qumulo_local_group_member: collectGroupMember,
  qumulo_role: collectRole,
  qumulo_role_member: collectRoleMember,
  qumulo_role_members: collectRoleMembers,
  qumulo_access_token: collectToken,
};

/** Whether the audit knows what a type of resource is. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(collectors, type);
}

/** Collects what these objects are at one time. */
export function collectRecords(plan: Plan, objects: readonly PlannedObject[], side: SideName): SideRecords {
  const into: Collection = {
    plan,
    accounts: [],
    roles: [],
    roleMembers: [],
    groupMembers: [],
    tokens: [],
    gaps: [],
    closedRoles: new Set(),
    openAccounts: openAccountsOf(objects, side),
  };
  for (const object of objects) {
    const attributes = object[side];
    if (object.mode !== "managed" || attributes === undefined) continue;
    if (Object.hasOwn(collectors, object.type)) collectors[object.type]?.(into, { object, attributes });
  }
  const managed = new Set(into.roles.map(({ key }) => key));
  for (const object of objects) {
    const attributes = object.mode === "data" ? object[side] : undefined;
    if (attributes === undefined) continue;
    for (const gap of dataGaps(object, attributes, managed)) into.gaps.push(gap);
  }
  return into;
}

function openAccountsOf(objects: readonly PlannedObject[], side: SideName): ReadonlySet<string> {
  const open = objects.filter(({ type, deposed, [side]: attributes }) => {
    if (!accountTypes.has(type) || deposed !== undefined || attributes === undefined) return false;
    return accountFields.some((field) => readText(attributes, field).kind === "unknown");
  });
  return new Set(open.map(({ address }) => address));
}

function collectUser(into: Collection, item: Item): void {
  const account = accountOf(into, item, false);
  into.accounts.push(account);
  const group = primaryGroup(into, item);
  if (group !== undefined) into.groupMembers.push({ group, member: account.keys, address: account.address });
}

/** The primary group. If the cluster chooses it, engines report it as decided during apply. */
function primaryGroup(into: Collection, { object, attributes }: Item): IdentityKeys | undefined {
  const primary = readText(attributes, "primary_group");
  if (primary.kind === "known") return [idKey(primary.value === "0" ? builtInGroups.Users : primary.value)];
  if (primary.kind === "null") return undefined;
  const { expressions } = into.plan.configuration.find(object.address) ?? {};
  if (expressions !== undefined && !("primary_group" in expressions)) return [idKey(builtInGroups.Users)];
  const source = accountSource(into, object.address, ["primary_group"]);
  if (source === undefined) {
    const what = `Which primary group the user ${object.address} has is decided during apply.`;
    into.gaps.push({ address: object.address, what, lacks: ["members"] });
  }
  return source;
}

function accountOf({ gaps }: Collection, { object, attributes }: Item, isGroup: boolean): AccountRecord {
  const [authId, name, sid, uid, gid] = accountFields.map((field) => {
    const value = knownOf(readText(attributes, field));
    return value === "" ? undefined : value;
  });
  if (readText(attributes, "name").kind === "unknown") {
    const what = `The name of ${object.address} is decided during apply, and with it what else is meant by that name.`;
    gaps.push({ address: object.address, what, lacks: ["names", "members", "token-users"] });
  }
  const keys = [
    // What was replaced and is still to be deleted is another account than the one at its address.
    ...(object.deposed === undefined ? [addressKey(object.address)] : []),
    ...keysOfIdentity({ domain: "LOCAL", authId, name, sid, uid, gid }),
  ];
  return { keys, address: object.address, isGroup };
}

function addressKey(address: string): string {
  return `@${address}`;
}

function collectRole({ roles, gaps }: Collection, { object, attributes }: Item): void {
  const { address } = object;
  const name = knownOf(readText(attributes, "name"));
  const privileges = readTexts(attributes, "privileges");
  const known = knownOf(privileges)?.map(knownOf) ?? [];
  const isComplete = privileges.kind !== "unknown" && !known.includes(undefined);
  if (readText(attributes, "name").kind === "unknown") {
    gaps.push({ address, what: `The name of ${address} is decided during apply.`, lacks: ["names", "roles"] });
  }
  if (!isComplete) {
    gaps.push({ address, what: `Which privileges ${address} has is decided during apply.`, lacks: ["privileges"] });
  }
  roles.push({
    key: name === undefined ? addressKey(object.address) : roleKey(name),
    name: name ?? object.address,
    address: object.address,
    privileges: new Set(known.filter((privilege) => privilege !== undefined)),
    isComplete,
  });
}

function collectRoleMember(into: Collection, item: Item): void {
  const { address } = item.object;
  const role = roleKeyOf(into, item);
  const told = keysOfMemberAttributes(item.attributes);
  const names = ["auth_id", "name", "sid", "uid", "gid"];
  const keys = told.length > 0 ? told : accountSource(into, address, names);
  if (keys === undefined) addUnknownMember(into, address, role);
  else into.roleMembers.push({ roleKey: role, keys, address });
}

/** The keys in the attributes of a member. A name identifies an account only together with its domain. */
function keysOfMemberAttributes(attributes: Attributes): IdentityKeys {
  const keys = keysOfAttributes(attributes);
  const isOpen = readText(attributes, "domain").kind === "unknown";
  return isOpen && keys.every((key) => key.startsWith("name:")) ? [] : keys;
}

/** Adds an unknown member, so that what the role gives is judged even though it is not known who gets it. */
function addUnknownMember({ gaps, roleMembers }: Collection, address: string, role: string): void {
  const which = isUnknownRole(role) ? "" : ` of the role ${unmanagedRoleName(role)}`;
  const what = `Who becomes a member${which} is decided during apply.`;
  gaps.push({ address, what, lacks: ["members"] });
  roleMembers.push({ roleKey: role, keys: keysOfUnknown(address), address });
}

function collectRoleMembers(into: Collection, item: Item): void {
  const { address } = item.object;
  const role = roleKeyOf(into, item);
  into.closedRoles.add(role);
  const members = readTexts(item.attributes, "members");
  const listed = knownOf(members) ?? [];
  for (const member of listed) {
    if (member.kind === "known") {
      into.roleMembers.push({ roleKey: role, keys: keysOfMember(item, member.value), address });
    }
  }
  const open = listed.filter(({ kind }) => kind === "unknown").length;
  const sources = open === 0 ? [] : accountSources(into, address, ["members"]);
  if (sources.length === open) {
    for (const source of sources) into.roleMembers.push({ roleKey: role, keys: [addressKey(source)], address });
  }
  if (members.kind === "unknown" || sources.length !== open) addUnknownMember(into, address, role);
}

/** The names of a member of a list, with the auth_id that the provider has found for it. */
function keysOfMember({ attributes }: Item, text: string): IdentityKeys {
  const authIds = knownOf(readObject(attributes, "auth_ids"));
  const isTold = authIds !== undefined && Object.hasOwn(authIds.values, text);
  const authId = isTold ? knownOf(readText(authIds, text)) : undefined;
  return [...(authId === undefined ? [] : [idKey(authId)]), ...keysOfText(text)];
}

/** The key of the role, or a made-up one for a role about which nothing is known but that it is given. */
function roleKeyOf({ plan, gaps }: Collection, { object, attributes }: Item): string {
  const { address } = object;
  const name = knownOf(readText(attributes, "role_name"));
  if (name !== undefined) return roleKey(name);
  const sources = plan.configuration
    .sourcesOf(address, "role_name")
    .filter((source) => typeOf(source) === "qumulo_role");
  if (sources.length === 1 && sources[0] !== undefined) return addressKey(sources[0]);
  gaps.push({ address, what: "Which role it gives is decided during apply.", lacks: ["roles", "privileges"] });
  return unknownRoleKey(address);
}

function collectGroupMember(into: Collection, { object, attributes }: Item): void {
  const { address } = object;
  const [group, member] = ["group_id", "member_id"].map((name) => {
    const id = knownOf(readText(attributes, name));
    return id === undefined ? accountSource(into, address, [name]) : [idKey(id)];
  });
  if (group === undefined || member === undefined) {
    const what = "Who becomes a member of which group is decided during apply.";
    into.gaps.push({ address, what, lacks: ["members"] });
  }
  if (group !== undefined) into.groupMembers.push({ group, member: member ?? keysOfUnknown(address), address });
}

function collectToken(into: Collection, { object, attributes }: Item): void {
  const { address } = object;
  const keys = tokenKeys(into, { object, attributes });
  if (keys === undefined) {
    const what = "Whom the access token authenticates is decided during apply.";
    into.gaps.push({ address, what, lacks: ["token-users"] });
  }
  const token = tokenOf(into.plan, { object, attributes });
  for (const gap of tokenGaps(address, token)) into.gaps.push(gap);
  into.tokens.push({ keys: keys ?? keysOfUnknown(address), token });
}

function tokenGaps(address: string, token: TokenView): readonly Gap[] {
  const life = lifeNeeds(token);
  return [
    ...(life.length === 0 ? [] : [{ address, ...lifeGap(token), lacks: life }]),
    ...(token.enabled.kind === "unknown"
      ? [{ address, what: "Whether the access token is enabled is decided during apply.", lacks: tokenStates }]
      : []),
  ];
}

const tokenStates: Gap["lacks"] = ["token-states"];

function tokenOf(plan: Plan, { object, attributes }: Item): TokenView {
  const text = (name: string): Value<string> => readText(attributes, name);
  const previous = knownOf(readObject(attributes, "previous_token"));
  const times = {
    expirationTime: text("expiration_time"),
    expiresIn: text("expires_in"),
    creationTime: text("creation_time"),
  };
  return {
    place: object.address,
    object: originOf(object),
    id: knownOf(text("id")),
    enabled: enabledOf(attributes),
    ...times,
    lifetimeMs: lifetimeOf(times, plan.plannedAt),
    overlap: text("overlap"),
    previousId: previous && knownOf(readText(previous, "id")),
  };
}

/** Whether a token is enabled; it is if the plan does not say so. */
function enabledOf(attributes: Attributes): Value<boolean> {
  const enabled = readFlag(attributes, "enabled");
  return enabled.kind === "null" ? { kind: "known", value: true } : enabled;
}

function originOf(object: PlannedObject): TokenOrigin {
  const { address, action, deposed, isImported } = object;
  return { address, action, deposed, mayBeKept: rotationOf(object) === "maybe", isImported };
}

function tokenKeys(into: Collection, { object, attributes }: Item): IdentityKeys | undefined {
  const identity = knownOf(readObject(attributes, "identity"));
  const user = knownOf(readText(attributes, "user"));
  const keys = [
    // Whom the provider has found comes first: a bare name alone may be anybody's.
    ...(identity === undefined ? [] : keysOfAttributes(identity)),
    ...(user === undefined ? [] : keysOfText(user)),
  ];
  return keys.length > 0 ? keys : accountSource(into, object.address, ["user"]);
}

const accountTypes: ReadonlySet<string> = new Set(["qumulo_local_user", "qumulo_local_group"]);
const accountFields = ["id", "name", "sid", "uid", "gid"] as const;

function accountSource(into: Collection, address: string, attributes: readonly string[]): IdentityKeys | undefined {
  const [source, ...others] = accountSources(into, address, attributes);
  return source === undefined || others.length > 0 ? undefined : [addressKey(source)];
}

/** The accounts that unknown values come from: a value that comes from known accounts is known. */
function accountSources(into: Collection, address: string, attributes: readonly string[]): readonly string[] {
  const { plan, openAccounts } = into;
  const sources = attributes.flatMap((attribute) => plan.configuration.sourcesOf(address, attribute));
  // What comes from something else as well may be anybody.
  if (!sources.every((source) => accountTypes.has(typeOf(source)))) return [];
  const accounts = sources.filter((source) => openAccounts.has(source));
  return accounts.length < 2 ? accounts : [...new Set(accounts)];
}

function typeOf(address: string): string {
  return parseAddress(withoutPlanName(address)).local.split(".")[0] ?? "";
}
