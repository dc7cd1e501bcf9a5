import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine, reaching } from "../support/provider/given-provider.ts";
import { undecided } from "../support/provider/values.ts";

const type = "qumulo_role_member";

async function givenMembers(repeatedMemberAccepted = false) {
  const cluster = await givenCluster({ localUsers: ["svc"], variations: { repeatedMemberAccepted } });
  const { id } = cluster.user("svc");
  return {
    ...cluster,
    id,
    path: `/v1/auth/roles/Observers/members/${id}`,
    engine: await givenEngine(cluster.simulator),
  };
}

test("a member is added by auth_id with one request, and the plan after that is empty", async () => {
  const { engine, simulator, id } = await givenMembers();
  const config = { role_name: "Observers", auth_id: id };
  const before = simulator.requests.length;

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(simulator.requests.slice(before)).toHaveLength(1);
  expect(created.state).toMatchObject({ id: `Observers:${id}`, auth_id: id, name: "svc", domain: "LOCAL", uid: null });
  const read = await engine.refresh(type, created.kept);
  expect(read.state).toEqual(created.state);
  expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
});

test.each([{ name: "svc", domain: "LOCAL" }, { name: "SVC", domain: "LOCAL" }, { name: "svc" }])(
  "a member is added by %j, and the plan after that is empty",
  async (member) => {
    const { engine, id } = await givenMembers();
    const config = { role_name: "observers", ...member };

    const created = await engine.apply(type, config);
    const read = await engine.refresh(type, created.kept);

    expect(created.errors).toEqual([]);
    expect(read.state).toMatchObject({ auth_id: id, ...member, role_name: "observers" });
    expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
  },
);

test("a group may be a member", async () => {
  const { engine } = await givenMembers();

  const created = await engine.apply(type, { role_name: "Observers", name: "Users", domain: "LOCAL" });

  expect(created.errors).toEqual([]);
  expect(created.state).toMatchObject({ auth_id: "513" });
});

test("another member, or another role, is an update that moves the membership", async () => {
  const { engine, id } = await givenMembers();
  const created = await engine.apply(type, { role_name: "Observers", auth_id: id });

  const member = await engine.plan(type, { role_name: "Observers", auth_id: "501" }, created.kept);
  const role = await engine.plan(type, { role_name: "other", auth_id: id }, created.kept);

  expect(member).toMatchObject({ replaces: [], planned: { id: "Observers:501", auth_id: "501", name: "(unknown)" } });
  expect(role).toMatchObject({ replaces: [], planned: { id: `other:${id}`, auth_id: id, name: "svc" } });
});

test.each([true, false])("who is a member already is taken over (answered 200: %s)", async (repeatedMemberAccepted) => {
  const { engine, admin, id } = await givenMembers(repeatedMemberAccepted);
  await admin.post("/v1/auth/roles/Observers/members", { auth_id: id });

  const created = await engine.apply(type, { role_name: "Observers", name: "svc", domain: "LOCAL" });

  expect(created.errors).toEqual([]);
  expect(created.state).toMatchObject({ auth_id: id });
});

test.each(["before", "after"] as const)("an addition that is cut %s it happened comes to its end", async (when) => {
  const { engine, simulator, admin, id, path } = await givenMembers();
  simulator.failNext({ method: "POST", path: /members/, when, with: { kind: "reset" } });

  const created = await engine.apply(type, { role_name: "Observers", auth_id: id });

  expect(created.errors).toEqual([]);
  expect((await admin.get(path)).status).toBe(200);
});

