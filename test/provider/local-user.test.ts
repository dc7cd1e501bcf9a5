import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { undecided } from "../support/provider/values.ts";

const type = "qumulo_local_user";

async function givenUsers(localUsers: readonly string[] = []) {
  const cluster = await givenCluster({ localUsers });
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

test("a user is created with one request, and the plan after that is empty", async () => {
  const { engine, simulator } = await givenUsers();
  const before = simulator.requests.length;

  const created = await engine.apply(type, { name: "svc" });

  expect(created.errors).toEqual([]);
  expect(simulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /v1/users/"]);
  expect(created.state).toMatchObject({
    name: "svc",
    primary_group: "513",
    uid: null,
    home_directory: null,
    password: null,
    can_change_password: true,
  });
  const read = await engine.refresh(type, created.kept);
  expect(read.state).toEqual(created.state);
  expect((await engine.plan(type, { name: "svc" }, read.kept)).isEmpty).toBe(true);
});

test.each([
  [{ uid: "" }, { uid: "" }],
  [{ uid: "5001" }, { uid: "5001" }],
  [{ primary_group: "0" }, { primary_group: "0" }],
  [{ home_directory: "/home/svc" }, { home_directory: "/home/svc" }],
])("a user with %j keeps the practitioner's spelling, and the plan after that is empty", async (given, kept) => {
  const { engine } = await givenUsers();

  const created = await engine.apply(type, { name: "svc", ...given });
  const read = await engine.refresh(type, created.kept);

  expect(created.errors).toEqual([]);
  expect(read.state).toMatchObject(kept);
  expect((await engine.plan(type, { name: "svc", ...given }, read.kept)).isEmpty).toBe(true);
});

test("a user is changed in place, and keeps id and password", async () => {
  const { engine, signIn } = await givenUsers();
  const created = await engine.apply(type, { name: "svc", password: "Example-Passw0rd" });
  const config = { name: "svc2", uid: "5001", home_directory: "/home/svc", password: "Example-Passw0rd" };

  const planned = await engine.plan(type, config, created.kept);
  const changed = await engine.apply(type, config, created.kept);

  expect(planned.replaces).toEqual([]);
  expect(planned.planned).toMatchObject({ id: created.state?.["id"], sid: created.state?.["sid"] });
  expect(changed.state).toMatchObject({ ...config, id: created.state?.["id"] });
  await expect(signIn("svc2", "Example-Passw0rd")).resolves.toBeDefined();
});

test("what is taken out of the configuration is taken from the user", async () => {
  const { engine } = await givenUsers();
  const created = await engine.apply(type, { name: "svc", uid: "5001", home_directory: "/home/svc" });

  const changed = await engine.apply(type, { name: "svc" }, created.kept);

  expect(changed.state).toMatchObject({ uid: null, home_directory: null });
  expect((await engine.refresh(type, changed.kept)).state).toEqual(changed.state);
});

test("a new password alone is set by one request, and the old one ends", async () => {
  const { engine, simulator, signIn } = await givenUsers();
  const created = await engine.apply(type, { name: "svc", password: "Example-Passw0rd" });
  const before = simulator.requests.length;

  await engine.apply(type, { name: "svc", password: "Another-Passw0rd" }, created.kept);

  expect(simulator.requests.slice(before)).toHaveLength(1);
  await expect(signIn("svc", "Another-Passw0rd")).resolves.toBeDefined();
  await expect(signIn("svc", "Example-Passw0rd")).rejects.toThrow("password is wrong");
});

test("a password that is taken away no longer works", async () => {
  const { engine, signIn } = await givenUsers();
  const created = await engine.apply(type, { name: "svc", password: "Example-Passw0rd" });

  const changed = await engine.apply(type, { name: "svc" }, created.kept);

  expect(changed.state?.["password"]).toBeNull();
  await expect(signIn("svc", "Example-Passw0rd")).rejects.toThrow("password is wrong");
});

test("a write-only password is set and stored nowhere, and changes with its version alone", async () => {
  const { engine, signIn } = await givenUsers();
  const first = { name: "svc", password_wo: "Example-Passw0rd", password_wo_version: "1" };
  const created = await engine.apply(type, first);

  expect(JSON.stringify(created.state)).not.toContain("Example-Passw0rd");
  expect((await engine.plan(type, { ...first, password_wo: "Another-Passw0rd" }, created.kept)).isEmpty).toBe(true);

  const second = { name: "svc", password_wo: "Another-Passw0rd", password_wo_version: "2" };
  const changed = await engine.apply(type, second, created.kept);

  expect(JSON.stringify(changed.state)).not.toContain("Another-Passw0rd");
  await expect(signIn("svc", "Another-Passw0rd")).resolves.toBeDefined();
});

test("a user that was deleted outside is planned again", async () => {
  const { engine, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  await admin.delete(`/v1/users/${String(created.state?.["id"])}`);

  expect((await engine.refresh(type, created.kept)).state).toBeNull();
});

test("a change outside is seen as drift, and repaired", async () => {
  const { engine, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  const id = String(created.state?.["id"]);
  await admin.put(`/v1/users/${id}`, { id, name: "renamed", primary_group: "513", uid: "7", home_directory: null });

  const read = await engine.refresh(type, created.kept);
  const repaired = await engine.apply(type, { name: "svc" }, read.kept);

  expect(read.state).toMatchObject({ name: "renamed", uid: "7" });
  expect(repaired.state).toMatchObject({ name: "svc", uid: null });
});

test("a user that changed after the plan is not overwritten, and the error says what changed", async () => {
  const { engine, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  const id = String(created.state?.["id"]);
  await admin.put(`/v1/users/${id}`, { id, name: "svc", primary_group: "513", uid: "7", home_directory: null });

  const changed = await engine.apply(type, { name: "svc", home_directory: "/home/svc" }, created.kept);

  expect(changed.errors).toMatchObject([{ detail: expect.stringContaining('uid was not set and is "7"') }]);
  expect(changed.state).toEqual(created.state);
});

test("a change whose answer was lost is found to be done", async () => {
  const { engine, simulator } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  simulator.failNext({ method: "PUT", when: "after", with: { kind: "reset" } });

  const changed = await engine.apply(type, { name: "svc", uid: "7" }, created.kept);

  expect(changed.errors).toEqual([]);
  expect(changed.state).toMatchObject({ uid: "7" });
});

test("a user that is gone when it is changed is an error that says so", async () => {
  const { engine, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  await admin.delete(`/v1/users/${String(created.state?.["id"])}`);

  const changed = await engine.apply(type, { name: "svc2" }, created.kept);

  expect(changed.errors).toMatchObject([{ summary: "Local user svc is gone" }]);
});

test("deleting a user deletes the tokens that are left first, and says so", async () => {
  const { engine, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  const id = String(created.state?.["id"]);
  const token = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: id } });

  const deleted = await engine.destroy(type, created.kept);

  expect(deleted.state).toBeNull();
  expect(deleted.warnings).toMatchObject([{ detail: expect.stringContaining(token.field("id")) }]);
  expect((await admin.get(`/v1/auth/access-tokens/${token.field("id")}`)).status).toBe(404);
  expect((await admin.get(`/v1/users/${id}`)).status).toBe(404);
});

test("deleting a user that is gone already succeeds", async () => {
  const { engine, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  await admin.delete(`/v1/users/${String(created.state?.["id"])}`);

  const deleted = await engine.destroy(type, created.kept);

  expect(deleted.errors).toEqual([]);
  expect(deleted.state).toBeNull();
});

test.each(["before", "after"] as const)("a deletion that is cut %s it happened comes to its end", async (when) => {
  const { engine, simulator, admin } = await givenUsers();
  const created = await engine.apply(type, { name: "svc" });
  simulator.failNext({ method: "DELETE", path: /users/, when, with: { kind: "reset" } });

  const deleted = await engine.destroy(type, created.kept);

  expect(deleted.errors).toEqual([]);
  expect((await admin.get(`/v1/users/${String(created.state?.["id"])}`)).status).toBe(404);
});

test("a name that is taken is an error at the name that says how to import the user", async () => {
  const { engine, user } = await givenUsers(["svc"]);

  const created = await engine.apply(type, { name: "SVC" });

  expect(created.errors).toMatchObject([{ attribute: ["name"], summary: "Local user exists already" }]);
  expect(created.errors[0]?.detail).toContain(user("svc").id);
  expect(created.state).toBeNull();
});

test("the name of a group is an error at the name as well", async () => {
  const { engine } = await givenUsers();

  const created = await engine.apply(type, { name: "Users" });

  expect(created.errors).toMatchObject([{ attribute: ["name"] }]);
});

test("a missing privilege is named", async () => {
  const { simulator, holderOf } = await givenCluster();
  const holder = await holderOf("PRIVILEGE_LOCAL_USER_READ");
  const engine = await givenEngine(simulator);
  await engine.configure({
    host: simulator.host,
    port: simulator.port,
    ca_pem: simulator.certificatePem,
    username: holder.user.name,
    password: holder.user.password,
  });

  const created = await engine.apply(type, { name: "svc" });

  expect(created.errors).toMatchObject([{ detail: expect.stringContaining("PRIVILEGE_LOCAL_USER_WRITE") }]);
});

test.each(["id", "name"])("a user is imported by %s, and the plan after that is empty", async (by) => {
  const { engine, user } = await givenUsers(["svc"]);

  const imported = await engine.importById(type, by === "id" ? user("svc").id : "svc");

  expect(imported.errors).toEqual([]);
  expect(imported.state).toMatchObject({ id: user("svc").id, name: "svc" });
  expect((await engine.plan(type, { name: "svc" }, imported.kept)).isEmpty).toBe(true);
});

test.each(["007", "4711"])("a user whose name is the number %s is imported by it", async (name) => {
  const { simulator, user } = await givenCluster({ localUsers: [name] });
  const engine = await givenEngine(simulator);

  const imported = await engine.importById(type, name);

  expect(imported.errors).toEqual([]);
  expect(imported.state).toMatchObject({ id: user(name).id, name });
});

test("a number that is the id of one user and the name of another is the id", async () => {
  const { simulator } = await givenCluster({ localUsers: ["501"] });
  const engine = await givenEngine(simulator);

  expect((await engine.importById(type, "501")).state).toMatchObject({ id: "501", name: "guest" });
});

test("an import of a user that is not there is an error", async () => {
  const { engine } = await givenUsers();

  expect((await engine.importById(type, "nobody-here")).errors).toMatchObject([{ summary: "No such local user" }]);
  expect((await engine.importById(type, "99999")).state).toBeNull();
});

test("a built-in user is imported with a warning, and never deleted", async () => {
  const { engine } = await givenUsers();

  const imported = await engine.importById(type, "guest");
  const deleted = await engine.destroy(type, imported.kept);

  expect(imported.warnings).toHaveLength(1);
  expect(deleted.errors).toMatchObject([{ summary: "Built-in user cannot be deleted" }]);
});

test.each([
  ["name", { name: "" }],
  ["name", { name: "a/b" }],
  ["name", { name: " svc" }],
  ["name", { name: "x".repeat(257) }],
  ["primary_group", { primary_group: "back-up users" }],
  ["uid", { uid: "4294967296" }],
  ["uid", { uid: "-1" }],
  ["home_directory", { home_directory: "home" }],
  ["password", { password: "short1A" }],
  ["password", { password: "lowercase1" }],
  ["password_wo", { password_wo: "weak", password_wo_version: "1" }],
  ["password", { password: "Example-Passw0rd", password_wo: "Example-Passw0rd", password_wo_version: "1" }],
  ["password_wo_version", { password_wo: "Example-Passw0rd" }],
  ["password_wo_version", { password_wo_version: "1" }],
])("a bad %s is refused while validating: %j", async (attribute, config) => {
  const { engine } = await givenUsers();

  const diagnostics = await engine.validate(type, { name: "svc", ...config });

  expect(diagnostics).toMatchObject([{ severity: "error", attribute: [attribute] }]);
  expect(JSON.stringify(diagnostics)).not.toContain("Example-Passw0rd");
});

test.each([
  { name: "x".repeat(256) },
  { uid: "4294967295" },
  { uid: "0" },
  { uid: undecided },
  { password: "Aa345678" },
  { password: undecided },
  { password_wo: undecided, password_wo_version: undecided },
])("what is on the right side of a limit, or unknown, is accepted: %j", async (config) => {
  const { engine } = await givenUsers();

  expect(await engine.validate(type, { name: "svc", ...config })).toEqual([]);
});
