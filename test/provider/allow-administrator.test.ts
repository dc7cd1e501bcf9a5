import { expect, test } from "@jest/globals";
import { givenCluster, type GivenOptions } from "../support/simulator/given-cluster.ts";
import { openEphemeral } from "../support/provider/given-ephemeral.ts";
import { type Given, givenEngine, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { mapOfValues, setOfValues, undecided } from "../support/provider/values.ts";

const type = "qumulo_access_token";
const summary = "Access token for an administrator";
const asked: Given = { user: "local:svc", expiration_time: "2099-01-01T00:00:00Z" };

/** A cluster with a role `ops` that escalates and one that does not, and ways to give them. */
async function givenRoles(options: Pick<GivenOptions, "seed"> = {}) {
  const cluster = await givenCluster({ localUsers: ["svc", "other"], ...options });
  const { admin, simulator, user } = cluster;
  const rolesPath = "/v1/auth/roles/";
  const privileges = ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_QUOTA_READ"];
  await admin.post(rolesPath, { name: "ops", description: "", privileges });
  await admin.post(rolesPath, { name: "reader", description: "", privileges: ["PRIVILEGE_QUOTA_READ"] });
  return {
    ...cluster,
    engine: await givenEngine(simulator),
    newEngine: async () => givenEngine(simulator),
    id: user("svc").id,
    grant: async (role: string, authId: string) => admin.post(`${rolesPath}${role}/members`, { auth_id: authId }),
    groupWith: async (name: string, memberId: string) => {
      const groupId = (await admin.post("/v1/groups/", { name, gid: "" })).field("id");
      await admin.post(`/v1/groups/${groupId}/members/`, { member_id: memberId });
      return groupId;
    },
  };
}

test("a token for a user with plain privileges is planned without a word", async () => {
  const { engine, grant, id } = await givenRoles();
  await grant("reader", id);

  const { errors, warnings } = await engine.plan(type, asked);

  expect([...errors, ...warnings]).toEqual([]);
});

test("every way by which the user is powerful is named, and allow_administrator permits it", async () => {
  const { engine, newEngine, grant, groupWith, id } = await givenRoles();
  await grant("ops", id);
  await grant("Administrators", await groupWith("wardens", id));

  const refused = await engine.plan(type, asked);
  const allowed = await (await newEngine()).apply(type, { ...asked, allow_administrator: true });

  expect(refused.errors).toMatchObject([{ summary, attribute: ["user"] }]);
  expect(refused.errors[0]?.detail).toContain("local:svc is an administrator");
  expect(refused.errors[0]?.detail).toContain("role Administrators through group wardens");
  expect(refused.errors[0]?.detail).toContain("role ops: PRIVILEGE_ROLE_WRITE.");
  expect(allowed.errors).toEqual([]);
  expect(allowed.state).toMatchObject({ allow_administrator: true });
});

test("a token that is to be disabled from the start is judged: the cluster makes it enabled", async () => {
  const { engine, grant, id } = await givenRoles();
  await grant("ops", id);

  const { errors } = await engine.plan(type, { ...asked, enabled: false });

  expect(errors).toMatchObject([{ summary, attribute: ["user"] }]);
});

test("admin is an administrator with and without the role, and everyone counts as a member", async () => {
  const { engine, newEngine, admin, grant } = await givenRoles();

  const byRole = await engine.plan(type, { ...asked, user: "local:admin" });
  await grant("ops", "8589934592");
  const everyone = await (await newEngine()).plan(type, asked);
  await grant("Administrators", "501");
  await admin.delete("/v1/auth/roles/Administrators/members/500");
  const byId = await (await newEngine()).plan(type, { ...asked, user: "auth_id:500" });

  expect(byRole.errors[0]?.detail).toContain("by role Administrators.");
  expect(byId.errors).not.toEqual([]);
  expect(everyone.errors[0]?.detail).toContain("role ops through group Everyone");
});

/** A domain whose user `jane` is in a group that is in another one, and who is somebody of LDAP as well. */
const domain = {
  version: 1,
  active_directory: {
    netbios_name: "LAB",
    dns_name: "lab.example.com",
    sid: "S-1-5-21-111-222-333",
    users: [{ name: "jane", rid: 1_103, uid: 5_001, member_of: ["Storage Admins"] }],
    groups: [
      { name: "Storage Admins", rid: 1_110, member_of: ["IT"] },
      { name: "IT", rid: 1_111 },
    ],
  },
} as const;

test.each([
  { way: "a group in which a group of the user is", authId: "21474837591", through: "through group LAB\\IT" },
  { way: "an identity that means the same", authId: "12884906889", through: "through identity" },
  { way: "the user itself", authId: "21474837583", through: "role ops: PRIVILEGE_ROLE_WRITE" },
])("a user of Active Directory who is powerful by $way is refused", async ({ authId, through }) => {
  const { engine, grant } = await givenRoles({ seed: domain });
  await grant("reader", "21474837590");
  const jane = { ...asked, user: "ad:jane" };

  const harmless = await engine.plan(type, jane);
  const granted = await grant("ops", authId);
  const { errors } = await engine.plan(type, jane);

  expect(harmless).toMatchObject({ errors: [], warnings: [] });
  expect(granted.status).toBe(200);
  expect(errors).toMatchObject([{ summary, detail: expect.stringContaining(through), attribute: ["user"] }]);
});

test("a token that stands is left in peace; a new secret, a longer life and enabling are refused", async () => {
  const { engine, newEngine, grant, id } = await givenRoles();
  const config = { ...asked, expiration_time: "2090-01-01T00:00:00Z", rotate_when_changed: mapOfValues({ a: "1" }) };
  const live = await engine.apply(type, config);
  const off = await engine.apply(type, { ...config, enabled: false }, live.kept);
  await grant("ops", id);
  const next = await newEngine();
  const errorsOf = async (change: Given, kept = live.kept) =>
    (await next.plan(type, { ...config, ...change }, kept)).errors.map((error) => error.summary);

  const unchanged = await next.plan(type, config, live.kept);

  expect(unchanged).toMatchObject({ isEmpty: true, errors: [], warnings: [] });
  expect(await errorsOf({ expiration_time: "2089-01-01T00:00:00Z" })).toEqual([]);
  expect(await errorsOf({ enabled: false })).toEqual([]);
  expect(await errorsOf({ expiration_time: "2091-01-01T00:00:00Z" })).toEqual([summary]);
  expect(await errorsOf({ rotate_when_changed: mapOfValues({ a: "2" }) })).toEqual([summary]);
  expect(await errorsOf({}, off.kept)).toEqual([summary]);
  expect(await errorsOf({ allow_administrator: true }, off.kept)).toEqual([]);
});

test("another user is judged when the token is to be theirs", async () => {
  const { engine, newEngine, grant, user } = await givenRoles();
  const created = await engine.apply(type, asked);
  await grant("ops", user("other").id);

  const moved = await (await newEngine()).plan(type, { ...asked, user: "local:other" }, created.kept);

  expect(moved.errors).toMatchObject([{ summary, attribute: ["user"] }]);
});

test.each<[string, Given]>([
  ["qumulo_role_member", { role_name: "ops", name: "svc", domain: "LOCAL" }],
  ["qumulo_role_members", { role_name: "ops", members: setOfValues("local:svc") }],
  ["qumulo_role_member", { role_name: "Administrators", name: "svc" }],
])("a membership that the same run plans by %s counts", async (memberType, membership) => {
  const { engine } = await givenRoles();
  await engine.plan(memberType, membership);

  const { errors } = await engine.plan(type, asked);

  expect(errors).toMatchObject([{ summary, detail: expect.stringContaining("planned by this run") }]);
});

test("a role that gains an escalating privilege in the same run counts for its members", async () => {
  const { engine, grant, id } = await givenRoles();
  await grant("reader", id);
  await engine.plan("qumulo_role", { name: "reader", privileges: setOfValues("PRIVILEGE_LOCAL_USER_WRITE") });

  const { errors } = await engine.plan(type, asked);

  expect(errors).toMatchObject([
    { summary, detail: expect.stringContaining("role reader: PRIVILEGE_LOCAL_USER_WRITE") },
  ]);
});

test("a group that the user joins in the same run counts", async () => {
  const { engine, grant, groupWith, id, user } = await givenRoles();
  const groupId = await groupWith("wardens", user("other").id);
  await grant("ops", groupId);
  await engine.plan("qumulo_local_group_member", { group_id: groupId, member_id: id });

  const { errors } = await engine.plan(type, asked);

  expect(errors).toMatchObject([{ summary, detail: expect.stringContaining("role ops through group wardens") }]);
});

test("a user who is yet to be made holds nothing; with a membership of somebody not known yet, the plan warns", async () => {
  const { engine } = await givenRoles();
  const future = { ...asked, user: "local:future" };

  const before = await engine.plan(type, future);
  await engine.plan("qumulo_role_member", { role_name: "reader", auth_id: undecided });
  const plain = await engine.plan(type, future);
  await engine.plan("qumulo_role_member", { role_name: "ops", auth_id: undecided });
  const doubtful = await engine.plan(type, future);
  const existing = await engine.plan(type, asked);

  expect([before, plain, existing].flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  expect(doubtful.errors).toEqual([]);
  expect(doubtful.warnings).toMatchObject([
    { summary: "Access token may be for an administrator", attribute: ["user"] },
  ]);
});

test("a user made by the same run is judged before the token is created", async () => {
  const { engine, newEngine } = await givenRoles();
  const made = await engine.apply("qumulo_local_user", { name: "runner" });
  const authId = String(made.state?.["id"]);
  const plain = await engine.apply(type, { ...asked, user: `auth_id:${authId}` });
  await engine.apply("qumulo_role_member", { role_name: "ops", auth_id: authId });

  const refused = await engine.apply(type, { ...asked, user: `auth_id:${authId}` });
  const later = await (await newEngine()).plan(type, { ...asked, user: `auth_id:${authId}` });

  expect(plain.errors).toEqual([]);
  expect(refused.errors).toMatchObject([{ summary }]);
  expect(refused.state).toBeNull();
  expect(later.errors).toMatchObject([{ summary }]);
});

test("a user made in a group that held rights before is judged by them", async () => {
  const { engine, grant, groupWith, user } = await givenRoles();
  const groupId = await groupWith("wardens", user("other").id);
  await grant("ops", groupId);
  await engine.apply("qumulo_local_user", { name: "runner", primary_group: groupId });

  const { errors } = await engine.apply(type, { ...asked, user: "local:runner" });

  expect(errors).toMatchObject([{ summary, detail: expect.stringContaining("through group wardens") }]);
});

test("an account that may not read roles says once that it cannot check, and still knows itself", async () => {
  const { simulator, holderOf } = await givenRoles();
  const { user } = await holderOf("PRIVILEGE_ACCESS_TOKENS_WRITE", "PRIVILEGE_ACCESS_TOKENS_READ");
  const engine = givenUnconfiguredEngine();
  await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });

  const first = await engine.plan(type, asked);
  const second = await engine.plan(type, { ...asked, user: "local:other" });
  const own = await engine.plan(type, { ...asked, user: `auth_id:${user.id}` });
  const admin = await engine.plan(type, { ...asked, user: "auth_id:500" });

  expect(first.errors).toEqual([]);
  expect(first.warnings).toMatchObject([{ detail: expect.stringContaining("PRIVILEGE_ROLE_READ") }]);
  expect([...second.errors, ...second.warnings]).toEqual([]);
  expect(own.errors).toMatchObject([{ summary, detail: expect.stringContaining("PRIVILEGE_ACCESS_TOKENS_WRITE") }]);
  expect(admin.errors).toMatchObject([{ summary, detail: expect.stringContaining("built-in user admin") }]);
});

test.each([true, false])("a short-lived token for an administrator, allowed: %s", async (allow_administrator) => {
  const { engine, grant, id } = await givenRoles();
  await grant("ops", id);

  const opened = await openEphemeral(engine.server, type, { user: "local:svc", allow_administrator });

  if (allow_administrator) expect(opened).toMatchObject({ diagnostics: [], result: { allow_administrator } });
  else expect(opened.diagnostics).toMatchObject([{ severity: "error", summary, attribute: ["user"] }]);
});

test.each(["5.3.0", "6.2.0"])("Core %s tells enough to refuse", async (coreVersion) => {
  const { simulator } = await givenCluster({ coreVersion });
  const engine = await givenEngine(simulator);

  const { errors } = await engine.plan(type, { user: "local:admin" });

  expect(errors).toMatchObject([{ summary }]);
});
