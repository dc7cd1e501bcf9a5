import fc from "fast-check";
import { type Exchange, type Expectation, type Reasons, refuses, refusesFor, succeeds } from "./exchange.ts";
import {
  anyAccountName,
  anyBy,
  anyIfMatch,
  anyIndex,
  anyPassword,
  anyPosixId,
  type IfMatch,
  ifMatchOf,
  isAccountName,
  isPosixId,
  isStale,
  isWeak,
  operation,
  type Operation,
  rarely,
} from "./operation.ts";
import { asking, builtInIds, type By, pick, type User, type World } from "./world.ts";

const read = ["LOCAL_USER_READ"];
const write = ["LOCAL_USER_WRITE"];

interface NewUser {
  readonly by: By;
  readonly name: string;
  /** Which of all groups ever; -1 for the id "0", which means Users. */
  readonly group: number;
  readonly uid: string;
  readonly home: string | null;
  readonly password: string | null;
}

interface ReplacedUser extends Omit<NewUser, "name" | "uid"> {
  readonly user: number;
  /** `undefined` keeps it. */
  readonly name: string | undefined;
  readonly uid: string | undefined;
  readonly ifMatch: IfMatch;
  readonly isMisdirected: boolean;
}

/** A user as it is answered. */
export function userBody({ id, name, primaryGroup, uid, homeDirectory }: User): Readonly<Record<string, unknown>> {
  return {
    id,
    name,
    primary_group: primaryGroup,
    sid: sidOf(id),
    uid,
    home_directory: homeDirectory,
    can_change_password: true,
  };
}

/** The handle of the SID of a user or group. */
export function sidOf(id: string): string {
  return `sid~${id.replace("id~", "")}`;
}

/** The nth user; the built-in ones come last, and less often. */
export function pickUser(world: World, index: number): User {
  const users = [...world.users.values()];
  return pick([...users.filter(({ id }) => !builtInIds.includes(id)), ...users], index);
}

function groupIdOf(world: World, index: number): string {
  if (index < 0) return "0";
  const ids = [...world.groups.keys()];
  return pick([...ids.filter((id) => !builtInIds.includes(id)), ...ids], index);
}

/** What is wrong with the fields of a user. */
function problemsOf(world: World, asked: Pick<User, "name" | "uid" | "primaryGroup">, own?: string): Reasons {
  const holder = world.holderOf(asked.name);
  const uidHolder = [...world.users.values()].find(
    ({ uid, isDeleted }) => !isDeleted && uid !== "" && uid === asked.uid,
  );
  return {
    undecodable: !isAccountName(asked.name) || !isPosixId(asked.uid),
    userExists: holder !== undefined && holder !== own,
    posixIdTaken: uidHolder !== undefined && uidHolder.id !== own,
    noSuchPrimaryGroup: asked.primaryGroup !== "0" && world.group(asked.primaryGroup) === undefined,
  };
}

/** Creates a user. */
export const createUser = operation("createUser", (world, asked: NewUser): Exchange => {
  const { by, name, uid, home, password } = asked;
  const primaryGroup = groupIdOf(world, asked.group);
  const body = { name, primary_group: primaryGroup, uid, home_directory: home, password };
  return asking(world, { by, needs: write, method: "POST", path: "/v1/users/", body }, () => {
    const problems = problemsOf(world, { name, uid, primaryGroup });
    const refusal = refusesFor({
      ...problems,
      ...(password === null ? { undecodable: true } : { weakPassword: isWeak(password) }),
    });
    if (refusal !== undefined) return refusal;
    const user = {
      id: world.newHandle("id"),
      name,
      primaryGroup: primaryGroup === "0" ? "513" : primaryGroup,
      uid,
      homeDirectory: home,
      password: password ?? undefined,
      tag: world.newHandle("tag"),
      isDeleted: false,
    };
    world.users.set(user.id, user);
    return succeeds(userBody(user), user.tag);
  });
});

/** Replaces the fields of a user. */
export const replaceUser = operation("replaceUser", (world, asked: ReplacedUser): Exchange => {
  const before = pickUser(world, asked.user);
  const fields = {
    name: asked.name ?? before.name,
    primaryGroup: groupIdOf(world, asked.group),
    uid: asked.uid ?? before.uid,
    homeDirectory: asked.home,
  };
  const request = {
    method: "PUT",
    path: `/v1/users/${before.id}`,
    body: {
      id: asked.isMisdirected ? "513" : before.id,
      name: fields.name,
      primary_group: fields.primaryGroup,
      uid: fields.uid,
      home_directory: fields.homeDirectory,
      password: asked.password,
    },
    ifMatch: ifMatchOf(world, asked.ifMatch, before.tag),
  };
  return asking(world, { ...request, by: asked.by, needs: write }, () => replace(world, before, { asked, fields }));
});

