import { expect, test } from "@jest/globals";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

const path = "/v1/users/";
const password = "Test-1234";

test("a created user is answered whole, with an ETag, and read back the same", async () => {
  const { admin } = await givenCluster();

  const created = await admin.post(path, {
    name: "svc",
    primary_group: "0",
    uid: "005001",
    home_directory: "/home/svc",
    password,
  });
  const read = await admin.get(path + created.field("id"));

  expect(created.status).toBe(200);
  expect(created.body).toEqual({
    id: expect.stringMatching(/^1\d{3}$/),
    name: "svc",
    primary_group: "513",
    sid: expect.stringMatching(new RegExp(`^S-1-5-21-\\d+-\\d+-\\d+-${created.field("id")}$`)),
    uid: "5001",
    home_directory: "/home/svc",
    can_change_password: true,
  });
  expect(read.body).toEqual(created.body);
  expect(read.headers["etag"]).toMatch(/^"[\w-]+"$/);
  expect(created.headers["etag"]).toBe(read.headers["etag"]);
});

test("a new cluster has admin and guest, listed by id", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get(path);

  expect(reply.body).toEqual([
    expect.objectContaining({ id: "500", name: "admin", primary_group: "513" }),
    expect.objectContaining({ id: "501", name: "guest", primary_group: "514" }),
  ]);
});

test.each([
  ["no name", { primary_group: "513", password }, "name"],
  ["no group", { name: "svc", password }, "primary_group"],
  ["no password", { name: "svc", primary_group: "513" }, "password"],
  ["a null password", { name: "svc", primary_group: "513", password: null }, "password"],
  ["a number for a group", { name: "svc", primary_group: 513, password }, "primary_group"],
  ["a number for a uid", { name: "svc", primary_group: "513", uid: 1, password }, "uid"],
  ["a uid that is none", { name: "svc", primary_group: "513", uid: "x", password }, "uid"],
  ["too large a uid", { name: "svc", primary_group: "513", uid: "4294967296", password }, "uid"],
  ["a relative home", { name: "svc", primary_group: "513", home_directory: "home", password }, "home_directory"],
  ["half a character", { name: "svc\ud800", primary_group: "513", password }, "name"],
])("creating one with %s is refused by the name of the field", async (_what, body, field) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, body);

  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error_class: "decode_error" });
  expect(reply.field("description")).toContain(field);
});

test.each(["a", "a b", "x".repeat(256), "ünï", "a.b@c", "1000"])("the name %p is taken", async (name) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, { name, primary_group: "513", password });

  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ name });
});

test.each(["", " a", "a ", "x".repeat(257), "a\tb", "a\u007fb", "a\u0085b", ...Array.from(`"/\\[]:;|=,+*?<>`)])(
  "the name %p is refused",
  async (name) => {
    const { admin } = await givenCluster();

    const reply = await admin.post(path, { name, primary_group: "513", password });

    expect(reply.status).toBe(400);
  },
);

test.each(["SVC", "svc", "users", "Administrators"])(
  "the name %p is taken by a user or group already",
  async (name) => {
    const { admin } = await givenCluster({ localUsers: ["svc"] });

    const reply = await admin.post(path, { name, primary_group: "513", password });

    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ error_class: "auth_user_already_exists_error" });
  },
);

test("a weak password creates nothing, and uses up no id", async () => {
  const { admin } = await givenCluster();
  const before = await admin.post(path, { name: "first", primary_group: "513", password });

  const weak = await admin.post(path, { name: "svc", primary_group: "513", password: "password" });
  const after = await admin.post(path, { name: "svc", primary_group: "513", password });

  expect(weak.status).toBe(400);
  expect(weak.body).toMatchObject({ error_class: "auth_weak_password_error" });
  expect(weak.text).not.toContain("password:");
  expect(Number(after.field("id"))).toBe(Number(before.field("id")) + 1);
});

