import { expect, test } from "@jest/globals";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { type Engine, givenEngine, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const tokensPath = "/v1/auth/access-tokens/";

async function givenReader(options: Parameters<typeof givenCluster>[0] = {}) {
  const clock = new SettableClock();
  const cluster = await givenCluster({ localUsers: ["svc-backup", "svc-scan"], clock, ...options });
  const engine = await givenEngine(cluster.simulator, { clock });
  return { ...cluster, clock, engine };
}

/** An engine whose provider is a user without any privilege. */
async function asPowerless({ simulator, holderOf }: GivenCluster): Promise<Engine> {
  const { user } = await holderOf();
  const engine = givenUnconfiguredEngine();
  await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });
  return engine;
}

test.each([
  ["local:svc-backup", { domain: "LOCAL", name: "svc-backup", type: "USER", uid: null }],
  ["LOCAL: SVC-BACKUP", { domain: "LOCAL", name: "svc-backup", type: "USER" }],
  ["name:svc-backup", { domain: "LOCAL", name: "svc-backup", type: "USER" }],
  ["svc-backup", { domain: "LOCAL", name: "svc-backup", type: "USER" }],
  ["auth_id:513", { domain: "LOCAL", name: "Users", type: "GROUP" }],
  ["uid:5001", { domain: "POSIX_USER", auth_id: "12884906889", uid: "5001", type: "USER" }],
  ["gid:5001", { domain: "POSIX_GROUP", auth_id: "17179874185", gid: "5001", type: "GROUP" }],
  ["S-1-1-0", { domain: "WORLD", auth_id: "8589934592" }],
  ["world:everyone", { domain: "WORLD", sid: "S-1-1-0" }],
])("%s is looked up with all ways to name it", async (identity, expected) => {
  const { engine } = await givenReader();

  const { state, errors } = await engine.read("qumulo_identity", { identity });

  expect(errors).toEqual([]);
  expect(state).toMatchObject({ identity, ...expected });
});

test("an identity comes with the groups that it belongs to", async () => {
  const { engine, admin, user } = await givenReader();
  const group = await admin.post("/v1/groups/", { name: "automation", gid: "" });
  await admin.post(`/v1/groups/${group.field("id")}/members/`, { member_id: user("svc-backup").id });

  const { state } = await engine.read("qumulo_identity", { identity: "local:svc-backup" });

  expect(state).toMatchObject({ groups: [{ name: "Users", auth_id: "513" }, { name: "automation" }] });
});

test("an identity that is nobody's is an error at the attribute, with what to do", async () => {
  const { engine } = await givenReader();

  const unknown = await engine.read("qumulo_identity", { identity: "local:nobody-here" });
  const unreadable = await engine.read("qumulo_identity", { identity: "qumulosupport:x" });

  expect(unknown.errors).toMatchObject([
    { summary: "No such identity", detail: expect.stringContaining("local:nobody-here"), attribute: ["identity"] },
  ]);
  expect(unreadable.errors).toMatchObject([
    { detail: expect.stringContaining(`"qumulosupport:" is not a known prefix`), attribute: ["identity"] },
  ]);
});

test("a local user is read by id and by name, whose spelling stays", async () => {
  const { engine, user } = await givenReader();
  const { id } = user("svc-backup");

  const byId = await engine.read("qumulo_local_user", { id });
  const byName = await engine.read("qumulo_local_user", { name: "SVC-Backup" });

  const rest = { id, primary_group: "513", uid: null, home_directory: null, can_change_password: true };
  expect([byId.errors, byName.errors]).toEqual([[], []]);
  expect(byId.state).toMatchObject({ ...rest, name: "svc-backup", sid: expect.stringMatching(/^S-1-5-21-/) });
  expect(byName.state).toMatchObject({ ...rest, name: "SVC-Backup" });
});

