import type { Plan, PlannedObject } from "../plan/plan.ts";
import { type Attributes, knownOf, readFlag, readObject, readText, readTexts, type Value } from "../plan/attributes.ts";
import { parseAddress } from "../plan/resource-address.ts";
import type { Gap, RoleView, TokenOrigin, TokenView } from "./access.ts";
import { idKey, type IdentityKeys, keysOfAttributes, keysOfIdentity, keysOfText } from "./identity-keys.ts";

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
}

interface Item {
  readonly object: PlannedObject;
  readonly attributes: Attributes;
}

const collectors: Readonly<Record<string, (into: Collection, item: Item) => void>> = {
  qumulo_local_user: collectUser,
  qumulo_local_group: (into, item) => {
    into.accounts.push(accountOf(item, true));
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
  };
  for (const object of objects) {
    const attributes = object[side];
    if (object.mode !== "managed" || attributes === undefined) continue;
    if (Object.hasOwn(collectors, object.type)) collectors[object.type]?.(into, { object, attributes });
  }
  return into;
}

function collectUser(into: Collection, item: Item): void {
  const account = accountOf(item, false);
  into.accounts.push(account);
  const primary = knownOf(readText(item.attributes, "primary_group"));
  if (primary !== undefined && primary !== "0") {
    into.groupMembers.push({ group: [idKey(primary)], member: account.keys, address: account.address });
  }
}

function accountOf({ object, attributes }: Item, isGroup: boolean): AccountRecord {
  const [authId, name, sid, uid, gid] = ["id", "name", "sid", "uid", "gid"].map((field) => {
    const value = knownOf(readText(attributes, field));
    return value === "" ? undefined : value;
  });
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

/** The same for all spellings of a role's name, and never what {@link addressKey} gives. */
export function roleKey(name: string): string {
  const key = name.toLowerCase();
  return key.startsWith("@") ? `@${key}` : key;
}

function collectRole({ roles }: Collection, { object, attributes }: Item): void {
  const name = knownOf(readText(attributes, "name"));
  const privileges = readTexts(attributes, "privileges");
  const known = knownOf(privileges)?.map(knownOf) ?? [];
  roles.push({
    key: name === undefined ? addressKey(object.address) : roleKey(name),
    name: name ?? object.address,
    address: object.address,
    privileges: new Set(known.filter((privilege) => privilege !== undefined)),
    isComplete: privileges.kind !== "unknown" && !known.includes(undefined),
  });
}

function collectRoleMember(into: Collection, item: Item): void {
  const { address } = item.object;
  const role = roleKeyOf(into, item);
  const told = keysOfAttributes(item.attributes);
  const names = ["auth_id", "name", "sid", "uid", "gid"];
  const keys = told.length > 0 ? told : accountSource(into, address, names);
  if (role === undefined) {
    into.gaps.push({ address, what: `Which role it gives is decided during apply.` });
  } else if (keys === undefined) {
    into.gaps.push({ address, what: `Who becomes a member of the role ${role} is decided during apply.` });
  } else {
    into.roleMembers.push({ roleKey: role, keys, address });
  }
}

function collectRoleMembers(into: Collection, item: Item): void {
  const { address } = item.object;
  const role = roleKeyOf(into, item);
  if (role === undefined) {
    into.gaps.push({ address, what: "Which role it gives is decided during apply." });
    return;
  }
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
  if (members.kind === "unknown" || sources.length !== open) {
    into.gaps.push({ address, what: `Who becomes a member of the role ${role} is decided during apply.` });
  }
}

/** The names of a member of a list, with the auth_id that the provider has found for it. */
function keysOfMember({ attributes }: Item, text: string): IdentityKeys {
  const authIds = knownOf(readObject(attributes, "auth_ids"));
  const isTold = authIds !== undefined && Object.hasOwn(authIds.values, text);
  const authId = isTold ? knownOf(readText(authIds, text)) : undefined;
  return [...(authId === undefined ? [] : [idKey(authId)]), ...keysOfText(text)];
}

function roleKeyOf({ plan }: Collection, { object, attributes }: Item): string | undefined {
  const name = knownOf(readText(attributes, "role_name"));
  if (name !== undefined) return roleKey(name);
  const sources = plan.configuration
    .sourcesOf(object.address, "role_name")
    .filter((source) => typeOf(source) === "qumulo_role");
  return sources.length === 1 && sources[0] !== undefined ? addressKey(sources[0]) : undefined;
}

function collectGroupMember(into: Collection, { object, attributes }: Item): void {
  const ids = ["group_id", "member_id"].map((name) => {
    const id = knownOf(readText(attributes, name));
    return id === undefined ? accountSource(into, object.address, [name]) : [idKey(id)];
  });
  const [group, member] = ids;
  if (group === undefined || member === undefined) {
    into.gaps.push({ address: object.address, what: "Who becomes a member of which group is decided during apply." });
  } else {
    into.groupMembers.push({ group, member, address: object.address });
  }
}

function collectToken(into: Collection, { object, attributes }: Item): void {
  const keys = tokenKeys(into, { object, attributes });
  if (keys === undefined) {
    into.gaps.push({ address: object.address, what: "Whom the access token authenticates is decided during apply." });
    return;
  }
  const text = (name: string): Value<string> => readText(attributes, name);
  const previous = knownOf(readObject(attributes, "previous_token"));
  const token: TokenView = {
    place: object.address,
    object: originOf(object),
    id: knownOf(text("id")),
    isEnabled: knownOf(readFlag(attributes, "enabled")) !== false,
    expirationTime: text("expiration_time"),
    expiresIn: text("expires_in"),
    creationTime: text("creation_time"),
    overlap: text("overlap"),
    previousId: previous && knownOf(readText(previous, "id")),
  };
  into.tokens.push({ keys, token });
}

function originOf({ address, action, deposed, isImported }: PlannedObject): TokenOrigin {
  return { address, action, deposed, isImported };
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

function accountSource(into: Collection, address: string, attributes: readonly string[]): IdentityKeys | undefined {
  const [source, ...others] = accountSources(into, address, attributes);
  return source === undefined || others.length > 0 ? undefined : [addressKey(source)];
}

function accountSources({ plan }: Collection, address: string, attributes: readonly string[]): readonly string[] {
  const sources = attributes.flatMap((attribute) => plan.configuration.sourcesOf(address, attribute));
  const accounts = sources.filter((source) => accountTypes.has(typeOf(source)));
  return accounts.length < 2 ? accounts : [...new Set(accounts)];
}

function typeOf(address: string): string {
  return parseAddress(address).local.split(".")[0] ?? "";
}
