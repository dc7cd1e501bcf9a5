import { expect, test } from "@jest/globals";
import { privilegeDescriptions } from "../../../../src/vocabulary/privilege-descriptions.ts";
import { privilegeNames } from "../../../../src/vocabulary/privileges.ts";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

const path = "/v1/auth/roles/";

test("the catalogue describes every privilege, each in its own words", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get("/v1/auth/privileges/");

  expect(Object.keys(reply.body as object)).toEqual(privilegeNames);
  expect(new Set(Object.values(privilegeDescriptions)).size).toBe(127);
});

test("a new cluster has three roles, and admin holds all privileges", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get(path);

  expect(reply.body).toEqual({
    Administrators: { description: expect.any(String), privileges: privilegeNames },
    "Data-Administrators": { description: expect.any(String), privileges: expect.any(Array) },
    Observers: { description: expect.any(String), privileges: expect.any(Array) },
  });
});

test("a created role is answered with its name, privileges in the API's order and once each", async () => {
  const { admin } = await givenCluster();

  const created = await admin.post(path, {
    name: "backup",
    description: "Backups",
    privileges: ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_AD_READ", "PRIVILEGE_SNAPSHOT_READ"],
  });
  const read = await admin.get(`${path}backup`);

  const content = { description: "Backups", privileges: ["PRIVILEGE_AD_READ", "PRIVILEGE_SNAPSHOT_READ"] };
  expect(created.body).toEqual({ name: "backup", ...content });
  expect(read.body).toEqual(content);
  expect(read.headers["etag"]).toBe(created.headers["etag"]);
});

test("a name alone makes an empty role", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, { name: "backup" });

  expect(reply.body).toEqual({ name: "backup", description: "", privileges: [] });
});

test("names are compared without regard to case, and keep their spelling", async () => {
  const { admin } = await givenCluster();
  await admin.post(path, { name: "Backup" });

  const again = await admin.post(path, { name: "bACKUP" });
  const builtIn = await admin.post(path, { name: "observers" });
  const read = await admin.get(`${path}BACKUP`);
  const listed = await admin.get(path);

  expect([again.status, builtIn.status, read.status]).toEqual([409, 409, 200]);
  expect(again.body).toMatchObject({ error_class: "auth_role_already_exists_error" });
  expect(listed.body).toHaveProperty("Backup");
});

test.each(["", " ", "a b", "a\tb", "a\n", "a\u00a0b", "\u2003"])("the name %p is refused", async (name) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, { name });

  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error_class: "decode_error" });
});

test.each(["a/b", "100%", "ä?ö", "__proto__", "toString", "a+b", "..", "%2F"])(
  "the name %p works in a path, percent-encoded",
  async (name) => {
    const { admin } = await givenCluster();
    await admin.post(path, { name, description: "mine" });

    const read = await admin.get(path + encodeURIComponent(name));
    const member = await admin.post(`${path}${encodeURIComponent(name)}/members`, { auth_id: "500" });
    const listed = await admin.get(path);
    const deleted = await admin.delete(path + encodeURIComponent(name));

    expect([read.status, member.status, deleted.status]).toEqual([200, 200, 200]);
    expect(read.body).toMatchObject({ description: "mine" });
    expect(Object.keys(listed.body as object)).toContain(name);
  },
);

test.each([
  [{ name: "backup", privileges: ["PRIVILEGE_ACCESS_TOKEN_WRITE"] }, "PRIVILEGE_ACCESS_TOKEN_WRITE"],
  [{ name: "backup", privileges: ["toString"] }, "toString"],
  [{ name: "backup", privileges: ["privilege_ad_read"] }, "privilege_ad_read"],
  [{ name: "backup", privileges: "PRIVILEGE_AD_READ" }, "privileges"],
  [{ name: "backup", privileges: [1] }, "privileges"],
  [{ name: "backup", privileges: null }, "privileges"],
  [{ name: "backup", description: 1 }, "description"],
  [{ description: "x", privileges: [] }, "name"],
])("creating from %j is refused, naming %s", async (body, named) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, body);

  expect(reply.status).toBe(400);
  expect(reply.field("description")).toContain(named);
});

