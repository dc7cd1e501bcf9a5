import { builtInGroups } from "../../vocabulary/local-groups.ts";
import { builtInUsers } from "../../vocabulary/local-users.ts";
import type { ClusterFacts } from "./facts.ts";
import { idKey, type IdentityKeys, isLocalId, keysOfIdentity, localKey, partsOfSidKey } from "./identity-keys.ts";
import type { NameFacts } from "./identity-registry.ts";
import type { SideRecords } from "./records.ts";

/** Which accounts have which local names, as far as the plan and the cluster tell. */
export interface NameOwners {
  /** The auth_ids by names such as `local:svc`. */
  readonly ids: ReadonlyMap<string, string>;
  /** Whether the cluster was asked for all of them: a name that is missing is nobody's. */
  readonly isWhole: boolean;
}

const builtInAccounts = Object.entries({ ...builtInUsers, ...builtInGroups }).map(([name, id]) => ({ name, id }));

/** Finds out which accounts have which names. What the cluster says now takes precedence over a plan or a state. */
export function findNameOwners(facts: readonly ClusterFacts[], sides: readonly SideRecords[]): NameOwners {
  const told = facts.flatMap(({ users, groups }) => [...users, ...groups]);
  const planned = sides.flatMap(({ accounts }) => accounts).flatMap(({ keys }) => namedId(keys));
  const asked = facts.filter(({ users, isPartial }) => users.length > 0 && isPartial !== true);
  const isWhole = asked.length > 0 && asked.every(({ unread = [] }) => unread.length === 0);
  const named = new Set([...told.map(({ id }) => id), ...planned.map(([, id]) => id)]);
  // Every cluster has these, by other names perhaps.
  const builtIn = builtInAccounts.filter(({ id }) => !named.has(id));
  return {
    ids: new Map([
      ...builtIn.map(({ id, name }) => [localKey(name), id] as const),
      ...planned,
      ...told.map(({ id, name }) => [localKey(name), id] as const),
    ]),
    isWhole,
  };
}

function namedId(keys: IdentityKeys): readonly (readonly [name: string, id: string])[] {
  const [id, name] = [idIn(keys), keys.find((key) => key.startsWith("local:"))];
  return id === undefined || name === undefined ? [] : [[name, id]];
}

/** The id among the names of an identity. */
export function idIn(keys: IdentityKeys): string | undefined {
  return keys.find((key) => key.startsWith("auth_id:"))?.slice("auth_id:".length);
}

/** The names of all accounts of the cluster that were read. */
export function keysOfAccounts({ users, groups }: ClusterFacts): readonly IdentityKeys[] {
  return [...users, ...groups].map(({ id, ...account }) => keysOfIdentity({ domain: "LOCAL", authId: id, ...account }));
}

/** Finds the facts that connect SIDs and POSIX ids with accounts. */
export function findNameFacts(keys: Iterable<IdentityKeys>, { isWhole }: NameOwners): NameFacts {
  const into = { localDomains: new Set<string>(), otherDomains: new Set<string>(), carried: new Set<string>() };
  for (const names of keys) {
    const id = names.length < 2 ? undefined : idIn(names);
    if (id !== undefined) for (const key of names) learnFrom(into, key, id);
  }
  return { ...into, isWhole };
}

function learnFrom(
  into: Readonly<Record<"localDomains" | "otherDomains" | "carried", Set<string>>>,
  key: string,
  id: string,
): void {
  const isLocal = isLocalId(id);
  if (isLocal && /^[ug]id:/.test(key)) into.carried.add(key);
  const { domain, account } = partsOfSidKey(key) ?? {};
  if (domain === undefined) return;
  if (!isLocal) into.otherDomains.add(domain);
  else if (account === id) into.localDomains.add(domain);
}

/** All names that the plan has for one identity, each time that it names one. */
export function* keysOfSide(side: SideRecords): Iterable<IdentityKeys> {
  for (const { keys } of side.accounts) yield keys;
  for (const { keys } of side.roleMembers) yield keys;
  for (const { keys } of side.tokens) yield keys;
  for (const { group, member } of side.groupMembers) {
    yield group;
    yield member;
  }
}

/** All names that a cluster tells for one identity. */
export function keysOfCluster(facts: ClusterFacts): readonly IdentityKeys[] {
  return [
    ...keysOfAccounts(facts),
    ...(facts.identities ?? []).map((names) => names.flatMap(keysOfIdentity)),
    ...facts.roles.flatMap(({ members = [] }) => members.map(keysOfIdentity)),
    ...facts.groups.flatMap(({ members }) => members.map(keysOfIdentity)),
    ...facts.accessTokens.map(({ user }) => keysOfIdentity(user)),
  ];
}

/** The names of the accounts that every cluster has, where nobody else has them. */
export function builtInKeys({ ids }: NameOwners): readonly IdentityKeys[] {
  return builtInAccounts
    .filter(({ name, id }) => ids.get(localKey(name)) === id)
    .map(({ name, id }) => [idKey(id), localKey(name)]);
}
