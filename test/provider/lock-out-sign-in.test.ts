import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import {
  type EngineOptions,
  type Given,
  givenEngine,
  givenUnconfiguredEngine,
  type Kept,
  reaching,
} from "../support/provider/given-provider.ts";
import { mapOfValues } from "../support/provider/values.ts";

const tokenType = "qumulo_access_token";
const summary = "This would lock out the account that runs it";
const errorsOf = ({ errors }: { readonly errors: readonly { readonly summary: string }[] }) =>
  errors.map((error) => error.summary);

/** A provider signed in as `keeper`, who manages roles through the local group `wardens` alone. */
async function givenWarden(options: EngineOptions = {}) {
  const cluster = await givenCluster({ localUsers: ["keeper", "other"] });
  const { admin, simulator, user } = cluster;
  const asAdmin = await givenEngine(simulator);
  const { id, name, password } = user("keeper");
  const privileges = ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_ROLE_READ", "PRIVILEGE_IDENTITY_READ"];
  await admin.post("/v1/auth/roles/", { name: "keepers", description: "", privileges });
  const group = await asAdmin.apply("qumulo_local_group", { name: "wardens" });
  const groupId = String(group.state?.["id"]);
  const membership = { group_id: groupId, member_id: id };
  const member = await asAdmin.apply("qumulo_local_group_member", membership);
  await admin.post("/v1/auth/roles/keepers/members", { auth_id: groupId });
  const engine = givenUnconfiguredEngine(options);
  await engine.configure({ ...reaching(simulator), username: name, password });
  return { ...cluster, asAdmin, engine, id, group, groupId, membership, member };
}

test("the account does not leave the group that its rights come from, nor delete it, unless asked for", async () => {
  const { engine, asAdmin, group, membership, member, user } = await givenWarden();
  const type = "qumulo_local_group_member";
  const other = await asAdmin.apply(type, { ...membership, member_id: user("other").id });

  const left = await engine.plan(type, { ...membership, member_id: user("other").id }, member.kept);
  const allowed = await asAdmin.apply(type, { ...membership, allow_lock_out: true }, member.kept);

  expect(left.errors).toMatchObject([{ summary, attribute: ["member_id"] }]);
  expect(errorsOf(await engine.destroy(type, member.kept))).toEqual([summary]);
  expect(errorsOf(await engine.destroy("qumulo_local_group", group.kept))).toEqual([summary]);
  // Others may go, and so may the account where it is asked for: what is left is the cluster's own refusal.
  expect(errorsOf(await engine.destroy(type, other.kept))).not.toContain(summary);
  expect(errorsOf(await engine.destroy(type, allowed.kept))).not.toContain(summary);
  expect(allowed.state).toMatchObject({ allow_lock_out: true, id: member.state?.["id"] });
});

test("the account does not delete or rename itself, nor get a password that nobody knows", async () => {
  const { engine, asAdmin, id, user } = await givenWarden();
  const type = "qumulo_local_user";
  const own = await asAdmin.importById(type, id);
  const other = await asAdmin.importById(type, user("other").id);
  const known = await asAdmin.apply(type, { name: "keeper", password: "Example-Passw0rd" }, own.kept);

  const renamed = await engine.plan(type, { name: "warden" }, own.kept);
  const random = await engine.plan(type, { name: "keeper" }, known.kept);
  const chosen = await engine.plan(type, { name: "keeper", password: "Example-Passw1rd" }, known.kept);
  const byOthers = await asAdmin.plan(type, { name: "keeper" }, known.kept);
  const asked = await engine.plan(type, { name: "warden", allow_lock_out: true }, own.kept);

  expect(renamed.errors).toMatchObject([{ summary, attribute: ["name"] }]);
  expect(random.errors).toMatchObject([{ summary, attribute: ["password"] }]);
  expect([chosen, byOthers, asked].flatMap(errorsOf)).toEqual([]);
  expect(errorsOf(await engine.destroy(type, own.kept))).toEqual([summary]);
  expect(errorsOf(await engine.destroy(type, other.kept))).not.toContain(summary);
});

/** A provider that is signed in with the access token of the series that it manages. */
async function givenOwnToken(coreVersion: string, config: Given) {
  const { simulator, admin } = await givenCluster({ localUsers: ["svc", "other"], coreVersion });
  const id = (await admin.get("/v1/users/")).body;
  const svc = (id as readonly { readonly name: string; readonly id: string }[]).find(({ name }) => name === "svc");
  await admin.post("/v1/auth/roles/Administrators/members", { auth_id: svc?.id });
  const asAdmin = await givenEngine(simulator);
  const created = await asAdmin.apply(tokenType, config);
  const engine = givenUnconfiguredEngine();
  const bearer_token = String(created.state?.["bearer_token"]);
  await engine.configure({ ...reaching(simulator), username: null, password: null, bearer_token });
  return { engine, asAdmin, kept: created.kept };
}

test.each(["5.3.3", "7.1.0", "7.8.2"])("on Core %s the access token in use is not ended by a plan", async (core) => {
  const config = {
    user: "local:svc",
    allow_administrator: true,
    overlap: "0s",
    rotate_when_changed: mapOfValues({ keeper: "one" }),
  };
  const rotated = { ...config, rotate_when_changed: mapOfValues({ keeper: "two" }) };
  const { engine, asAdmin, kept } = await givenOwnToken(core, config);
  const plan = async (change: Given, from: Kept = kept) => engine.plan(tokenType, { ...config, ...change }, from);

  const cut = await plan(rotated);
  const disabled = await plan({ enabled: false });
  const moved = await plan({ user: "local:other" });
  const overlapping = await plan({ ...rotated, overlap: "1h" });
  const asked = await plan({ ...rotated, allow_lock_out: true });
  const byOthers = await asAdmin.plan(tokenType, rotated, kept);

  expect(cut.errors).toMatchObject([{ summary, attribute: ["overlap"] }]);
  expect(disabled.errors).toMatchObject([{ summary, attribute: ["enabled"] }]);
  expect(moved.errors).toMatchObject([{ summary, attribute: ["overlap"] }]);
  expect([overlapping, asked, byOthers].flatMap(errorsOf)).toEqual([]);
  expect(errorsOf(await engine.destroy(tokenType, kept))).toEqual([summary]);
});

test("a rotation does not delete the token before, when that is the one in use", async () => {
  const keptBy = (keeper: string) => ({
    user: "local:svc",
    allow_administrator: true,
    rotate_when_changed: mapOfValues({ keeper }),
  });
  const { engine, asAdmin, kept } = await givenOwnToken("7.8.2", keptBy("one"));
  const second = await asAdmin.apply(tokenType, keptBy("two"), kept);

  const third = await engine.plan(tokenType, keptBy("three"), second.kept);

  expect(third.errors).toMatchObject([{ summary, attribute: ["previous_token"] }]);
});

test("the roles are listed once for all changes of a run", async () => {
  const { engine, simulator, asAdmin, membership, member, user } = await givenWarden({ elapsedMs: () => 0 });
  const type = "qumulo_local_group_member";
  const other = await asAdmin.apply(type, { ...membership, member_id: user("other").id });
  const before = simulator.requests.length;

  for (const kept of [member.kept, member.kept, other.kept]) await engine.destroy(type, kept);

  const lists = simulator.requests.slice(before).filter(({ path }) => path === "/v1/auth/roles/");
  expect(lists).toHaveLength(1);
});
