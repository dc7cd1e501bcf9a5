import { describe, expect, test } from "@jest/globals";
import type { FaultDeclaration } from "../../../src/simulator/index.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import { handMadeCluster } from "../../support/simulator/hand-made-cluster.ts";
import type { Value } from "../../../src/framework/value.ts";
import { list, type Listed } from "../../support/provider/given-list.ts";
import { type Given, givenEngine, reaching } from "../../support/provider/given-provider.ts";
import { type Plain, plain, setOfValues } from "../../support/provider/values.ts";

const types = [
  "qumulo_local_user",
  "qumulo_local_group",
  "qumulo_local_group_member",
  "qumulo_role",
  "qumulo_role_member",
  "qumulo_role_members",
  "qumulo_access_token",
];

/** A cluster of twelve accounts that people have made by hand, and an engine. */
async function givenHandMade() {
  const cluster = await givenCluster({ seed: handMadeCluster(12) });
  // All of it is one run: what was asked for is not asked for again.
  const engine = await givenEngine(cluster.simulator, { elapsedMs: () => 0 });
  return { ...cluster, engine };
}

function namesOf({ objects }: Listed): readonly string[] {
  return objects.map(({ name }) => name);
}

test("every resource type can be listed", async () => {
  const { engine } = await givenHandMade();

  expect([...engine.server.schemas.lists.keys()].sort()).toEqual([...types].sort());
});

test.each(types)("what a list says of each %s is what an import of it reads", async (typeName) => {
  const { engine } = await givenHandMade();

  const { objects, errors } = await list(engine, typeName, { includesObject: true });

  expect(errors).toEqual([]);
  expect(objects.length).toBeGreaterThan(3);
  for (const { identity, state } of objects) {
    const { state: imported } = await engine.importById(typeName, importId(identity));
    expect(state).toEqual(imported);
  }
});

/** What names an object, in the form of an import by id. */
function importId(identity: unknown): string {
  return Object.values(identity as Readonly<Record<string, string>>).join(":");
}

test.each(types)("a configuration of each %s that is listed plans no change", async (typeName) => {
  const { engine } = await givenHandMade();
  const { objects } = await list(engine, typeName, { includesObject: true });

  for (const { identity } of objects) {
    const { kept } = await engine.importById(typeName, importId(identity));
    const { config } = await engine.server.generateConfig({ typeName, state: kept.state });
    const capabilities = { writeOnlyAttributesAllowed: true };
    const checked = await engine.server.validateResource({ typeName, config, capabilities });
    const plan = await engine.plan(typeName, given(config), kept);

    expect(checked.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(plan.errors).toEqual([]);
    expect(plan.isEmpty).toBe(true);
  }
});

/** A generated configuration, as it is given to an engine. */
function given(config: Value): Given {
  const entries = "entries" in config ? [...config.entries] : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, givenValue(value)]));
}

function givenValue(value: Value): Plain {
  if (value.kind !== "set") return plain(value) as Plain;
  return setOfValues(...value.elements.map((element) => String(plain(element))));
}

test.each([
  ["qumulo_local_user", "admin"],
  ["qumulo_local_group", "Users"],
  ["qumulo_local_group_member", "admin in Guests"],
  ["qumulo_role", "Observers"],
  ["qumulo_role_member", "admin in Administrators"],
  ["qumulo_role_members", "members of Administrators"],
])("of each %s, %s comes with every cluster, and is listed only where it is asked for", async (typeName, builtIn) => {
  const { engine, admin } = await givenHandMade();
  await admin.post("/v1/groups/514/members/", { member_id: "500" });

  const own = await list(engine, typeName, { includesObject: true });
  const all = await list(engine, typeName, { filters: { include_built_in: true }, includesObject: true });

  expect([own.errors, all.errors]).toEqual([[], []]);
  expect(namesOf(own)).not.toContain(builtIn);
  expect(namesOf(all)).toContain(builtIn);
  expect(namesOf(all)).toEqual(expect.arrayContaining([...namesOf(own)]));
});