function replace(
  world: World,
  before: User,
  to: {
    readonly asked: ReplacedUser;
    readonly fields: Pick<User, "name" | "primaryGroup" | "uid" | "homeDirectory">;
  },
): Expectation {
  const { asked } = to;
  const fields = { ...to.fields, primaryGroup: to.fields.primaryGroup === "0" ? "513" : to.fields.primaryGroup };
  const hasChanged = JSON.stringify(userBody({ ...before, ...fields })) !== JSON.stringify(userBody(before));
  const refusal = refusesFor({
    ...problemsOf(world, fields, before.id),
    noSuchUser: before.isDeleted,
    staleETag: isStale(asked.ifMatch),
    idMismatch: asked.isMisdirected,
    builtInAccount: hasChanged && builtInIds.includes(before.id),
    weakPassword: asked.password !== null && isWeak(asked.password),
  });
  if (refusal !== undefined) return refusal;
  const after = {
    ...before,
    ...fields,
    password: asked.password ?? before.password,
    tag: hasChanged ? world.nextTag(before.tag) : before.tag,
  };
  world.users.set(before.id, after);
  return succeeds(userBody(after), after.tag);
}

/** Deletes a user: memberships of groups go, access tokens and memberships of roles stay. */
export const deleteUser = operation("deleteUser", (world, asked: { by: By; user: number }): Exchange => {
  const user = pickUser(world, asked.user);
  const request = { method: "DELETE", path: `/v1/users/${user.id}`, by: asked.by, needs: write };
  return asking(world, request, () => {
    const refusal = refusesFor({ noSuchUser: user.isDeleted, builtInAccount: builtInIds.includes(user.id) });
    if (refusal !== undefined) return refusal;
    world.users.set(user.id, { ...user, isDeleted: true });
    for (const group of world.groups.values()) {
      world.groups.set(group.id, { ...group, added: group.added.filter((id) => id !== user.id) });
    }
    return succeeds();
  });
});

/** Gives a user another password. */
export const setPassword = operation(
  "setPassword",
  (world, { by, ...asked }: { by: By; user: number; password: string }): Exchange => {
    const user = pickUser(world, asked.user);
    const body = { new_password: asked.password };
    const request = { method: "POST", path: `/v1/users/${user.id}/setpassword`, body, by, needs: write };
    return asking(world, request, () => {
      const refusal = refusesFor({ noSuchUser: user.isDeleted, weakPassword: isWeak(asked.password) });
      if (refusal !== undefined) return refusal;
      world.users.set(user.id, { ...user, password: asked.password });
      return succeeds();
    });
  },
);

/** Reads a user. */
export const getUser = operation("getUser", (world, asked: { by: By; user: number }): Exchange => {
  const user = pickUser(world, asked.user);
  return asking(world, { method: "GET", path: `/v1/users/${user.id}`, by: asked.by, needs: read }, () =>
    user.isDeleted ? refuses("noSuchUser") : succeeds(userBody(user), user.tag),
  );
});

/** Lists the users. */
export const listUsers = operation("listUsers", (world, { by }: { by: By }): Exchange =>
  asking(world, { method: "GET", path: "/v1/users/", by, needs: read }, () =>
    succeeds([...world.users.values()].filter(({ isDeleted }) => !isDeleted).map(userBody)),
  ),
);

/** Any step about users. */
export const anyUserOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    arbitrary: fc
      .record({
        by: anyBy,
        name: anyAccountName,
        group: fc.integer({ min: -1, max: 6 }),
        uid: anyPosixId,
        home: fc.constantFrom(null, "/home/x"),
        password: fc.option(anyPassword, { freq: 12 }),
      })
      .map(createUser),
    weight: 3,
  },
  {
    arbitrary: fc
      .record({
        by: anyBy,
        user: anyIndex,
        name: fc.option(anyAccountName, { nil: undefined, freq: 2 }),
        group: fc.integer({ min: -1, max: 6 }),
        uid: fc.option(anyPosixId, { nil: undefined, freq: 2 }),
        home: fc.constantFrom(null, "/home/x"),
        password: fc.option(anyPassword, { freq: 2 }),
        ifMatch: anyIfMatch,
        isMisdirected: rarely,
      })
      .map(replaceUser),
    weight: 4,
  },
  { arbitrary: fc.record({ by: anyBy, user: anyIndex }).map(deleteUser), weight: 2 },
  { arbitrary: fc.record({ by: anyBy, user: anyIndex, password: anyPassword }).map(setPassword), weight: 1 },
  { arbitrary: fc.record({ by: anyBy, user: anyIndex }).map(getUser), weight: 1 },
  { arbitrary: fc.record({ by: anyBy }).map(listUsers), weight: 1 },
);
