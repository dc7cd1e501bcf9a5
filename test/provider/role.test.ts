import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenFront } from "../support/simulator/given-front.ts";
import { givenEngine, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { setOfValues, undecided } from "../support/provider/values.ts";

const type = "qumulo_role";
const privileges = setOfValues("PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ");
const config = { name: "backup-operator", description: "Reads", privileges };

async function givenRoles() {
  const cluster = await givenCluster();
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

test("a role is created with one look and one write, and the plan after that is empty", async () => {
  const { engine, simulator } = await givenRoles();
  const before = simulator.requests.length;

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(simulator.requests.slice(before).map(({ method }) => method)).toEqual(["GET", "POST"]);
  expect(created.state).toMatchObject({ id: "backup-operator", description: "Reads" });
  const read = await engine.refresh(type, created.kept);
  expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
});

test("a role needs no description and no privileges", async () => {
  const { engine } = await givenRoles();

  const created = await engine.apply(type, { name: "empty", privileges: setOfValues() });

  expect(created.errors).toEqual([]);
  expect(created.state).toMatchObject({ description: "", privileges: [] });
});

test("a role is changed in place, with only what changes", async () => {
  const { engine } = await givenRoles();
  const created = await engine.apply(type, config);

  const changed = await engine.apply(
    type,
    { ...config, privileges: setOfValues("PRIVILEGE_QUOTA_READ") },
    created.kept,
  );

  expect(changed.errors).toEqual([]);
  expect(changed.state).toMatchObject({ description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] });
  expect((await engine.refresh(type, changed.kept)).state).toEqual(changed.state);
});

test("another name replaces the role, another case does not", async () => {
  const { engine } = await givenRoles();
  const created = await engine.apply(type, config);

  expect((await engine.plan(type, { ...config, name: "other" }, created.kept)).replaces).toEqual(["name"]);
  expect((await engine.plan(type, { ...config, name: "BACKUP-Operator" }, created.kept)).isEmpty).toBe(true);
});

test("drift is seen and repaired", async () => {
  const { engine, admin } = await givenRoles();
  const created = await engine.apply(type, config);
  await admin.patch("/v1/auth/roles/backup-operator", { privileges: ["PRIVILEGE_ROLE_WRITE"] });

  const read = await engine.refresh(type, created.kept);
  const repaired = await engine.apply(type, config, read.kept);

  expect(read.state).toMatchObject({ privileges: ["PRIVILEGE_ROLE_WRITE"] });
  expect(repaired.errors).toEqual([]);
  expect(repaired.state).toEqual(created.state);
});

test("a role that changed after the plan is not overwritten, and the error says what changed", async () => {
  const { engine, admin } = await givenRoles();
  const created = await engine.apply(type, config);
  await admin.patch("/v1/auth/roles/backup-operator", { privileges: ["PRIVILEGE_ROLE_WRITE"] });

  const changed = await engine.apply(type, { ...config, description: "Still reads" }, created.kept);

  expect(changed.errors).toHaveLength(1);
  expect(changed.errors[0]?.detail).toContain("PRIVILEGE_ROLE_WRITE");
  expect((await admin.get("/v1/auth/roles/backup-operator")).field("description")).toBe("Reads");
});

test("a role that was deleted outside is planned again, and its deletion succeeds", async () => {
  const { engine, admin } = await givenRoles();
  const created = await engine.apply(type, config);
  await admin.delete("/v1/auth/roles/backup-operator");

  expect((await engine.refresh(type, created.kept)).state).toBeNull();
  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
});

test.each(["before", "after"] as const)("a deletion that is cut %s it happened comes to its end", async (when) => {
  const { engine, admin, simulator } = await givenRoles();
  const created = await engine.apply(type, config);
  simulator.failNext({ method: "DELETE", when, with: { kind: "reset" } });

  const deleted = await engine.destroy(type, created.kept);

  expect(deleted.errors).toEqual([]);
  expect((await admin.get("/v1/auth/roles/backup-operator")).status).toBe(404);
});

test("a name that is taken is an error at the name that says how to import the role", async () => {
  const { engine } = await givenRoles();
  await engine.apply(type, config);

  const created = await engine.apply(type, { ...config, name: "Backup-Operator" });

  expect(created.errors).toMatchObject([{ attribute: ["name"], detail: expect.stringContaining("import") }]);
});

test("a role is imported by name, and the plan after that is empty", async () => {
  const { engine, admin } = await givenRoles();
  await admin.post("/v1/auth/roles/", { name: "by-hand", description: "", privileges: ["PRIVILEGE_QUOTA_READ"] });

  const imported = await engine.importById(type, "by-hand");

  const same = { name: "by-hand", privileges: setOfValues("PRIVILEGE_QUOTA_READ") };
  expect((await engine.plan(type, same, imported.kept)).isEmpty).toBe(true);
});

test("a built-in role is not imported", async () => {
  const { engine } = await givenRoles();

  expect((await engine.importById(type, "observers")).errors).toMatchObject([
    { summary: "Built-in role cannot be managed" },
  ]);
});

test.each([
  ["name", { name: "two words" }, "white space"],
  ["name", { name: "" }, "white space"],
  ["name", { name: "administrators" }, "qumulo_role_member"],
  ["privileges", { privileges: setOfValues("quota_read") }, "PRIVILEGE_QUOTA_READ"],
])("a bad %s is refused while validating: %j", async (attribute, given, hint) => {
  const { engine } = await givenRoles();

  const diagnostics = await engine.validate(type, { ...config, ...given });

  expect(diagnostics).toMatchObject([{ severity: "error", attribute: [attribute] }]);
  expect(diagnostics[0]?.detail).toContain(hint);
});

test("a privilege that is a slip away from a known one is warned of by validate, and decided by the cluster while planning", async () => {
  const { engine } = await givenRoles();
  const given = { ...config, privileges: setOfValues("PRIVILEGE_QUOTA_REED") };

  expect(await engine.validate(type, given)).toMatchObject([
    { severity: "warning", attribute: ["privileges"], detail: expect.stringContaining('mean "PRIVILEGE_QUOTA_READ"') },
  ]);
  expect((await engine.plan(type, given)).errors).toMatchObject([
    { attribute: ["privileges"], detail: expect.stringContaining('mean "PRIVILEGE_QUOTA_READ"') },
  ]);
});

test("a privilege that the cluster has is not refused, however near it is to a known one", async () => {
  const { simulator } = await givenRoles();
  const newer = await givenFront(simulator, {
    "/v1/auth/privileges/": (text) => text.replace("{", '{"PRIVILEGE_QUOTA_REED": "What is new",'),
  });
  const engine = givenUnconfiguredEngine();
  await engine.configure({ ...reaching(simulator), ...newer });

  const plan = await engine.plan(type, { ...config, privileges: setOfValues("PRIVILEGE_QUOTA_REED") });

  expect([plan.errors, plan.warnings]).toEqual([[], []]);
});

test("a privilege that only this cluster may know is checked with the cluster while planning", async () => {
  const { engine } = await givenRoles();
  const given = { ...config, privileges: setOfValues("PRIVILEGE_TELEPORT_USE") };

  expect(await engine.validate(type, given)).toEqual([]);
  expect((await engine.plan(type, given)).errors).toMatchObject([{ attribute: ["privileges"] }]);
});

test("privileges that are known here cost no request while planning", async () => {
  const { engine, simulator } = await givenRoles();
  const before = simulator.requests.length;

  await engine.plan(type, config);
  await engine.plan(type, { ...config, privileges: undecided });

  expect(simulator.requests).toHaveLength(before);
});