const filtered: readonly (readonly [type: string, filters: Given, names: readonly string[]])[] = [
  ["local_user", { name_pattern: "SVC-?" }, ["svc-0", "svc-1", "svc-2"]],
  ["local_user", { group: "operators" }, ["svc-backup", "Svc ${Odd}"]],
  ["local_user", { group: "3001", name_pattern: "*backup" }, ["svc-backup"]],
  ["local_user", { role: "backup-reader" }, ["svc-backup", "Svc ${Odd}"]],
  ["local_user", { role: "MIXED", include_built_in: true }, ["admin", "class"]],
  ["local_group", { role: "backup-reader" }, ["operators"]],
  ["local_group", { name_pattern: "team-1" }, ["team-1"]],
  ["local_group_member", { group: "operators" }, ["admin in operators", "svc-backup in operators"]],
  ["local_group_member", { name_pattern: "svc-1" }, ["svc-1 in team-1"]],
  ["role", { privilege: "PRIVILEGE_DEBUG" }, ["whole"]],
  ["role", { name_pattern: "no*" }, ["nobody"]],
  ["role_member", { role: "whole" }, ["svc-whole in whole"]],
  ["role_member", { name_pattern: "svc-0" }, ["svc-0 in role-0"]],
  ["role_members", { name_pattern: "whole" }, ["members of whole"]],
  ["access_token", { user: "local:boss" }, ["local:boss without an end"]],
  ["access_token", { user: "auth_id:4006", enabled: false }, []],
  ["access_token", { enabled: false }, ["local:svc-two without an end, disabled"]],
  ["access_token", { expiring_within: "30d" }, ["local:svc-two until 2020-01-01T00:00:00Z"]],
  ["access_token", { never_expires: false, name_pattern: "svc-two" }, ["local:svc-two until 2020-01-01T00:00:00Z"]],
  ["access_token", { never_expires: true, role: "role-0" }, ["local:svc-0 without an end"]],
  [
    "access_token",
    { role: "backup-reader" },
    [
      "local:svc-backup until 2099-01-01T00:00:00.123456789Z",
      "ad:LAB\\jane without an end",
      "local:admin until 2099-01-01T00:00:00Z",
      "local:Svc ${Odd} until 2099-01-01T00:00:00Z",
    ],
  ],
];

test.each(filtered)("a list of %s with %j has %j", async (type, filters, names) => {
  const { engine } = await givenHandMade();

  const listed = await list(engine, `qumulo_${type}`, { filters });

  expect(listed.errors).toEqual([]);
  expect([...namesOf(listed)].sort()).toEqual([...names].sort());
});

test.each([
  ["local_user", { group: "nobodies" }, ["group", "No such local group"]],
  ["local_user", { role: "nobodies" }, ["role", "No such role"]],
  ["role_member", { role: "nobodies" }, ["role", "No such role"]],
  ["access_token", { user: "local:nobody-at-all" }, ["user", "No such identity"]],
  ["access_token", { expiring_within: "soon" }, ["expiring_within", "Duration is invalid"]],
  ["role", { name_pattern: "" }, ["name_pattern", "Filter is empty"]],
])("a list of %s with %j fails at %j instead of being empty", async (type, filters, [attribute, summary]) => {
  const { engine } = await givenHandMade();

  const { objects, errors } = await list(engine, `qumulo_${type}`, { filters });

  expect(objects).toEqual([]);
  expect(errors).toMatchObject([{ summary, attribute: [attribute] }]);
});

test("a role that no configuration can name is left out with a warning, its members too", async () => {
  const { engine } = await givenHandMade();

  const [roles, members] = [await list(engine, "qumulo_role"), await list(engine, "qumulo_role_member")];

  expect(roles.warnings).toMatchObject([{ detail: expect.stringContaining("engines change") }]);
  expect(members.warnings).toHaveLength(1);
  expect(namesOf(roles).length).toBeGreaterThan(5);
});

test("an access token of a deleted user, which nobody can manage, is left out with a warning", async () => {
  const { simulator, admin, user } = await givenCluster({ localUsers: ["svc", "gone"] });
  for (const name of ["svc", "gone"]) {
    await admin.post("/v1/auth/access-tokens/", { user: { auth_id: user(name).id } });
  }
  await admin.delete(`/v1/users/${user("gone").id}`);

  const listed = await list(await givenEngine(simulator), "qumulo_access_token");

  expect(namesOf(listed)).toEqual(["local:svc without an end"]);
  expect(listed.warnings).toMatchObject([{ detail: expect.stringContaining(`auth_id ${user("gone").id}`) }]);
});