test("an unknown primary group is refused", async () => {
  const { admin } = await givenCluster({ localUsers: ["svc"] });

  const replies = await Promise.all(
    ["999", "", "Users", "500"].map(async (group) =>
      admin.post(path, { name: `in-${group}`, primary_group: group, password }),
    ),
  );

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
});

test("two users cannot share a uid", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  const other = await admin.post(path, { name: "other", primary_group: "513", uid: "5001", password });

  const taken = await admin.put(path + id, { id, name: "svc", primary_group: "513", uid: "5001" });
  const kept = await admin.put(path + other.field("id"), {
    id: other.field("id"),
    name: "other",
    primary_group: "513",
    uid: "5001",
  });

  expect([taken.status, kept.status]).toEqual([409, 200]);
});

test("ids are never given twice", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  await admin.delete(path + user("svc").id);

  const again = await admin.post(path, { name: "svc", primary_group: "513", password });

  expect(again.status).toBe(200);
  expect(again.field("id")).not.toBe(user("svc").id);
});

test("a PUT replaces every field, and leaves the password when it brings none", async () => {
  const { admin, user, signIn } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  await admin.put(path + id, { id, name: "svc", primary_group: "513", uid: "5001", home_directory: "/home/svc" });

  const renamed = await admin.put(path + id, { id, name: "svc2", primary_group: "514", password: null });
  const signedIn = await signIn("svc2", user("svc").password);

  expect(renamed.body).toMatchObject({ id, name: "svc2", primary_group: "514", uid: "", home_directory: null });
  expect(signedIn.bearerToken).toBeDefined();
});

test("a PUT with a password sets it, by the rules", async () => {
  const { admin, user, signIn } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");

  const weak = await admin.put(path + id, { id, name: "svc", primary_group: "513", password: "weak" });
  const strong = await admin.put(path + id, { id, name: "svc", primary_group: "513", password: "Other-1234" });

  expect([weak.status, strong.status]).toEqual([400, 200]);
  await expect(signIn("svc", "Other-1234")).resolves.toBeDefined();
});

test("a PUT about another id, or without one, is refused", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");

  const other = await admin.put(path + id, { id: "500", name: "svc", primary_group: "513" });
  const none = await admin.put(path + id, { name: "svc", primary_group: "513" });

  expect(other.body).toMatchObject({ error_class: "rest_invalid_request_error" });
  expect(none.body).toMatchObject({ error_class: "decode_error" });
});

test("a rename frees the old name, may change its case, and cannot take another's", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc", "other"] });
  const { id } = user("svc");
  const rename = async (name: string) => admin.put(path + id, { id, name, primary_group: "513" });

  const replies = [await rename("SVC"), await rename("svc2"), await rename("OTHER"), await rename("Users")];
  const reused = await admin.post(path, { name: "svc", primary_group: "513", password });

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 409, 409]);
  expect(reused.status).toBe(200);
});

test("a stale If-Match changes nothing; the present one and none at all do", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  const stale = String((await admin.get(path + id)).headers["etag"]);
  const body = (uid: string) => ({ id, name: "svc", primary_group: "513", uid });

  const first = await admin.put(path + id, body("1"), stale);
  const second = await admin.put(path + id, body("2"), stale);
  const present = await admin.put(path + id, body("3"), String(first.headers["etag"]));
  const without = await admin.put(path + id, body("4"));
  const any = await admin.put(path + id, body("5"), "*");
  const listed = await admin.put(path + id, body("6"), `"x", ${String(any.headers["etag"])}`);

  expect([first, second, present, without, any, listed].map(({ status }) => status)).toEqual([
    200, 412, 200, 200, 200, 200,
  ]);
  expect(second.body).toMatchObject({ error_class: "http_precondition_failed_error" });
});

