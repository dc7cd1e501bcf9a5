import { expect, test } from "@jest/globals";
import type { Variations } from "../../src/simulator/index.ts";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { makeUser, memberIds, runAgain, signInAs, single, whole } from "../support/provider/given-members.ts";
import { givenEngine, reaching } from "../support/provider/given-provider.ts";
import { setOfValues, undecided } from "../support/provider/values.ts";

/** Deletes a user and makes another of the same name. @returns the id of the new one */
async function makeAgain(cluster: GivenCluster, name: string): Promise<string> {
  await cluster.admin.delete(`/v1/users/${cluster.user(name).id}`);
  return makeUser(cluster, name);
}

async function rename({ admin }: GivenCluster, id: string, name: string): Promise<void> {
  await admin.put(`/v1/users/${id}`, { id, name, primary_group: "513" });
}

async function givenMembers(variations: Variations = {}) {
  const cluster = await givenCluster({ localUsers: ["svc-a", "other"], variations });
  const engine = await givenEngine(cluster.simulator);
  const { id } = cluster.user("svc-a");
  /** Another run has another memory. */
  const nextRun = async () => engine.configure(reaching(cluster.simulator));
  return { cluster, engine, id, nextRun };
}

/** The two ways to give the role to somebody, each named as practitioners do. */
const ways = [
  ["member, by name and domain", single, { role_name: "Observers", name: "svc-a", domain: "LOCAL" }],
  ["member, by a bare name", single, { role_name: "Observers", name: "svc-a" }],
  ["members, with a domain", whole, { role_name: "Observers", members: setOfValues("local:svc-a") }],
  ["members, by bare names", whole, { role_name: "Observers", members: setOfValues("svc-a") }],
] as const;

test.each(ways)("the role follows a name that was deleted and made again: %s", async (_way, type, config) => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const { kept } = await engine.apply(type, config);
  const newId = await makeAgain(cluster, "svc-a");
  await nextRun();

  const { plan, applied, isSettled } = await runAgain(engine, { type, config, kept });

  expect(plan.isEmpty).toBe(false);
  expect(plan.warnings).toMatchObject([{ detail: expect.stringMatching(`auth_id ${id} .*auth_id ${newId} now`) }]);
  expect(applied.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([newId]);
  expect(isSettled).toBe(true);
});

test.each(ways)("the role follows a name that another account was given: %s", async (_way, type, config) => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const { kept } = await engine.apply(type, config);
  await rename(cluster, id, "svc-b");
  const newId = await makeUser(cluster, "svc-a");
  await nextRun();

  const { plan, applied, isSettled } = await runAgain(engine, { type, config, kept });

  const told = type === single ? plan.planned?.["auth_id"] : plan.planned?.["auth_ids"];
  expect(JSON.stringify(told)).toContain(newId);
  expect(JSON.stringify(told)).not.toContain(id);
  expect(plan.warnings).toMatchObject([{ detail: expect.stringMatching(`auth_id ${id} .*auth_id ${newId} now`) }]);
  expect(applied.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([newId]);
  expect(isSettled).toBe(true);
});

test("the list shows who leaves and who comes", async () => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const config = { role_name: "Observers", members: setOfValues("local:svc-a", "local:other") };
  const { kept } = await engine.apply(whole, config);
  await rename(cluster, id, "svc-b");
  await makeUser(cluster, "svc-a");
  await nextRun();

  const read = await engine.refresh(whole, kept);

  expect(read.state).toMatchObject({ members: ["local:other", "local:svc-b"] });
});

test.each(ways)(
  "a name that nobody has any longer is not an empty plan, and costs nobody the role: %s",
  async (_way, type, config) => {
    const { cluster, engine, id, nextRun } = await givenMembers();
    const { kept } = await engine.apply(type, config);
    await rename(cluster, id, "svc-b");
    await nextRun();

    const { plan, applied } = await runAgain(engine, { type, config, kept });

    expect(plan.isEmpty).toBe(false);
    expect(plan.warnings).toMatchObject([{ detail: expect.stringContaining("nobody has that name now") }]);
    expect(applied.errors).toMatchObject([{ summary: "Role member cannot be found" }]);
    expect(await memberIds(cluster)).toEqual([id]);
  },
);