test.each([
  ["qumulo_local_user", "PRIVILEGE_LOCAL_USER_READ"],
  ["qumulo_local_group_member", "PRIVILEGE_LOCAL_GROUP_READ"],
  ["qumulo_role_members", "PRIVILEGE_ROLE_READ"],
  ["qumulo_access_token", "PRIVILEGE_ACCESS_TOKENS_READ"],
])(
  "a login that may not read each %s gets no list, and learns which privilege it lacks",
  async (typeName, privilege) => {
    const { simulator, holderOf } = await givenCluster();
    const { user } = await holderOf("PRIVILEGE_QUOTA_READ");
    const engine = await givenEngine(simulator);
    await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });

    const { objects, errors } = await list(engine, typeName);

    expect(objects).toEqual([]);
    expect(errors).toMatchObject([{ detail: expect.stringContaining(privilege) }]);
  },
);

test("where the members of one group alone may not be read, the list is of the others, and says so", async () => {
  const { simulator, engine } = await givenHandMade();
  simulator.failNext({ path: /groups\/3001\/members/, with: { kind: "status", status: 403 }, times: Infinity });

  const members = await list(engine, "qumulo_local_group_member");
  const users = await list(engine, "qumulo_local_user", { filters: { group: "team-0" } });

  expect(namesOf(members)).toContain("svc-0 in team-0");
  expect(members.warnings).toMatchObject([{ detail: expect.stringContaining("members of operators") }]);
  // A filter rests on what was read as a whole.
  expect(users.objects).toEqual([]);
  expect(users.errors).toHaveLength(1);
});

const faults: readonly (readonly [string, FaultDeclaration["with"]])[] = [
  ["resets connections", { kind: "reset" }],
  ["answers 500", { kind: "status", status: 500 }],
  ["answers 503", { kind: "status", status: 503, retryAfterSeconds: 0 }],
  ["answers 429", { kind: "status", status: 429, retryAfterSeconds: 0 }],
  ["answers nothing", { kind: "empty-body" }],
  ["answers half", { kind: "broken-json" }],
  ["is not what answers", { kind: "web-page" }],
];

describe.each(faults)("while the cluster %s", (_what, fault) => {
  test.each(types)("a list of each %s fails as a whole, at whichever request", async (typeName) => {
    const { simulator, engine: counting } = await givenHandMade();
    const before = simulator.requests.length;
    await list(counting, typeName);
    const requests = simulator.requests.length - before;

    for (const skip of [0, requests - 1]) {
      const engine = await givenEngine(simulator, { elapsedMs: () => 0 });
      simulator.clearFaults();
      simulator.failNext({ with: fault, skip, times: Infinity });
      const { errors } = await list(engine, typeName);
      simulator.clearFaults();

      expect(errors).toHaveLength(1);
    }
  });
});

test("a list that is given up in its middle ends its requests", async () => {
  const { simulator, engine } = await givenHandMade();
  const controller = new AbortController();
  simulator.failNext({ path: /members/, with: { kind: "hang" }, times: Infinity });

  const listing = list(engine, "qumulo_role_member", { signal: controller.signal });
  controller.abort();
  const { objects, errors } = await listing;

  expect(objects).toEqual([]);
  expect(errors).toHaveLength(1);
});

test("a list asks for each page once, and says what it reads", async () => {
  const { simulator, engine } = await givenHandMade();
  const said: string[] = [];
  const before = simulator.requests.length;

  await list(engine, "qumulo_access_token", { progress: (message) => said.push(message) });
  await list(engine, "qumulo_access_token", { includesObject: true });

  const paths = simulator.requests.slice(before).map(({ path }) => path);
  expect(paths).toEqual([expect.stringMatching(/^\/v1\/auth\/access-tokens\//)]);
  expect(said).toEqual(["Reading access tokens"]);
});