test("who may not look up identities takes over a member by auth_id or local name, and is told the privilege for others", async () => {
  const { admin, simulator, holderOf, path, id } = await givenMembers();
  const { user } = await holderOf("PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE");
  const engine = await givenEngine(simulator);
  await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });
  for (const member of [{ auth_id: id }, { uid: 5_001 }]) await admin.post(path.replace(/\/\d+$/, ""), member);

  const byId = await engine.apply(type, { role_name: "Observers", auth_id: id });
  const byName = await engine.apply(type, { role_name: "Observers", name: "svc", domain: "LOCAL" });
  const byUid = await engine.apply(type, { role_name: "Observers", uid: "5001" });

  expect([...byId.errors, ...byName.errors]).toEqual([]);
  expect(byUid.errors[0]?.detail).toContain("PRIVILEGE_IDENTITY_READ");
  expect(byUid.errors[0]?.detail).not.toContain("PRIVILEGE_ROLE_WRITE");
});

test("a member is removed, and one that is gone already is not an error", async () => {
  const { engine, admin, id, path, simulator } = await givenMembers();
  const created = await engine.apply(type, { role_name: "Observers", auth_id: id });
  await engine.configure(reaching(simulator));

  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
  expect((await admin.get(path)).status).toBe(404);
  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
  expect((await engine.refresh(type, created.kept)).state).toBeNull();
});

test("an attribute that names the present member beside one that names another is refused while planning", async () => {
  const { engine, id } = await givenMembers();
  const created = await engine.apply(type, { role_name: "Observers", auth_id: id });

  const plans = [
    await engine.plan(type, { role_name: "Observers", auth_id: id, name: "guest" }, created.kept),
    await engine.plan(type, { role_name: "Observers", auth_id: "501", name: "svc" }, created.kept),
  ];

  const summary = "Role member is given as two identities";
  expect(plans.map(({ errors }) => errors)).toMatchObject([
    [{ summary, attribute: ["name"] }],
    [{ summary, attribute: ["auth_id"] }],
  ]);
});

test("an unknown role is an error at the role", async () => {
  const { engine, id } = await givenMembers();

  const created = await engine.apply(type, { role_name: "no-such-role", auth_id: id });

  expect(created.errors).toMatchObject([{ summary: "No such role", attribute: ["role_name"] }]);
});

test("an identity that does not resolve is an error at its attribute", async () => {
  const { engine } = await givenMembers();

  const created = await engine.apply(type, { role_name: "Observers", name: "nobody-here", domain: "LOCAL" });

  expect(created.errors).toMatchObject([{ summary: "Role member cannot be found", attribute: ["name"] }]);
});

test("a membership is imported, and the plan after that is empty", async () => {
  const { engine, admin, id } = await givenMembers();
  await admin.post("/v1/auth/roles/Observers/members", { auth_id: id });

  const imported = await engine.importById(type, `Observers:${id}`);

  expect(imported.errors).toEqual([]);
  expect((await engine.plan(type, { role_name: "Observers", auth_id: id }, imported.kept)).isEmpty).toBe(true);
});

test.each(["Observers", "Observers:svc", ":1004", ""])("the import id %j is refused", async (id) => {
  const { engine } = await givenMembers();

  expect((await engine.importById(type, id)).errors).toMatchObject([{ summary: "Import id is invalid" }]);
});

test("a member that is not named is refused while validating, an unknown one is not", async () => {
  const { engine } = await givenMembers();

  expect(await engine.validate(type, { role_name: "Observers", domain: "LOCAL" })).toHaveLength(1);
  expect(await engine.validate(type, { role_name: undecided, auth_id: undecided })).toEqual([]);
});

test.each([
  ["role_name", { role_name: "two words" }],
  ["auth_id", { auth_id: "svc" }],
  ["auth_id", { auth_id: "18446744073709551616" }],
  ["domain", { domain: "NO_WHERE" }],
  ["name", { name: " " }],
  ["uid", { uid: "x" }],
  ["gid", { gid: "4294967296" }],
])("a bad %s is refused while validating: %j", async (attribute, given) => {
  const { engine, id } = await givenMembers();

  const diagnostics = await engine.validate(type, { role_name: "Observers", auth_id: id, ...given });

  expect(diagnostics).toMatchObject([{ attribute: [attribute] }]);
});