test.each(ways)("the role follows an account that the same run makes again: %s", async (_way, type, config) => {
  const { cluster, engine, nextRun } = await givenMembers();
  const user = { name: "svc-a" };
  const imported = await engine.importById("qumulo_local_user", "svc-a");
  const { kept } = await engine.apply(type, config);
  await nextRun();
  const read = await engine.refresh(type, kept);

  await engine.plan("qumulo_local_user", user);
  const plan = await engine.plan(type, config, read.kept);
  await nextRun();
  await engine.destroy("qumulo_local_user", imported.kept);
  const made = await engine.apply("qumulo_local_user", user);
  const applied = await engine.apply(type, config, read.kept);
  await nextRun();
  const after = await engine.refresh(type, applied.kept);

  expect(plan.isEmpty).toBe(false);
  expect(plan.planned?.[type === single ? "auth_id" : "auth_ids"]).toBe("(unknown)");
  expect(applied.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([made.state?.["id"]]);
  expect((await engine.plan(type, config, after.kept)).isEmpty).toBe(true);
});

test("a user who is renamed behind a reference keeps the role, and nothing is done on the cluster", async () => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const user = await engine.importById("qumulo_local_user", "svc-a");
  const { kept } = await engine.apply(single, { role_name: "Observers", name: "svc-a" });
  await nextRun();

  const config = { role_name: "Observers", name: "svc-b" };
  await engine.plan("qumulo_local_user", { name: "svc-b" }, user.kept);
  const plan = await engine.plan(single, config, kept);
  await engine.apply("qumulo_local_user", { name: "svc-b" }, user.kept);
  const before = cluster.simulator.requests.length;
  const applied = await engine.apply(single, config, kept);

  expect(plan).toMatchObject({ replaces: [], warnings: [], planned: { auth_id: id, name: "svc-b" } });
  expect(applied.errors).toEqual([]);
  expect(cluster.simulator.requests.slice(before)).toEqual([]);
  expect(await memberIds(cluster)).toEqual([id]);
});

test.each([
  [single, { role_name: "Observers", name: "svc-a" }, { role_name: "Observers", name: undecided }],
  [single, { role_name: "Observers", name: "svc-a" }, { role_name: undecided, name: "svc-a" }],
  [
    whole,
    { role_name: "Observers", members: setOfValues("local:svc-a") },
    { role_name: "Observers", members: undecided },
  ],
])("what becomes unknown and stays the same changes nothing: %s", async (type, config, unknown) => {
  const { engine, nextRun } = await givenMembers();
  const { kept } = await engine.apply(type, config);
  await nextRun();

  const plan = await engine.plan(type, unknown, kept);
  const again = await engine.plan(type, config, kept);

  expect(plan).toMatchObject({ isEmpty: false, replaces: [], errors: [] });
  expect(again.isEmpty).toBe(true);
});

test("what becomes unknown and is another moves the membership: first comes the new one", async () => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const { kept } = await engine.apply(single, { role_name: "Observers", name: "svc-a" });
  await nextRun();
  const before = cluster.simulator.requests.length;

  const applied = await engine.apply(single, { role_name: "Observers", name: "other" }, kept);

  const sent = cluster.simulator.requests.slice(before).filter(({ method }) => method !== "GET");
  expect(applied.errors).toEqual([]);
  expect(applied.state).toMatchObject({ id: `Observers:${cluster.user("other").id}`, name: "other" });
  expect(sent.map(({ method }) => method).slice(-2)).toEqual(["POST", "DELETE"]);
  expect(await memberIds(cluster)).toEqual([cluster.user("other").id]);
  expect(await memberIds(cluster)).not.toContain(id);
});

test("a user who is renamed, or made again, is not a contradiction of the id that stands beside the name", async () => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const user = await engine.importById("qumulo_local_user", "svc-a");
  const { kept } = await engine.apply(single, { role_name: "Observers", auth_id: id, name: "svc-a" });
  await nextRun();
  const both = (auth_id: string, name: string) => ({ role_name: "Observers", auth_id, name });

  const renamedUser = await engine.apply("qumulo_local_user", { name: "svc-b" }, user.kept);
  const renamed = await engine.apply(single, both(id, "svc-b"), kept);
  await nextRun();
  await engine.destroy("qumulo_local_user", renamedUser.kept);
  const made = await engine.apply("qumulo_local_user", { name: "svc-b" });
  const moved = await engine.apply(single, both(String(made.state?.["id"]), "svc-b"), renamed.kept);

  expect([...renamed.errors, ...moved.errors]).toEqual([]);
  expect(await memberIds(cluster)).toEqual([made.state?.["id"]]);
});

test("nothing of the member of before stays in state", async () => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  await cluster.admin.put(`/v1/users/${id}`, { id, name: "svc-a", primary_group: "513", uid: "5001" });
  const { kept, state } = await engine.apply(single, { role_name: "Observers", name: "svc-a" });
  await nextRun();

  const moved = await engine.apply(single, { role_name: "Observers", name: "other" }, kept);

  expect(state).toMatchObject({ uid: "5001" });
  expect(moved.state).toMatchObject({ auth_id: cluster.user("other").id, uid: null });
});

test("a list whose role is not known says that its members leave for a moment, and how to keep them", async () => {
  const { engine, nextRun } = await givenMembers();
  const members = setOfValues("local:svc-a");
  const { kept } = await engine.apply(whole, { role_name: "Observers", members });
  await nextRun();

  const plan = await engine.plan(whole, { role_name: undecided, members }, kept);

  expect(plan.replaces).toEqual(["role_name"]);
  expect(plan.warnings).toMatchObject([{ attribute: ["role_name"], detail: expect.stringContaining("qumulo_role") }]);
});

