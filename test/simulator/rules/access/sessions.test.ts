import { expect, test } from "@jest/globals";
import { privilegeNames } from "../../../../src/vocabulary/privileges.ts";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";
import { SettableClock } from "../../../support/simulator/settable-clock.ts";

const login = "/v1/session/login";
const whoAmI = "/v1/session/who-am-i";
const tenHoursMs = 36_000_000;

test("a login answers a session token, whatever the case of the name", async () => {
  const { nobody, simulator } = await givenCluster();

  const reply = await nobody.post(login, { username: "ADMIN", password: simulator.adminPassword.reveal() });

  expect(reply.status).toBe(200);
  expect(reply.field("bearer_token")).toMatch(/^session-v1:/);
});

test("a wrong name and a wrong password get the same answer", async () => {
  const { nobody } = await givenCluster();

  const wrongName = await nobody.post(login, { username: "nobody-here", password: "Test-1234" });
  const wrongPassword = await nobody.post(login, { username: "admin", password: "Test-1234" });

  expect(wrongName.status).toBe(401);
  expect(wrongName.body).toMatchObject({ error_class: "auth_invalid_credentials_error" });
  expect(wrongPassword.text).toBe(wrongName.text);
});

test("guest cannot sign in, even with the right password", async () => {
  const { admin, nobody } = await givenCluster();
  await admin.post("/v1/users/501/setpassword", { new_password: "Test-1234" });

  const reply = await nobody.post(login, { username: "guest", password: "Test-1234" });

  expect(reply.status).toBe(401);
});

test.each([
  { username: "admin" },
  { password: "x" },
  { username: 1, password: "x" },
  { username: "admin", password: null },
])("a login with %j cannot be decoded", async (body) => {
  const { nobody } = await givenCluster();

  const reply = await nobody.post(login, body);

  expect(reply.status).toBe(400);
});

test("a session lasts for ten hours, and not a moment longer", async () => {
  const clock = new SettableClock();
  const { admin } = await givenCluster({ clock });

  clock.advance(tenHoursMs - 1);
  const before = await admin.get(whoAmI);
  clock.advance(1);
  const at = await admin.get(whoAmI);

  expect([before.status, at.status]).toEqual([200, 401]);
});

test("an ended session stays ended when others sign in, and theirs go on", async () => {
  const clock = new SettableClock();
  const { admin, signIn, simulator } = await givenCluster({ clock });
  clock.advance(tenHoursMs);

  const other = await signIn("admin", simulator.adminPassword.reveal());
  const ended = await admin.get(whoAmI);
  const fresh = await other.get(whoAmI);

  expect([ended.status, fresh.status]).toEqual([401, 200]);
});

test("a session ends with its user", async () => {
  const { admin, user, signIn } = await givenCluster({ localUsers: ["svc"] });
  const svc = await signIn("svc", user("svc").password);

  await admin.delete(`/v1/users/${user("svc").id}`);
  const reply = await svc.get(whoAmI);

  expect(reply.status).toBe(401);
});

test("who-am-i tells the user and all privileges in the order of the API", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get(whoAmI);

  expect(reply.body).toEqual({
    id: "500",
    name: "admin",
    primary_group: "513",
    sid: expect.stringMatching(/^S-1-5-21-\d+-\d+-\d+-500$/),
    uid: "",
    home_directory: null,
    can_change_password: true,
    privileges: privilegeNames,
  });
});

test("a session keeps the privileges and roles of its login; an access token follows changes at once", async () => {
  const cluster = await givenCluster();
  const holder = await cluster.holderOf("PRIVILEGE_QUOTA_READ");
  const token = await holder.post("/v1/auth/access-tokens/", { user: { auth_id: holder.user.id } });
  const bearer = cluster.bearing(token.field("bearer_token"));

  await cluster.admin.patch(`/v1/auth/roles/${holder.role}`, { privileges: ["PRIVILEGE_SNAPSHOT_READ"] });
  const bySession = await holder.get(whoAmI);
  const byToken = await bearer.get(whoAmI);
  const byNewSession = await (await cluster.signIn(holder.user.name, holder.user.password)).get(whoAmI);
  await cluster.admin.delete(`/v1/auth/roles/${holder.role}`);
  const sessionRoles = await holder.get("/v1/session/roles");
  const tokenRoles = await bearer.get("/v1/session/roles");

  expect(bySession.body).toMatchObject({ privileges: ["PRIVILEGE_QUOTA_READ"] });
  expect(byToken.body).toMatchObject({ privileges: ["PRIVILEGE_SNAPSHOT_READ"] });
  expect(byNewSession.body).toMatchObject({ privileges: ["PRIVILEGE_SNAPSHOT_READ"] });
  expect(sessionRoles.body).toEqual([holder.role]);
  expect(tokenRoles.body).toEqual([]);
});

test("roles through a local group, a POSIX identity and Everyone count", async () => {
  const { admin, user, signIn } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  await admin.put(`/v1/users/${id}`, { id, name: "svc", primary_group: "513", uid: "5001" });
  const members = {
    "by-group": { auth_id: "513" },
    "by-uid": { domain: "POSIX_USER", uid: 5_001 },
    "by-world": { name: "Everyone" },
  };
  for (const [name, member] of Object.entries(members)) {
    await admin.post("/v1/auth/roles/", { name });
    await admin.post(`/v1/auth/roles/${name}/members`, member);
  }

  const roles = await (await signIn("svc", user("svc").password)).get("/v1/session/roles");

  expect(roles.body).toEqual(["by-group", "by-uid", "by-world"]);
});

test("one's own password changes with the old one only, and ends no session", async () => {
  const { admin, nobody, simulator } = await givenCluster();
  const change = "/v1/session/change-password";
  const old = simulator.adminPassword.reveal();

  const wrong = await admin.post(change, { old_password: "Wrong-1234", new_password: "Other-1234" });
  const weak = await admin.post(change, { old_password: old, new_password: "short" });
  const right = await admin.post(change, { old_password: old, new_password: "Other-1234" });
  const withOld = await nobody.post(login, { username: "admin", password: old });
  const withNew = await nobody.post(login, { username: "admin", password: "Other-1234" });
  const still = await admin.get(whoAmI);

  expect([wrong.status, weak.status, right.status, right.text]).toEqual([401, 400, 200, ""]);
  expect([withOld.status, withNew.status, still.status]).toEqual([401, 200, 200]);
});

test("single sign-on is not configured", async () => {
  const { nobody } = await givenCluster();

  const start = await nobody.post("/v1/session/start-saml-login");
  const retrieve = await nobody.post("/v1/session/retrieve-saml-login", { login_id: "1", verification_code: "2" });

  expect(start.status).toBe(400);
  expect(start.body).toMatchObject({ error_class: "saml_not_configured_error" });
  expect(retrieve.status).toBe(404);
});