test.each([["qumulo_local_user"], ["qumulo_local_group"]])("%s takes exactly one of id and name", async (typeName) => {
  const { engine } = await givenReader();

  const neither = await engine.read(typeName, {});
  const both = await engine.read(typeName, { id: "500", name: "admin" });
  const noId = await engine.read(typeName, { id: "admin" });

  expect(neither.errors).toMatchObject([{ summary: "Neither id nor name is set", attribute: ["id"] }]);
  expect(both.errors).toMatchObject([{ summary: "Both id and name are set", attribute: ["name"] }]);
  expect(noId.errors).toMatchObject([{ detail: expect.stringContaining("admin"), attribute: ["id"] }]);
});

test.each([
  ["qumulo_local_user", { id: "999999" }, ["id"]],
  ["qumulo_local_user", { name: "nobody-here" }, ["name"]],
  ["qumulo_local_group", { id: "999999" }, ["id"]],
  ["qumulo_local_group", { name: "nobody-here" }, ["name"]],
  ["qumulo_role", { name: "no-such-role" }, ["name"]],
  ["qumulo_access_token", { id: "18525943701668293205784" }, ["id"]],
  ["qumulo_access_tokens", { user: "local:nobody-here" }, ["user"]],
])("%s with %j finds nothing, and says so at the attribute", async (typeName, config, attribute) => {
  const { engine } = await givenReader();

  const { errors } = await engine.read(typeName, config);

  expect(errors).toMatchObject([{ summary: expect.stringMatching(/^No such /), attribute }]);
  expect(errors[0]?.detail).toMatch(/Check the spelling|qumulo_access_tokens/);
});

test("all local users are read in the order of their ids, or those whose names begin alike", async () => {
  const { engine, user } = await givenReader();
  const ids = [user("svc-backup").id, user("svc-scan").id];

  const all = await engine.read("qumulo_local_users");
  const some = await engine.read("qumulo_local_users", { name_prefix: "SVC-" });
  const none = await engine.read("qumulo_local_users", { name_prefix: "x" });

  expect(all.state).toMatchObject({
    name_prefix: null,
    users: [{ id: "500", name: "admin" }, { id: "501" }, { id: ids[0] }, { id: ids[1] }],
  });
  expect(some.state).toMatchObject({ users: [{ name: "svc-backup" }, { name: "svc-scan" }] });
  expect(none.state).toMatchObject({ users: [] });
});

test("a local group is read by id and by name, with its members", async () => {
  const { engine, admin, user } = await givenReader();
  const made = await admin.post("/v1/groups/", { name: "automation", gid: "7001" });
  const id = made.field("id");
  await admin.post(`/v1/groups/${id}/members/`, { member_id: user("svc-scan").id });

  const byName = await engine.read("qumulo_local_group", { name: "Automation" });
  const byId = await engine.read("qumulo_local_group", { id: "513" });

  expect(byName.errors).toEqual([]);
  expect(byName.state).toMatchObject({ id, name: "Automation", gid: "7001", members: [{ name: "svc-scan" }] });
  // Those whose primary group it is are members as well.
  expect(byId.state).toMatchObject({ name: "Users", gid: null });
  expect(byId.state?.["members"]).toEqual(expect.arrayContaining([expect.objectContaining({ name: "svc-backup" })]));
});

test("a role is read with its members, through all pages", async () => {
  const { engine, admin, simulator } = await givenReader();
  const count = 1_001;
  for (let uid = 1; uid <= count; uid += 1) await admin.post("/v1/auth/roles/Observers/members", { uid });

  const { state, errors } = await engine.read("qumulo_role", { name: "OBSERVERS" });

  expect(errors).toEqual([]);
  expect(state).toMatchObject({
    name: "OBSERVERS",
    privileges: expect.arrayContaining(["PRIVILEGE_CLUSTER_READ"]),
    members: expect.arrayContaining([expect.objectContaining({ domain: "POSIX_USER", uid: "1" })]),
  });
  expect(state?.["members"]).toHaveLength(count);
  expect(simulator.requests.filter(({ path }) => path.includes("after="))).toHaveLength(1);
});

