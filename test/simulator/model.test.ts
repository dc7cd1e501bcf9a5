import { expect, test } from "@jest/globals";
import { privilegeNames } from "../../src/vocabulary/privileges.ts";
import { fc } from "../support/search.ts";
import { givenCluster, type Party } from "../support/simulator/given-cluster.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { anyTokenOperation, createToken, getToken, listTokens } from "./model/access-tokens.ts";
import { anyGroupOperation, createGroup, getGroup, listGroupMembers, listGroups } from "./model/groups.ts";
import { anyIdentityOperation, findName } from "./model/identities.ts";
import { accountNames, type Operation } from "./model/operation.ts";
import { Player } from "./model/player.ts";
import { addRoleMember, anyRoleOperation, createRole, getRole, listRoleMembers, listRoles } from "./model/roles.ts";
import { anySessionOperation, login, loginAsAdmin, whoAmI } from "./model/sessions.ts";
import { anyUserOperation, createUser, getUser, listUsers } from "./model/users.ts";
import { World } from "./model/world.ts";

const noon = "2026-03-02T12:00:00.000Z";
const longestSequence = 100;
/** How long sequences are tried when nobody asks for more, and by when the shortest failing one must be found. */
const [searchMs, shrinkMs] = [10_000, 90_000];

/** Seed and path stand in the report of a failure; together they bring the same failure again. */
const { SIMULATOR_MODEL_RUNS: runs, SIMULATOR_MODEL_PATH: path } = process.env;

const anyOperation = fc.oneof(
  { arbitrary: anyTokenOperation, weight: 6 },
  { arbitrary: anySessionOperation, weight: 5 },
  { arbitrary: anyRoleOperation, weight: 5 },
  { arbitrary: anyUserOperation, weight: 3 },
  { arbitrary: anyGroupOperation, weight: 3 },
  { arbitrary: anyIdentityOperation, weight: 1 },
);

/** A small world, so that sequences come to the point soon; what every cluster has is read first, for its ETags. */
const opening: readonly Operation[] = [
  ...[0, 1].map((user) => getUser({ by: "admin", user })),
  ...[0, 1, 2].map((group) => getGroup({ by: "admin", group })),
  ...["Administrators", "Data-Administrators", "Observers"].map((role) => getRole({ by: "admin", role })),
  createUser({ by: "admin", name: "ann", group: -1, uid: "", home: null, password: "First-Passw0rd" }),
  createUser({ by: "admin", name: "bob", group: -1, uid: "", home: null, password: "First-Passw0rd" }),
  createGroup({ by: "admin", name: "lab", gid: "" }),
  createRole({
    by: "admin",
    name: "keepers",
    description: "",
    privileges: ["PRIVILEGE_ACCESS_TOKENS_READ", "PRIVILEGE_ROLE_WRITE"],
  }),
  addRoleMember({ by: "admin", role: "keepers", of: { who: "user", index: 0, byName: false } }),
  createRole({ by: "admin", name: "watchers", description: "", privileges: ["PRIVILEGE_LOCAL_USER_READ"] }),
  addRoleMember({ by: "admin", role: "watchers", of: { who: "group", index: 0, byName: true } }),
  login({ user: 0, password: "right", inCapitals: false }),
  createToken({ by: "admin", of: { who: "user", index: 0, byName: false }, expires: 3_600_000 }),
  createToken({ by: "admin", of: { who: "user", index: 1, byName: false }, expires: undefined }),
];

/** Everything that can be read, by the administrator and by the bearer of each bearer token. */
function inventoryOf(world: World): readonly Operation[] {
  const by = "admin";
  const indexes = (list: { readonly length: number }): number[] => [...Array(list.length).keys()];
  return [
    listUsers({ by }),
    listGroups({ by }),
    listRoles({ by }),
    listTokens({ by, of: undefined }),
    ...indexes([...world.users]).map((user) => getUser({ by, user })),
    ...indexes([...world.groups]).map((group) => listGroupMembers({ by, group })),
    ...[...world.roles.values()].map(({ name }) => listRoleMembers({ by, role: name })),
    ...indexes(world.tokenIds).map((token) => getToken({ by, token })),
    ...indexes(world.bearers).map((bearer) => whoAmI({ by: bearer })),
    ...indexes([...world.users]).map((user) => login({ user, password: "right", inCapitals: false })),
    ...accountNames.map((name) => findName({ by, name })),
  ];
}

/** What every cluster has from the start. */
async function initialWorld(admin: Party, adminPassword: string): Promise<World> {
  const world = new World(Date.parse(noon), privilegeNames);
  const common = { homeDirectory: null, uid: "", isDeleted: false };
  const tag = (): string => world.newHandle("tag");
  world.users.set("500", {
    ...common,
    id: "500",
    name: "admin",
    primaryGroup: "513",
    password: adminPassword,
    tag: tag(),
  });
  world.users.set("501", { ...common, id: "501", name: "guest", primaryGroup: "514", password: undefined, tag: tag() });
  for (const [id, name] of [
    ["512", "Administrators"],
    ["513", "Users"],
    ["514", "Guests"],
  ] as const) {
    world.groups.set(id, { id, name, gid: "", added: [], tag: tag(), isDeleted: false });
  }
  // Nobody publishes what the built-in roles allow: the model takes it from the cluster.
  const { body } = await admin.get("/v1/auth/roles/");
  for (const [name, role] of Object.entries(body as Record<string, { description: string; privileges: string[] }>)) {
    const members = name === "Administrators" ? ["500"] : [];
    world.roles.set(name.toLowerCase(), { ...role, name, isBuiltIn: true, members, tag: tag() });
  }
  return world;
}

async function playAll(operations: readonly Operation[]): Promise<void> {
  const clock = new SettableClock(noon);
  const cluster = await givenCluster({ clock });
  const { simulator } = cluster;
  const world = await initialWorld(cluster.admin, simulator.adminPassword.reveal());
  const player = new Player(cluster, clock, world);
  const play = async (operation: Operation): Promise<void> => {
    if (world.callerWith(world.adminBearer) === undefined) await player.play(loginAsAdmin(undefined));
    await player.play(operation);
  };
  for (const operation of [...opening, ...operations]) await play(operation);
  for (const operation of inventoryOf(world)) await play(operation);
  expect(simulator.defects).toEqual([]);
  await simulator.close();
}

test("whatever is asked in whatever order, the cluster answers as a simple model of it does", async () => {
  const anySequence = fc.noBias(fc.array(anyOperation, { maxLength: longestSequence, size: "max" }));
  const isBounded = runs === undefined && path === undefined;
  const deadline = Date.now() + searchMs;
  let hasFailed = false;

  const property = fc.asyncProperty(anySequence, async (operations) => {
    // Time is up for the search only: a sequence that failed is made as short as it gets.
    if (isBounded && !hasFailed && Date.now() > deadline) return;
    await playAll(operations).catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  });
  await fc.assert(property, {
    numRuns: runs === undefined ? 100 : Number(runs),
    ...(isBounded ? { interruptAfterTimeLimit: shrinkMs } : {}),
    ...(path === undefined ? {} : { path }),
  });
}, 3_600_000);
