import { expect, test } from "@jest/globals";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

const role = { description: "", privileges: [] };

/** Every request that needs a privilege, with the privileges that each suffice. */
const guarded = [
  ["GET", "/v1/users/", undefined, ["LOCAL_USER_READ"]],
  ["GET", "/v1/users/500", undefined, ["LOCAL_USER_READ"]],
  ["POST", "/v1/users/", { name: "x", primary_group: "0", password: "Test-1234" }, ["LOCAL_USER_WRITE"]],
  ["PUT", "/v1/users/500", { id: "500", name: "admin", primary_group: "0" }, ["LOCAL_USER_WRITE"]],
  ["DELETE", "/v1/users/%", undefined, ["LOCAL_USER_WRITE"]],
  ["POST", "/v1/users/%/setpassword", { new_password: "Test-1234" }, ["LOCAL_USER_WRITE"]],
  ["GET", "/v1/users/500/groups/", undefined, ["LOCAL_USER_READ", "LOCAL_GROUP_READ"]],
  ["GET", "/v1/groups/", undefined, ["LOCAL_GROUP_READ"]],
  ["GET", "/v1/groups/513", undefined, ["LOCAL_GROUP_READ"]],
  ["GET", "/v1/groups/513/members/", undefined, ["LOCAL_GROUP_READ"]],
  ["POST", "/v1/groups/", { name: "x" }, ["LOCAL_GROUP_WRITE"]],
  ["PUT", "/v1/groups/513", { id: "513", name: "Users" }, ["LOCAL_GROUP_WRITE"]],
  ["POST", "/v1/groups/512/members/", { member_id: "500" }, ["LOCAL_GROUP_WRITE"]],
  ["GET", "/v1/auth/privileges/", undefined, ["ROLE_READ"]],
  ["GET", "/v1/auth/roles/", undefined, ["ROLE_READ"]],
  ["GET", "/v1/auth/roles/Observers", undefined, ["ROLE_READ"]],
  ["GET", "/v1/auth/roles/Observers/members", undefined, ["ROLE_READ"]],
  ["GET", "/v1/auth/roles/Administrators/members/500", undefined, ["ROLE_READ"]],
  ["POST", "/v1/auth/roles/", { name: "x" }, ["ROLE_WRITE"]],
  ["PUT", "/v1/auth/roles/mine", role, ["ROLE_WRITE"]],
  ["PATCH", "/v1/auth/roles/mine", role, ["ROLE_WRITE"]],
  ["DELETE", "/v1/auth/roles/mine", undefined, ["ROLE_WRITE"]],
  ["POST", "/v1/auth/roles/Observers/members", { auth_id: "500" }, ["ROLE_WRITE"]],
  ["DELETE", "/v1/auth/roles/Administrators/members/500", undefined, ["ROLE_WRITE"]],
  ["POST", "/v1/identity/find", { auth_id: "500" }, ["IDENTITY_READ"]],
  ["POST", "/v1/identity/expand", { id: { auth_id: "500" } }, ["IDENTITY_READ"]],
  ["POST", "/v1/auth/identity/find", { auth_id: "500" }, ["IDENTITY_READ"]],
  ["POST", "/v1/auth/identity/expand", { id: { auth_id: "500" } }, ["IDENTITY_READ"]],
  ["POST", "/v1/auth/clear-cache", undefined, ["IDENTITY_WRITE"]],
  ["PUT", "/v1/cluster/settings", { cluster_name: "x" }, ["CLUSTER_WRITE"]],
  ["GET", "/v1/cluster/nodes/", undefined, ["CLUSTER_READ"]],
  ["GET", "/v1/cluster/nodes/1", undefined, ["CLUSTER_READ"]],
] as const;

test.each(guarded)("%s %s is for holders of its privilege", async (...row) => {
  const [method, template, body, sufficient] = row;
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const path = template.replace("%", cluster.user("svc").id);
  await cluster.admin.post("/v1/auth/roles/", { name: "mine" });
  const powerless = await cluster.holderOf();

  const anonymous = await cluster.nobody.send(method, path, { body });
  const refused = await powerless.send(method, path, { body });
  const allowed = [];
  for (const privilege of sufficient) {
    const holder = await cluster.holderOf(`PRIVILEGE_${privilege}`);
    allowed.push((await holder.send(method, path, { body })).status);
  }

  expect(anonymous.status).toBe(401);
  expect(refused.status).toBe(403);
  expect(refused.body).toMatchObject({ error_class: "auth_not_authorized_error" });
  expect(refused.field("description")).toContain(`PRIVILEGE_${sufficient[0]}`);
  expect(allowed).toEqual(sufficient.map(() => 200));
});

test("who lacks the privilege is refused before the body is looked at", async () => {
  const cluster = await givenCluster();
  const powerless = await cluster.holderOf();

  const reply = await powerless.post("/v1/users/", "{");

  expect(reply.status).toBe(403);
});

test.each([
  "",
  "Basic YWRtaW46",
  "Bearer",
  "Bearer ",
  "Bearer a b",
  "Bearer session-v1:AAAA",
  "Bearer access-v1:AAAA",
  "Bearer \u00e4",
])("the authorization %p is not a login", async (authorization) => {
  const { nobody } = await givenCluster();

  const reply = await nobody.send("GET", "/v1/session/who-am-i", { headers: { Authorization: authorization } });

  expect(reply.status).toBe(401);
  expect(reply.body).toMatchObject({ error_class: "auth_required_error", stack: [], module: "/auth" });
});

test("the scheme of the authorization may be written in any case", async () => {
  const { admin, nobody } = await givenCluster();

  const reply = await nobody.send("GET", "/v1/session/who-am-i", {
    headers: { Authorization: `bEARER ${admin.bearerToken ?? ""}` },
  });

  expect(reply.status).toBe(200);
});

test("a 401 may come without a body", async () => {
  const { nobody } = await givenCluster({ variations: { emptyUnauthorized: true } });

  const reply = await nobody.get("/v1/users/");

  expect([reply.status, reply.text, reply.headers["content-length"]]).toEqual([401, "", "0"]);
});