test("all roles are read, sorted by name, and all privileges with what they are for", async () => {
  const { engine, admin } = await givenReader();
  await admin.post("/v1/auth/roles/", { name: "backup", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] });

  const roles = await engine.read("qumulo_roles");
  const privileges = await engine.read("qumulo_privileges");

  expect(roles.state?.["roles"]).toEqual(
    expect.arrayContaining([{ name: "backup", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] }]),
  );
  const names = ["Administrators", "Data-Administrators", "Observers", "backup"];
  expect(roles.state?.["roles"]).toMatchObject(names.map((name) => ({ name })));
  expect(privileges.state?.["privileges"]).toMatchObject({
    PRIVILEGE_QUOTA_READ: expect.stringMatching(/quota/i),
    PRIVILEGE_ACCESS_TOKENS_WRITE: expect.any(String),
  });
});

test("an access token is read without its secret, and has expired once its time has come", async () => {
  const { engine, admin, clock, user } = await givenReader();
  const { id: authId } = user("svc-backup");
  const expiration_time = "2026-03-02T08:16:42.108Z";
  const made = await admin.post(tokensPath, { user: { auth_id: authId }, expiration_time });
  const id = made.field("id");

  const fresh = await engine.read("qumulo_access_token", { id });
  clock.set("2026-03-02T08:16:42.107Z");
  const last = await engine.read("qumulo_access_token", { id });
  clock.set(expiration_time);
  const late = await engine.read("qumulo_access_token", { id });

  expect(fresh.errors).toEqual([]);
  expect(fresh.state).toMatchObject({
    id,
    enabled: true,
    expiration_time,
    expired: false,
    creation_time: expect.stringMatching(/^2026-03-02T08:15:42/),
    identity: { auth_id: authId, name: "svc-backup" },
    creator: { name: "admin" },
  });
  expect([last.state?.["expired"], late.state?.["expired"]]).toEqual([false, true]);
  expect(JSON.stringify(fresh.state)).not.toContain("access-v1:");
});

test("the access tokens of one user, and of all users, are read", async () => {
  const { engine, admin, user } = await givenReader();
  const authIds = [user("svc-backup").id, user("svc-scan").id];
  const [first, second] = authIds.map((auth_id) => ({ user: { auth_id } }));
  const made = [await admin.post(tokensPath, first), await admin.post(tokensPath, second)].map((it) => it.field("id"));

  const ofOne = await engine.read("qumulo_access_tokens", { user: "local:svc-backup" });
  const ofAll = await engine.read("qumulo_access_tokens");
  const ofNone = await engine.read("qumulo_access_tokens", { user: "auth_id:500" });

  expect(ofOne.state).toMatchObject({ user: "local:svc-backup", access_tokens: [{ id: made[0], expired: false }] });
  expect(ofAll.state).toMatchObject({ user: null, access_tokens: made.map((id) => ({ id })) });
  expect(ofNone.state).toMatchObject({ access_tokens: [] });
});

test("all access tokens are read through all pages", async () => {
  const users = Array.from({ length: 501 }, (_, index) => `svc-${index}`);
  const { engine, admin, user } = await givenReader({ localUsers: users });
  for (const name of users) {
    const body = { user: { auth_id: user(name).id } };
    await admin.post(tokensPath, body);
    await admin.post(tokensPath, body);
  }

  const { state, errors } = await engine.read("qumulo_access_tokens");

  expect(errors).toEqual([]);
  expect(state?.["access_tokens"]).toHaveLength(1_002);
});

test("a pasted bearer token is refused as an id, and not repeated", async () => {
  const { engine } = await givenReader();

  const { errors } = await engine.read("qumulo_access_token", { id: "access-v1:Canary0Canary0" });

  expect(errors).toMatchObject([{ summary: "Id is not a number", attribute: ["id"] }]);
  expect(JSON.stringify(errors)).not.toContain("Canary0");
});