test("the ETag changes with the fields, also back and forth, and not with groups or passwords", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  const etag = async () => (await admin.get(path + id)).headers["etag"];
  const before = await etag();

  await admin.post("/v1/groups/512/members/", { member_id: id });
  await admin.post(`${path}${id}/setpassword`, { new_password: "Other-1234" });
  await admin.put(path + id, { id, name: "svc", primary_group: "513" });
  const unchanged = await etag();
  await admin.put(path + id, { id, name: "svc", primary_group: "513", uid: "1" });
  const changed = await etag();
  await admin.put(path + id, { id, name: "svc", primary_group: "513" });
  const backAgain = await etag();

  expect(unchanged).toBe(before);
  expect(new Set([before, changed, backAgain]).size).toBe(3);
});

test("setpassword needs no old password, and follows the rules", async () => {
  const { admin, user, signIn } = await givenCluster({ localUsers: ["svc"] });
  const target = `${path}${user("svc").id}/setpassword`;

  const strong = await admin.post(target, { new_password: "Other-1234" });
  const weak = await admin.post(target, { new_password: "Other12" });
  const missing = await admin.post(target, {});
  const unknown = await admin.post(`${path}999/setpassword`, { new_password: "Other-1234" });

  expect([strong.status, strong.text, weak.status, missing.status, unknown.status]).toEqual([200, "", 400, 400, 404]);
  await expect(signIn("svc", "Other-1234")).resolves.toBeDefined();
});

test("built-in users stay as they are, but for their passwords", async () => {
  const { admin, signIn } = await givenCluster();

  const deleted = await admin.delete(`${path}500`);
  const guest = await admin.delete(`${path}501`);
  const changed = await admin.put(`${path}500`, { id: "500", name: "root", primary_group: "513" });
  const password = await admin.put(`${path}500`, {
    id: "500",
    name: "admin",
    primary_group: "513",
    password: "Other-1234",
  });

  expect([deleted.status, guest.status, changed.status, password.status]).toEqual([400, 400, 400, 200]);
  expect(deleted.body).toMatchObject({ error_class: "auth_static_user_error" });
  await expect(signIn("admin", "Other-1234")).resolves.toBeDefined();
});

test("a deleted user is unknown to every path about users", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");

  const deleted = await admin.delete(path + id);
  const replies = [
    await admin.get(path + id),
    await admin.put(path + id, { id, name: "svc", primary_group: "513" }),
    await admin.delete(path + id),
    await admin.get(`${path}abc`),
  ];
  const groups = await admin.get(`${path}${id}/groups/`);

  expect([deleted.status, deleted.text]).toEqual([200, ""]);
  expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(replies[0]?.body).toMatchObject({ error_class: "auth_no_such_user_error" });
  expect(groups.body).toEqual([]);
});

test("a deleted user leaves groups, and stays a nameless member of roles", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  await admin.post("/v1/groups/512/members/", { member_id: id });
  await admin.post("/v1/auth/roles/Observers/members", { auth_id: id });

  await admin.delete(path + id);
  const group = await admin.get("/v1/groups/512/members/");
  const member = await admin.get(`/v1/auth/roles/Observers/members/${id}`);

  expect(group.body).toEqual([]);
  expect(member.body).toMatchObject({ auth_id: id, name: null });
});

test("the groups of a user include the primary group", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  await admin.post("/v1/groups/512/members/", { member_id: user("svc").id });

  const reply = await admin.get(`${path}${user("svc").id}/groups/`);

  expect(reply.body).toEqual([
    expect.objectContaining({ id: "512", name: "Administrators" }),
    expect.objectContaining({ id: "513", name: "Users" }),
  ]);
});

test("fields that a user does not have are ignored", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, {
    name: "svc",
    primary_group: "513",
    password,
    sid: "S-1-1-0",
    can_change_password: false,
    id: "7",
    ["__proto__"]: { name: "other" },
  });

  expect(reply.body).toMatchObject({ name: "svc", can_change_password: true });
  expect(reply.field("id")).not.toBe("7");
});
