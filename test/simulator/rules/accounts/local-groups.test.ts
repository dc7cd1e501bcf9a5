import { expect, test } from "@jest/globals";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

const path = "/v1/groups/";

test("a new cluster has three groups", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get(path);

  expect(reply.body).toEqual([
    { id: "512", name: "Administrators", sid: expect.stringMatching(/-512$/), gid: "" },
    { id: "513", name: "Users", sid: expect.stringMatching(/-513$/), gid: "" },
    { id: "514", name: "Guests", sid: expect.stringMatching(/-514$/), gid: "" },
  ]);
});

test("a created group is answered whole, with an ETag, and read back the same", async () => {
  const { admin } = await givenCluster();

  const created = await admin.post(path, { name: "automation", gid: "77" });
  const read = await admin.get(path + created.field("id"));

  expect(created.body).toEqual({
    id: expect.stringMatching(/^1\d{3}$/),
    name: "automation",
    sid: expect.stringContaining("S-1-5-21-"),
    gid: "77",
  });
  expect(read.body).toEqual(created.body);
  expect(read.headers["etag"]).toBe(created.headers["etag"]);
});

test("users and groups share names and ids", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });

  const taken = await admin.post(path, { name: "SVC" });
  const created = await admin.post(path, { name: "automation" });

  expect(taken.status).toBe(409);
  expect(taken.body).toMatchObject({ error_class: "auth_group_already_exists_error" });
  expect(Number(created.field("id"))).toBe(Number(user("svc").id) + 1);
});

test.each([{}, { name: "" }, { name: "a:b" }, { name: "a", gid: 7 }, { name: "a", gid: "-1" }])(
  "creating one from %j is refused",
  async (body) => {
    const { admin } = await givenCluster();

    const reply = await admin.post(path, body);

    expect(reply.status).toBe(400);
  },
);

test("a PUT replaces name and gid, held to If-Match", async () => {
  const { admin } = await givenCluster();
  const created = await admin.post(path, { name: "automation", gid: "77" });
  const id = created.field("id");
  const etag = String(created.headers["etag"]);

  const first = await admin.put(path + id, { id, name: "robots" }, etag);
  const stale = await admin.put(path + id, { id, name: "machines" }, etag);
  const mismatch = await admin.put(path + id, { id: "513", name: "machines" });

  expect(first.body).toMatchObject({ name: "robots", gid: "" });
  expect([first.status, stale.status, mismatch.status]).toEqual([200, 412, 400]);
});

test("two groups cannot share a gid", async () => {
  const { admin } = await givenCluster();
  await admin.post(path, { name: "first", gid: "77" });

  const second = await admin.post(path, { name: "second", gid: "077" });

  expect(second.status).toBe(409);
});

test("members come and go, and are users only", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const id = (await admin.post(path, { name: "automation" })).field("id");
  const members = `${path}${id}/members/`;

  const added = await admin.post(members, { member_id: user("svc").id });
  const again = await admin.post(members, { member_id: user("svc").id });
  const listed = await admin.get(members);
  const group = await admin.post(members, { member_id: "513" });
  const removed = await admin.delete(members + user("svc").id);
  const removedAgain = await admin.delete(members + user("svc").id);
  const empty = await admin.get(members);

  expect(added.body).toMatchObject({ id: user("svc").id, name: "svc" });
  expect(listed.body).toEqual([added.body]);
  expect([again, group, removed, removedAgain].map(({ status }) => status)).toEqual([409, 400, 200, 404]);
  expect(empty.body).toEqual([]);
});

test("a user is a member of the primary group without being added, and cannot be taken out", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });

  const listed = await admin.get(`${path}513/members/`);
  const added = await admin.post(`${path}513/members/`, { member_id: user("svc").id });
  const removed = await admin.delete(`${path}513/members/${user("svc").id}`);

  expect(listed.body).toEqual([
    expect.objectContaining({ id: "500" }),
    expect.objectContaining({ id: user("svc").id }),
  ]);
  expect([added.status, removed.status]).toEqual([409, 400]);
});

test("a group that became a member's primary group is left only by another change of it", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const id = (await admin.post(path, { name: "automation" })).field("id");
  const { id: userId } = user("svc");
  await admin.post(`${path}${id}/members/`, { member_id: userId });
  await admin.put(`/v1/users/${userId}`, { id: userId, name: "svc", primary_group: id });

  const removed = await admin.delete(`${path}${id}/members/${userId}`);
  await admin.put(`/v1/users/${userId}`, { id: userId, name: "svc", primary_group: "0" });
  const removedLater = await admin.delete(`${path}${id}/members/${userId}`);

  expect(removed.body).toMatchObject({ error_class: "auth_group_in_use_error" });
  expect([removed.status, removedLater.status]).toEqual([400, 200]);
});

test("built-in groups and primary groups cannot be deleted, others can", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const id = (await admin.post(path, { name: "automation" })).field("id");
  const { id: userId } = user("svc");
  await admin.put(`/v1/users/${userId}`, { id: userId, name: "svc", primary_group: id });

  const builtIn = await admin.delete(`${path}512`);
  const renamed = await admin.put(`${path}512`, { id: "512", name: "robots" });
  const inUse = await admin.delete(path + id);
  await admin.put(`/v1/users/${userId}`, { id: userId, name: "svc", primary_group: "0" });
  const deleted = await admin.delete(path + id);
  const gone = await admin.get(path + id);

  expect([builtIn, renamed, inUse, deleted, gone].map(({ status }) => status)).toEqual([400, 400, 400, 200, 404]);
  expect(inUse.body).toMatchObject({ error_class: "auth_group_in_use_error" });
});

test("an unknown group is 404 everywhere", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });

  const replies = [
    await admin.get(`${path}999`),
    await admin.put(`${path}999`, { id: "999", name: "x" }),
    await admin.delete(`${path}999`),
    await admin.get(`${path}999/members/`),
    await admin.post(`${path}999/members/`, { member_id: user("svc").id }),
    await admin.delete(`${path}999/members/${user("svc").id}`),
  ];

  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
});