test("the cluster tells its name, its id, its version and its nodes", async () => {
  const { engine } = await givenReader({ clusterName: "lab", coreVersion: "7.2.3.2" });

  const { state, errors } = await engine.read("qumulo_cluster");

  expect(errors).toEqual([]);
  expect(state).toMatchObject({
    name: "lab",
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    version: "7.2.3.2",
    nodes: [{ id: 1, name: "lab-1", status: "online", mac_address: "52:54:00:12:34:56" }],
  });
});

test.each([
  ["qumulo_identity", { identity: "auth_id:500" }, "PRIVILEGE_IDENTITY_READ"],
  ["qumulo_local_user", { id: "500" }, "PRIVILEGE_LOCAL_USER_READ"],
  ["qumulo_local_users", {}, "PRIVILEGE_LOCAL_USER_READ"],
  ["qumulo_local_group", { id: "513" }, "PRIVILEGE_LOCAL_GROUP_READ"],
  ["qumulo_role", { name: "Observers" }, "PRIVILEGE_ROLE_READ"],
  ["qumulo_roles", {}, "PRIVILEGE_ROLE_READ"],
  ["qumulo_privileges", {}, "PRIVILEGE_ROLE_READ"],
  ["qumulo_access_tokens", {}, "PRIVILEGE_ACCESS_TOKENS_READ"],
  ["qumulo_access_tokens", { user: "auth_id:500" }, "PRIVILEGE_ACCESS_TOKENS_READ"],
  ["qumulo_cluster", {}, "PRIVILEGE_CLUSTER_READ"],
])("%s with %j names the privilege that is missing", async (typeName, config, privilege) => {
  const engine = await asPowerless(await givenCluster());

  const { errors } = await engine.read(typeName, config);

  expect(errors).toMatchObject([{ detail: expect.stringContaining(`needs ${privilege}`) }]);
});

test("a user without privileges reads its own access tokens", async () => {
  const cluster = await givenCluster();
  const { user } = await cluster.holderOf();
  await cluster.admin.post(tokensPath, { user: { auth_id: user.id } });
  const engine = givenUnconfiguredEngine();
  await engine.configure({ ...reaching(cluster.simulator), username: user.name, password: user.password });

  const { state, errors } = await engine.read("qumulo_access_tokens", { user: `auth_id:${user.id}` });

  expect(errors).toEqual([]);
  expect(state).toMatchObject({ access_tokens: [{ identity: { auth_id: user.id } }] });
});

test.each(["5.3.0", "5.3.2", "6.2.0", "7.3.0"])("everything that a cluster of %s has is read", async (coreVersion) => {
  const { engine, admin } = await givenReader({ coreVersion });
  const id = (await admin.post(tokensPath, { user: { auth_id: "501" } })).field("id");

  const outcomes = [
    await engine.read("qumulo_identity", { identity: "local:svc-scan" }),
    await engine.read("qumulo_local_users"),
    await engine.read("qumulo_local_group", { id: "513" }),
    await engine.read("qumulo_role", { name: "Observers" }),
    await engine.read("qumulo_roles"),
    await engine.read("qumulo_privileges"),
    await engine.read("qumulo_access_tokens"),
    await engine.read("qumulo_cluster"),
  ];
  const single = await engine.read("qumulo_access_token", { id });

  expect(outcomes.flatMap(({ errors }) => errors)).toEqual([]);
  if (coreVersion === "5.3.0") {
    expect(single.errors).toMatchObject([{ detail: expect.stringMatching(/5\.3\.0.*5\.3\.2 or later/) }]);
  } else {
    expect(single).toMatchObject({ errors: [], state: { id, expiration_time: null, expired: false } });
  }
});
