import { expect, test } from "@jest/globals";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine, reaching } from "../support/provider/given-provider.ts";
import { setOfValues, undecided } from "../support/provider/values.ts";

const type = "qumulo_role_members";
const membersPath = "/v1/auth/roles/Observers/members";

function wanting(...members: readonly string[]) {
  return { role_name: "Observers", members: setOfValues(...members) };
}

async function memberIds({ admin }: GivenCluster): Promise<readonly string[]> {
  const { body } = await admin.get(membersPath);
  return typeof body === "object" && body !== null && "members" in body ? Object.keys(body.members ?? {}) : [];
}

async function givenMembers() {
  const cluster = await givenCluster({ localUsers: ["a", "b", "c"] });
  const [a, b, c] = ["a", "b", "c"].map((name) => cluster.user(name).id);
  const engine = await givenEngine(cluster.simulator);
  /** Another run has another memory. */
  const nextRun = async () => engine.configure(reaching(cluster.simulator));
  return { ...cluster, a: String(a), b: String(b), c: String(c), cluster, engine, nextRun };
}

test("all members are set, also by different texts, and the plan after that is empty", async () => {
  const { engine, cluster, a, b } = await givenMembers();
  const config = wanting("local:a", `auth_id:${b}`);

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(created.state).toMatchObject({ id: "Observers", members: ["local:a", `auth_id:${b}`] });
  expect(await memberIds(cluster)).toEqual([a, b]);
  const read = await engine.refresh(type, created.kept);
  expect(read.state).toEqual(created.state);
  expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
});

