import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";

const type = "qumulo_local_group";
const config = { name: "automation", gid: "7001" };

async function givenGroups() {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

test("a local group is created with one look and one write, and the plan after that is empty", async () => {
  const { engine, simulator } = await givenGroups();
  const before = simulator.requests.length;

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(simulator.requests.slice(before).map(({ method }) => method)).toEqual(["GET", "POST"]);
  expect(created.state).toMatchObject({ ...config, sid: expect.stringContaining("S-1-5-21-") });
  const read = await engine.refresh(type, created.kept);
  expect(read.state).toEqual(created.state);
  expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
});

test("a local group is renamed and loses its gid in place, and its id stays", async () => {
  const { engine } = await givenGroups();
  const created = await engine.apply(type, config);

  const changed = await engine.apply(type, { name: "robots" }, created.kept);

  expect(changed.errors).toEqual([]);
  expect(changed.state).toMatchObject({ id: created.state?.["id"], name: "robots", gid: null });
  expect((await engine.refresh(type, changed.kept)).state).toEqual(changed.state);
});

test("a local group that changed after the plan is not overwritten, and the error says what changed", async () => {
  const { engine, admin } = await givenGroups();
  const created = await engine.apply(type, config);
  const id = String(created.state?.["id"]);
  await admin.put(`/v1/groups/${id}`, { id, name: "automation", gid: "7002" });

  const changed = await engine.apply(type, { ...config, name: "robots" }, created.kept);

  expect(changed.errors).toMatchObject([{ detail: expect.stringContaining(`gid was "7001" and is "7002"`) }]);
  expect((await admin.get(`/v1/groups/${id}`)).field("name")).toBe("automation");
});

test("a change between reading and writing is met by If-Match, and refused", async () => {
  const { engine, admin, simulator } = await givenGroups();
  const created = await engine.apply(type, config);
  const id = String(created.state?.["id"]);
  simulator.failNext({ method: "PUT", with: { kind: "status", status: 412 } });

  const changed = await engine.apply(type, { ...config, name: "robots" }, created.kept);

  // The group itself had not changed: the second attempt is made with a new mark.
  expect(changed.errors).toEqual([]);
  expect((await admin.get(`/v1/groups/${id}`)).field("name")).toBe("robots");
  const puts = simulator.requests.filter(({ method }) => method === "PUT");
  expect(puts).toHaveLength(2);
});

test("a local group that was deleted outside is planned again, and its deletion succeeds", async () => {
  const { engine, admin } = await givenGroups();
  const created = await engine.apply(type, config);
  await admin.delete(`/v1/groups/${String(created.state?.["id"])}`);

  expect((await engine.refresh(type, created.kept)).state).toBeNull();
  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
});

test.each([
  [{ name: "AUTOMATION" }, { attribute: ["name"], summary: "Local group exists already" }],
  [{ name: "svc" }, { attribute: ["name"], summary: "Local group svc could not be created" }],
  [
    { name: "other", gid: "7001" },
    { attribute: ["gid"], summary: "gid is taken" },
  ],
])("what is taken is an error at its attribute: %j", async (given, expected) => {
  const { engine } = await givenGroups();
  await engine.apply(type, config);

  const created = await engine.apply(type, given);

  expect(created.errors).toMatchObject([expected]);
});

test("the primary group of somebody is not deleted, and the error names whose it is", async () => {
  const { engine, admin, user } = await givenGroups();
  const created = await engine.apply(type, config);
  const { id } = user("svc");
  await admin.put(`/v1/users/${id}`, {
    id,
    name: "svc",
    primary_group: created.state?.["id"],
    uid: "",
    home_directory: null,
  });

  const destroyed = await engine.destroy(type, created.kept);

  expect(destroyed.errors).toMatchObject([{ detail: expect.stringContaining("primary group of svc") }]);
  expect(destroyed.state).toEqual(created.state);
});

test.each(["automation", "AUTOMATION", "the id"])("a local group is imported by %j", async (given) => {
  const { engine, admin } = await givenGroups();
  const id = (await admin.post("/v1/groups/", config)).field("id");

  const imported = await engine.importById(type, given === "the id" ? id : given);

  expect(imported.errors).toEqual([]);
  expect((await engine.plan(type, config, imported.kept)).isEmpty).toBe(true);
});

test.each(["007", "4711"])("a local group whose name is the number %s is imported by it", async (name) => {
  const { simulator, admin } = await givenCluster();
  const id = (await admin.post("/v1/groups/", { name })).field("id");
  const engine = await givenEngine(simulator);

  expect((await engine.importById(type, name)).state).toMatchObject({ id, name });
});

test("a name that no local group has is not imported", async () => {
  const { engine } = await givenGroups();

  expect((await engine.importById(type, "svc")).errors).toMatchObject([{ summary: "No such local group" }]);
});

test("a built-in group is imported with a warning, and neither changed nor deleted", async () => {
  const { engine } = await givenGroups();

  const imported = await engine.importById(type, "Users");
  const renamed = await engine.plan(type, { name: "People" }, imported.kept);

  expect(imported.warnings).toMatchObject([{ summary: "Built-in group imported" }]);
  expect((await engine.plan(type, { name: "Users" }, imported.kept)).isEmpty).toBe(true);
  expect(renamed.errors).toMatchObject([{ summary: "Built-in group cannot be changed", attribute: ["name"] }]);
  expect((await engine.destroy(type, imported.kept)).errors).toMatchObject([
    { summary: "Built-in group cannot be deleted" },
  ]);
});

test.each([
  ["name", { name: "" }],
  ["name", { name: "a/b" }],
  ["name", { name: "x".repeat(257) }],
  ["gid", { gid: "4294967296" }],
])("a bad %s is refused while validating: %j", async (attribute, given) => {
  const { engine } = await givenGroups();

  expect(await engine.validate(type, { ...config, ...given })).toMatchObject([{ attribute: [attribute] }]);
  expect(await engine.validate(type, { name: "x".repeat(256), gid: "4294967295" })).toEqual([]);
});
