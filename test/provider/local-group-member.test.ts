import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine, reaching } from "../support/provider/given-provider.ts";
import { undecided } from "../support/provider/values.ts";

const type = "qumulo_local_group_member";

async function givenMembership() {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const groupId = (await cluster.admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  const config = { group_id: groupId, member_id: cluster.user("svc").id };
  const engine = await givenEngine(cluster.simulator);
  return {
    ...cluster,
    config,
    engine,
    /** Another run has another memory. */
    nextRun: async () => engine.configure(reaching(cluster.simulator)),
    path: `/v1/groups/${groupId}/members/`,
    /** Makes a group the primary group of the user. */
    moveHome: async (primaryGroup: string) => {
      const { id, name } = cluster.user("svc");
      const body = { id, name, primary_group: primaryGroup, uid: "", home_directory: null };
      return cluster.admin.put(`/v1/users/${id}`, body);
    },
  };
}

test("a user is added with one request, and the plan after that is empty", async () => {
  const { engine, simulator, config } = await givenMembership();
  const before = simulator.requests.length;

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(simulator.requests.slice(before)).toHaveLength(1);
  expect(created.state).toMatchObject({ id: `${config.group_id}:${config.member_id}`, ...config });
  const read = await engine.refresh(type, created.kept);
  expect(read.state).toEqual(created.state);
  expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
});

test("another member, or another group, is an update that moves the membership; so are other timeouts", async () => {
  const { engine, config } = await givenMembership();
  const created = await engine.apply(type, config);
  const timeouts = { create: "1m", read: null, update: null, delete: null };

  const timed = await engine.apply(type, { ...config, timeouts }, created.kept);

  const member = await engine.plan(type, { ...config, member_id: "501" }, created.kept);
  const group = await engine.plan(type, { ...config, group_id: "514" }, created.kept);

  expect(member).toMatchObject({ replaces: [], planned: { id: `${config.group_id}:501` } });
  expect(group).toMatchObject({ replaces: [], planned: { id: `514:${config.member_id}` } });
  expect(timed.errors).toEqual([]);
  expect(timed.state).toEqual({ ...created.state, timeouts });
});

test("an id that becomes unknown and stays the same changes nothing, and one that is another moves the membership", async () => {
  const { engine, nextRun, admin, config, simulator } = await givenMembership();
  const created = await engine.apply(type, config);
  await nextRun();
  const membersOf = async (groupId: string) => (await admin.get(`/v1/groups/${groupId}/members/`)).body;

  const plan = await engine.plan(type, { ...config, member_id: undecided }, created.kept);
  const same = await engine.plan(type, config, created.kept);
  const before = simulator.requests.length;
  const moved = await engine.apply(type, { ...config, group_id: "514" }, created.kept);

  const sent = simulator.requests.slice(before).filter(({ path }) => path.includes("/members"));
  expect(plan).toMatchObject({ replaces: [], isEmpty: false, planned: { id: "(unknown)" } });
  expect(same.isEmpty).toBe(true);
  expect(moved.errors).toEqual([]);
  expect(sent.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
  expect(await membersOf("514")).toContainEqual(expect.objectContaining({ id: config.member_id }));
  expect(await membersOf(config.group_id)).toEqual([]);
});

test("who is a member already is taken over, also after a lost answer", async () => {
  const { engine, admin, simulator, config, path } = await givenMembership();
  await admin.post(path, { member_id: config.member_id });

  const repeated = await engine.apply(type, config);
  await admin.delete(`${path}${config.member_id}`);
  simulator.failNext({ method: "POST", path: /members/, when: "after", with: { kind: "reset" } });
  const lost = await engine.apply(type, config);

  expect([...repeated.errors, ...lost.errors]).toEqual([]);
  expect(lost.state).toEqual(repeated.state);
});

test("a membership that the primary group gives is refused", async () => {
  const { engine, config } = await givenMembership();

  const created = await engine.apply(type, { ...config, group_id: "513" });

  expect(created.errors).toMatchObject([
    { attribute: ["member_id"], summary: "User is in the group already, by primary group" },
  ]);
});

test("a user whose primary group it has become cannot leave, and the error says what to do", async () => {
  const { engine, nextRun, config, moveHome } = await givenMembership();
  const created = await engine.apply(type, config);
  await nextRun();
  await moveHome(config.group_id);

  const destroyed = await engine.destroy(type, created.kept);

  expect(destroyed.errors).toMatchObject([{ summary: "User cannot leave its own primary group" }]);
  expect(destroyed.errors[0]?.detail).toContain("another primary_group first");
  expect(destroyed.state).toEqual(created.state);
});

test("a member is removed, and one that is gone already is not an error, nor is a group that is gone", async () => {
  const { engine, nextRun, admin, config, path } = await givenMembership();
  const created = await engine.apply(type, config);
  await nextRun();

  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
  expect((await admin.get(path)).body).toEqual([]);
  expect((await engine.refresh(type, created.kept)).state).toBeNull();
  await admin.delete(`/v1/groups/${config.group_id}`);
  expect((await engine.refresh(type, created.kept)).state).toBeNull();
  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
});

test.each([
  [{ group_id: "99999" }, "group_id", "No such local group"],
  [{ member_id: "99999" }, "member_id", "No such local user"],
])("what is not there is an error at its attribute: %j", async (given, attribute, summary) => {
  const { engine, config } = await givenMembership();

  const created = await engine.apply(type, { ...config, ...given });

  expect(created.errors).toMatchObject([{ attribute: [attribute], summary }]);
});

test("a membership is imported by ids or by names, and the plan after that is empty", async () => {
  const { engine, admin, config, path } = await givenMembership();
  await admin.post(path, { member_id: config.member_id });

  for (const id of [`${config.group_id}:${config.member_id}`, "automation:svc", `AUTOMATION:${config.member_id}`]) {
    const imported = await engine.importById(type, id);

    expect(imported.errors).toEqual([]);
    expect((await engine.plan(type, config, imported.kept)).isEmpty).toBe(true);
  }
});

test.each([
  ["1007", "Import id is invalid"],
  ["1007:", "Import id is invalid"],
  ["a:b:c", "Import id is invalid"],
  ["automation:nobody", "No such local user"],
  ["nothing:svc", "No such local group"],
])("the import id %j is refused", async (id, summary) => {
  const { engine } = await givenMembership();

  expect((await engine.importById(type, id)).errors).toMatchObject([{ summary }]);
});

test.each([
  ["group_id", { group_id: "svc-automation" }],
  ["member_id", { member_id: "svc" }],
  ["member_id", { member_id: "" }],
])("a bad %s is refused while validating: %j", async (attribute, given) => {
  const { engine, config } = await givenMembership();

  expect(await engine.validate(type, { ...config, ...given })).toMatchObject([{ attribute: [attribute] }]);
});