test("a change adds who is new and removes who is not listed any more", async () => {
  const { engine, nextRun, cluster, b, c } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a", "local:b"));
  await nextRun();

  const changed = await engine.apply(type, wanting("local:b", "local:c"), created.kept);

  expect(changed.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([b, c]);
  expect((await engine.refresh(type, changed.kept)).state).toEqual(changed.state);
});

test("an empty set removes everybody", async () => {
  const { engine, nextRun, cluster } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a"));
  await nextRun();

  const changed = await engine.apply(type, wanting(), created.kept);

  expect(changed.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([]);
});

test("other texts for the same members change nothing", async () => {
  const { engine, nextRun, a, b } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a", "local:b"));
  await nextRun();

  expect((await engine.plan(type, wanting("a", `auth_id:${b}`), created.kept)).isEmpty).toBe(true);
  await nextRun();
  expect((await engine.plan(type, wanting("LOCAL:A", "local:b"), created.kept)).isEmpty).toBe(true);
  await nextRun();
  expect((await engine.plan(type, wanting(`auth_id:${a}`), created.kept)).isEmpty).toBe(false);
});

test("who was added or removed outside is seen as drift, and repaired", async () => {
  const { engine, cluster, admin, a, b, c } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a", "local:b"));
  await admin.delete(`${membersPath}/${a}`);
  await admin.post(membersPath, { auth_id: c });

  const read = await engine.refresh(type, created.kept);
  const repaired = await engine.apply(type, wanting("local:a", "local:b"), read.kept);

  expect(read.state).toMatchObject({ members: ["local:b", "local:c"] });
  expect(repaired.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([a, b]);
});

test("somebody new with the name of a deleted member is not taken for the old one", async () => {
  const { engine, cluster, admin, a } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a"));
  await admin.delete(`/v1/users/${a}`);
  const again = await admin.post("/v1/users/", { name: "a", primary_group: "513", password: "Test-Passw0rd" });

  const read = await engine.refresh(type, created.kept);
  const repaired = await engine.apply(type, wanting("local:a"), read.kept);

  expect(read.state).toMatchObject({ members: [`auth_id:${a}`] });
  expect(repaired.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([again.field("id")]);
});

test("a new object takes over who is there, and the plan warns of those who will be removed", async () => {
  const { engine, cluster, admin, a, b } = await givenMembers();
  await admin.post(membersPath, { auth_id: a });
  await admin.post(membersPath, { auth_id: b });

  const plan = await engine.plan(type, wanting("local:a"));
  const created = await engine.apply(type, wanting("local:a"));

  expect(plan.warnings).toMatchObject([{ attribute: ["members"], detail: expect.stringContaining("local:b") }]);
  expect(plan.warnings[0]?.detail).not.toContain("local:a");
  expect(created.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([a]);
});

test("members that changed after the plan are not overwritten, and the error says who", async () => {
  const { engine, nextRun, cluster, admin, a, c } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a"));
  await nextRun();
  await admin.post(membersPath, { auth_id: c });

  const changed = await engine.apply(type, wanting("local:a", "local:b"), created.kept);

  expect(changed.errors).toMatchObject([{ detail: expect.stringContaining("local:c was added") }]);
  expect(await memberIds(cluster)).toEqual([a, c]);
});

test("an addition that somebody else made already is not a conflict", async () => {
  const { engine, nextRun, cluster, admin, a, b } = await givenMembers();
  const created = await engine.apply(type, wanting("local:a"));
  await nextRun();
  await admin.post(membersPath, { auth_id: b });

  const changed = await engine.apply(type, wanting("local:a", "local:b"), created.kept);

  expect(changed.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([a, b]);
});

test("a destroy removes the members that it knows, and a role that is gone is not an error", async () => {
  const { engine, cluster, admin, a, c } = await givenMembers();
  await admin.post("/v1/auth/roles/", { name: "ops", description: "", privileges: [] });
  const created = await engine.apply(type, wanting("local:a", "local:b"));
  const ops = await engine.apply(type, { role_name: "ops", members: setOfValues("local:a") });
  await admin.post(membersPath, { auth_id: c });
  await admin.delete("/v1/auth/roles/ops");

  const destroyed = await engine.destroy(type, created.kept);

  expect(destroyed.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([c]);
  expect((await engine.refresh(type, ops.kept)).state).toBeNull();
  expect((await engine.destroy(type, ops.kept)).errors).toEqual([]);
  expect((await admin.get(`/v1/users/${a}`)).status).toBe(200);
});

test.each(["before", "after"] as const)("requests that are cut %s they happened come to their end", async (when) => {
  const { engine, cluster, simulator, admin, a, c } = await givenMembers();
  await admin.post(membersPath, { auth_id: c });
  simulator.failNext({ method: "POST", path: /members/, when, with: { kind: "reset" } });
  simulator.failNext({ method: "DELETE", path: /members/, when, with: { kind: "reset" } });

  const created = await engine.apply(type, wanting("local:a"));

  expect(created.errors).toEqual([]);
  expect(await memberIds(cluster)).toEqual([a]);
});

test("the members of a role are imported by its name, and need no change however they are written", async () => {
  const { engine, admin, a, b } = await givenMembers();
  for (const auth_id of [a, b]) await admin.post(membersPath, { auth_id });

  const imported = await engine.importById(type, "Observers");

  expect(imported.errors).toEqual([]);
  expect(imported.state).toMatchObject({ members: ["local:a", "local:b"], allow_lock_out: false });
  expect((await engine.plan(type, wanting("local:a", `auth_id:${b}`), imported.kept)).isEmpty).toBe(true);
});

test.each([
  ["members", wanting("local:nobody-here"), "Role member cannot be found"],
  ["role_name", { ...wanting("local:a"), role_name: "no-such-role" }, "No such role"],
])("what is not there is an error at %s", async (attribute, config, summary) => {
  const { engine } = await givenMembers();

  expect((await engine.apply(type, config)).errors).toMatchObject([{ attribute: [attribute], summary }]);
});

test.each([
  ["members", wanting("local:")],
  ["members", wanting("nowhere:a")],
  ["role_name", { ...wanting(), role_name: "two words" }],
])("a bad %s is refused while validating: %j", async (attribute, config) => {
  const { engine } = await givenMembers();

  expect(await engine.validate(type, config)).toMatchObject([{ attribute: [attribute] }]);
});

test.each(["role_members first", "role_member first"])("one role is not managed in two ways: %s", async (order) => {
  const { engine, a } = await givenMembers();
  const single = { role_name: "OBSERVERS", auth_id: a };
  const whole = wanting("local:b");
  const planSingle = async () => engine.plan("qumulo_role_member", single);
  const planWhole = async () => engine.plan(type, whole);

  const [first, second] = order.startsWith("role_members")
    ? [await planWhole(), await planSingle()]
    : [await planSingle(), await planWhole()];

  expect(first.errors).toEqual([]);
  expect(second.errors).toMatchObject([
    { attribute: ["role_name"], summary: "Members of one role are managed in two ways" },
  ]);
});

test("a role name that is not known while planning is checked as soon as it is", async () => {
  const { engine, a } = await givenMembers();
  const whole = { role_name: undecided, members: setOfValues("local:b") };

  expect((await engine.plan(type, whole)).errors).toEqual([]);
  expect((await engine.apply("qumulo_role_member", { role_name: "Observers", auth_id: a })).errors).toEqual([]);
  expect((await engine.apply(type, wanting("local:b"))).errors).toHaveLength(1);
});

test("two different lists for one role are refused, one that is planned twice is not", async () => {
  const { engine } = await givenMembers();

  expect((await engine.plan(type, wanting("local:a"))).errors).toEqual([]);
  expect((await engine.plan(type, wanting("local:a"))).errors).toEqual([]);
  expect((await engine.plan(type, wanting("local:b"))).errors).toMatchObject([
    { summary: "Members of one role are managed twice" },
  ]);
});

test.each(["the old one ends first", "the new one comes first"])(
  "a member keeps the role when its management moves between the types: %s",
  async (order) => {
    const { engine, cluster, nextRun, a } = await givenMembers();
    const single = { role_name: "Observers", auth_id: a };
    const isOldFirst = order.startsWith("the old");
    const switchTo = async (next: () => Promise<unknown>, end: () => Promise<unknown>) => {
      await nextRun();
      for (const step of isOldFirst ? [end, next] : [next, end]) await step();
    };
    const member = await engine.apply("qumulo_role_member", single);

    await switchTo(
      async () => engine.apply(type, wanting("local:a")),
      async () => engine.destroy("qumulo_role_member", member.kept),
    );
    const afterFirst = await memberIds(cluster);
    const whole = await engine.importById(type, "Observers");
    await switchTo(
      async () => engine.apply("qumulo_role_member", single),
      async () => engine.destroy(type, whole.kept),
    );

    expect(afterFirst).toEqual([a]);
    expect(await memberIds(cluster)).toEqual([a]);
  },
);