test("a PATCH changes what it names, a PUT needs both fields", async () => {
  const { admin } = await givenCluster();
  await admin.post(path, { name: "backup", description: "old", privileges: ["PRIVILEGE_AD_READ"] });

  const description = await admin.patch(`${path}backup`, { description: "new" });
  const privileges = await admin.patch(`${path}backup`, { privileges: [] });
  const put = await admin.put(`${path}BACKUP`, { description: "put", privileges: ["PRIVILEGE_AD_USE"] });
  const half = await admin.put(`${path}backup`, { description: "put" });
  const nothing = await admin.patch(`${path}backup`, {});

  expect(description.body).toEqual({ description: "new", privileges: ["PRIVILEGE_AD_READ"] });
  expect(privileges.body).toEqual({ description: "new", privileges: [] });
  expect(put.body).toEqual({ description: "put", privileges: ["PRIVILEGE_AD_USE"] });
  expect(half.status).toBe(400);
  expect(nothing.body).toEqual(put.body);
});

test("a role cannot be renamed: the name in a body is ignored", async () => {
  const { admin } = await givenCluster();
  await admin.post(path, { name: "backup" });

  await admin.patch(`${path}backup`, { name: "other", role_name: "other", description: "x" });
  const listed = await admin.get(path);

  expect(listed.body).toHaveProperty("backup");
  expect(listed.body).not.toHaveProperty("other");
});

test("PUT, PATCH and DELETE are held to If-Match", async () => {
  const { admin } = await givenCluster();
  const stale = String((await admin.post(path, { name: "backup" })).headers["etag"]);
  const present = String((await admin.patch(`${path}backup`, { description: "x" }, stale)).headers["etag"]);
  const content = { description: "y", privileges: [] };

  const refused = [
    await admin.put(`${path}backup`, content, stale),
    await admin.patch(`${path}backup`, content, stale),
    await admin.delete(`${path}backup`, stale),
  ];
  const put = await admin.put(`${path}backup`, content, present);
  const deleted = await admin.delete(`${path}backup`, String(put.headers["etag"]));

  expect(refused.map(({ status }) => status)).toEqual([412, 412, 412]);
  expect([put.status, deleted.status, deleted.text]).toEqual([200, 200, ""]);
});

test("the ETag ignores members, and a role made anew has another one", async () => {
  const { admin } = await givenCluster();
  const etag = async () => (await admin.get(`${path}backup`)).headers["etag"];
  await admin.post(path, { name: "backup" });
  const before = await etag();

  await admin.post(`${path}backup/members`, { auth_id: "500" });
  await admin.patch(`${path}backup`, { description: "" });
  const unchanged = await etag();
  await admin.delete(`${path}backup`);
  await admin.post(path, { name: "backup" });
  const anew = await etag();

  expect(unchanged).toBe(before);
  expect(anew).not.toBe(before);
});

test.each(["Administrators", "data-administrators", "OBSERVERS"])("%s is built in", async (name) => {
  const { admin } = await givenCluster();

  const replies = [
    await admin.put(path + name, { description: "x", privileges: [] }),
    await admin.patch(path + name, { description: "x" }),
    await admin.delete(path + name),
  ];

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(replies[0]?.body).toMatchObject({ error_class: "auth_static_role_error" });
});

test("deleting a role with members takes the memberships along", async () => {
  const { admin } = await givenCluster();
  await admin.post(path, { name: "backup" });
  await admin.post(`${path}backup/members`, { auth_id: "500" });

  const deleted = await admin.delete(`${path}Backup`);
  const gone = await admin.get(`${path}backup`);
  await admin.post(path, { name: "backup" });
  const members = await admin.get(`${path}backup/members`);

  expect([deleted.status, gone.status]).toEqual([200, 404]);
  expect(members.body).toMatchObject({ members: {} });
});

test("an unknown role is 404 everywhere", async () => {
  const { admin } = await givenCluster();

  const replies = [
    await admin.get(`${path}none`),
    await admin.put(`${path}none`, { description: "", privileges: [] }),
    await admin.patch(`${path}none`, {}),
    await admin.delete(`${path}none`),
    await admin.get(`${path}none/members`),
    await admin.post(`${path}none/members`, { auth_id: "500" }),
    await admin.get(`${path}none/members/500`),
    await admin.delete(`${path}none/members/500`),
  ];

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404, 404, 404]);
});
