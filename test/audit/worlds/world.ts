import { fc } from "../../support/search.ts";

/** What something is before the plan and after it; `undefined` where it is not there. */
export interface Times<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** How a member of a role is named in the configuration. */
export type Naming = "auth_id" | "name";

/** How long an access token works. */
export type Lifetime = "series" | "time" | "endless";

/** An account that a configuration declares: a user or a group, by its place in the world. */
export interface Account {
  readonly kind: "user" | "group";
  readonly index: number;
}

/** A membership of a role: the last of the roles is Administrators, which every cluster has. */
export interface RoleMembership extends Times<Naming> {
  readonly role: number;
  readonly account: Account;
}

/** A membership of a group. */
export interface GroupMembership extends Times<true> {
  readonly user: number;
  readonly group: number;
}

/** An access token. */
export interface Token extends Times<Lifetime> {
  readonly user: number;
}

/** All that a small configuration declares, before and after. */
export interface World {
  readonly users: readonly Times<true>[];
  readonly groups: readonly Times<true>[];
  /** Their privileges. */
  readonly roles: readonly Times<readonly string[]>[];
  readonly groupMembers: readonly GroupMembership[];
  readonly roleMembers: readonly RoleMembership[];
  /** All members of {@link listedRole}, as one resource. */
  readonly members: Times<readonly Account[]>;
  readonly tokens: readonly Token[];
}

/** How many there are of each in every world, there or not. */
export const sizes = { users: 3, groups: 2, roles: 3 } as const;

/** The role whose members are one list. */
export const listedRole = sizes.roles - 1;

/** What no change takes away or brings. */
export const always: Times<true> = { before: true, after: true };

/** The role after those that are declared. */
export const administrators = sizes.roles;

/** Some that are harmless, and some that lead to more. */
export const drawnPrivileges = [
  "PRIVILEGE_QUOTA_READ",
  "PRIVILEGE_METRICS_READ",
  "PRIVILEGE_NFS_EXPORT_WRITE",
  "PRIVILEGE_ROLE_WRITE",
  "PRIVILEGE_FILE_FULL_ACCESS",
] as const;

/** All accounts that there may be. */
export const accounts: readonly Account[] = [
  ...Array.from({ length: sizes.users }, (_, index) => ({ kind: "user" as const, index })),
  ...Array.from({ length: sizes.groups }, (_, index) => ({ kind: "group" as const, index })),
];

function times<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Times<T>> {
  const perhaps = fc.option(value, { nil: undefined });
  return fc.oneof(
    fc.record({ before: perhaps, after: perhaps }),
    // Most of a configuration stays as it is.
    perhaps.map((same) => ({ before: same, after: same })),
  );
}

function perhaps<T>(all: readonly T[], most: number): fc.Arbitrary<T[]> {
  return fc.subarray([...all], { maxLength: most });
}

const there = fc.constant(true as const);
const naming = fc.constantFrom<Naming>("auth_id", "name");
const roleIndexes = [...Array(sizes.roles + 1).keys()].filter((role) => role !== listedRole);
const places = accounts.flatMap((account) => roleIndexes.map((role) => ({ account, role })));
const pairs = accounts.flatMap(({ kind, index }) =>
  kind === "user" ? [...Array(sizes.groups).keys()].map((group) => ({ user: index, group })) : [],
);

/** Any small world. */
export const anyWorld: fc.Arbitrary<World> = fc
  .record({
    users: fc.array(times(there), { minLength: sizes.users, maxLength: sizes.users }),
    groups: fc.array(times(there), { minLength: sizes.groups, maxLength: sizes.groups }),
    roles: fc.array(times(fc.subarray([...drawnPrivileges])), { minLength: sizes.roles, maxLength: sizes.roles }),
    groupMembers: perhaps(pairs, 4).chain((chosen) => drawn(chosen, there)),
    roleMembers: perhaps(places, 5).chain((chosen) => drawn(chosen, naming)),
    members: times(fc.subarray([...accounts])),
    tokens: perhaps([...Array(sizes.users).keys()], sizes.users).chain((users) =>
      drawn(
        users.map((user) => ({ user })),
        fc.constantFrom<Lifetime>("series", "time", "endless"),
      ),
    ),
  })
  .map(consistent);

function drawn<P extends object, T>(chosen: readonly P[], value: fc.Arbitrary<T>): fc.Arbitrary<(P & Times<T>)[]> {
  return fc.tuple(...chosen.map((place) => times(value).map((drawnTimes) => ({ ...place, ...drawnTimes }))));
}

/** Nothing is a member, or has a token, while it or what it is a member of is not there. */
function consistent(world: World): World {
  const { users, groups, roles } = world;
  const within = <T>({ before, after }: Times<T>, ...needed: readonly (Times<unknown> | undefined)[]): Times<T> => ({
    before: needed.every((one) => one?.before !== undefined) ? before : undefined,
    after: needed.every((one) => one?.after !== undefined) ? after : undefined,
  });
  const isThere = (account: Account, time: "before" | "after"): boolean => accountIn(world, account)[time] === true;
  const members = within(world.members, roles[listedRole]);
  return {
    ...world,
    groupMembers: world.groupMembers.map((one) => ({ ...one, ...within(one, users[one.user], groups[one.group]) })),
    roleMembers: world.roleMembers.map((one) => {
      const role = one.role === administrators ? always : roles[one.role];
      return { ...one, ...within(one, role, accountIn(world, one.account)) };
    }),
    members: {
      before: members.before?.filter((account) => isThere(account, "before")),
      after: members.after?.filter((account) => isThere(account, "after")),
    },
    tokens: world.tokens.map((one) => ({ ...one, ...within(one, users[one.user]) })),
  };
}

/** All accounts of one kind. */
export function accountsOf({ users, groups }: Pick<World, "users" | "groups">, kind: Account["kind"]): World["users"] {
  return kind === "user" ? users : groups;
}

/** When one account is there. */
export function accountIn(world: Pick<World, "users" | "groups">, { kind, index }: Account): Times<true> {
  return accountsOf(world, kind)[index] ?? always;
}

/** What an account or role is called: what is made anew is not what was there. */
export function nameOf(kind: "user" | "group" | "role", index: number, { before }: Times<unknown>): string {
  return `${before === undefined ? "new-" : ""}${kind}-${index}`;
}