test.each(ways)("a name that means a third one when it is applied gets nothing: %s", async (_way, type, config) => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const { kept } = await engine.apply(type, config);
  await rename(cluster, id, "svc-b");
  const planned = await makeUser(cluster, "svc-a");
  await nextRun();
  const read = await engine.refresh(type, kept);
  await rename(cluster, planned, "svc-c");
  await makeUser(cluster, "svc-a");

  const applied = await engine.apply(type, config, read.kept);

  expect(applied.errors).toMatchObject([
    { summary: expect.stringContaining("means a different account than in the plan") },
  ]);
  expect(applied.errors[0]?.detail).toContain("Nothing was changed");
  expect(await memberIds(cluster)).toEqual([id]);
});

test.each(ways)(
  "a state of an older version goes on, and is filled in by its first read: %s",
  async (_way, type, config) => {
    const { cluster, engine, nextRun } = await givenMembers();
    const created = await engine.apply(type, config);
    const old = { ...created.kept, private: new Uint8Array() };
    await nextRun();

    const read = await engine.refresh(type, old);
    const unchanged = await engine.plan(type, config, read.kept);
    const newId = await makeAgain(cluster, "svc-a");
    await nextRun();
    const { plan, applied } = await runAgain(engine, { type, config, kept: type === single ? old : read.kept });

    expect(unchanged.isEmpty).toBe(true);
    expect(plan.isEmpty).toBe(false);
    expect(applied.errors).toEqual([]);
    expect(await memberIds(cluster)).toEqual([newId]);
  },
);

test.each(ways)(
  "who may not look is told what is not checked, and the role follows all the same: %s",
  async (_way, type, config) => {
    const { cluster, engine } = await givenMembers();
    const holder = await cluster.holderOf("PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE");
    await signInAs(cluster, holder, engine);
    const { kept } = await engine.apply(type, config);
    const newId = await makeAgain(cluster, "svc-a");
    await signInAs(cluster, holder, engine);

    const { plan, applied } = await runAgain(engine, { type, config, kept });

    expect(plan.isEmpty).toBe(false);
    expect(plan.warnings).toMatchObject([{ detail: expect.stringContaining("PRIVILEGE_LOCAL_USER_READ") }]);
    expect(applied.errors).toEqual([]);
    expect(await memberIds(cluster)).toEqual([newId]);
  },
);

test.each(ways)(
  "a cluster whose look-ups still find a removed account does not get in the way: %s",
  async (_way, type, config) => {
    const { cluster, engine, nextRun } = await givenMembers({ removedNamesLinger: true });
    const { kept } = await engine.apply(type, config);
    const newId = await makeAgain(cluster, "svc-a");
    await nextRun();

    const { applied, isSettled } = await runAgain(engine, { type, config, kept });
    await nextRun();
    await engine.destroy(type, applied.kept);
    const created = await engine.apply(type, config);

    expect(applied.errors).toEqual([]);
    expect(isSettled).toBe(true);
    expect(created.errors).toEqual([]);
    expect(await memberIds(cluster)).toEqual([newId]);
  },
);

test("two members who are exchanged in one run both keep the role", async () => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const other = cluster.user("other").id;
  const [a, b] = [
    { role_name: "Observers", auth_id: id },
    { role_name: "Observers", auth_id: other },
  ];
  const [first, second] = [await engine.apply(single, a), await engine.apply(single, b)];
  await nextRun();

  const moved = [await engine.apply(single, b, first.kept), await engine.apply(single, a, second.kept)];

  expect(moved.flatMap(({ errors }) => errors)).toEqual([]);
  expect(await memberIds(cluster)).toEqual([id, other]);
});

test.each(["first", "last"])("a member that moves where another one ends keeps the role: it ends %s", async (place) => {
  const { cluster, engine, id, nextRun } = await givenMembers();
  const other = { role_name: "Observers", auth_id: cluster.user("other").id };
  const moving = await engine.apply(single, { role_name: "Observers", auth_id: id });
  const ending = await engine.apply(single, other);
  await nextRun();

  const end = place === "first" ? await engine.destroy(single, ending.kept) : undefined;
  const moved = await engine.apply(single, other, moving.kept);
  const endAfter = end ?? (await engine.destroy(single, ending.kept));

  expect([...moved.errors, ...endAfter.errors]).toEqual([]);
  expect(await memberIds(cluster)).toEqual([other.auth_id]);
});

test("reading members whose names are still theirs asks for nothing but the members", async () => {
  const { cluster, engine, nextRun } = await givenMembers();
  const { kept } = await engine.apply(single, { role_name: "Observers", name: "svc-a", domain: "LOCAL" });
  await nextRun();
  const before = cluster.simulator.requests.length;

  await engine.refresh(single, kept);

  expect(cluster.simulator.requests.slice(before).filter(({ path }) => !path.includes("/members"))).toEqual([]);
});
