import { expect, test } from "@jest/globals";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

const members = "/v1/auth/roles/Observers/members";

test("a member is answered whole, listed by its auth_id, found and removed by it", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");

  const added = await admin.post(members, { domain: "LOCAL", name: "svc" });
  const listed = await admin.get(members);
  const found = await admin.get(`${members}/${id}`);
  const removed = await admin.delete(`${members}/${id}`);
  const gone = await admin.get(`${members}/${id}`);
  const removedAgain = await admin.delete(`${members}/${id}`);

  expect(added.body).toMatchObject({ domain: "LOCAL", auth_id: id, name: "svc", uid: null, gid: null });
  expect(listed.body).toEqual({ members: { [id]: added.body }, paging: { next: "" } });
  expect(found.body).toEqual(added.body);
  expect([removed.status, removed.text, gone.status, removedAgain.status]).toEqual([200, "", 404, 404]);
});

test("every form of an identity adds the same member", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const { id } = user("svc");
  await admin.put(`/v1/users/${id}`, { id, name: "svc", primary_group: "513", uid: "5001" });
  const whole = (await admin.post("/v1/identity/find", { auth_id: id })).body as { sid: string };
  const forms = [
    { auth_id: id },
    { name: "SVC" },
    { domain: "LOCAL", name: "svc" },
    { uid: 5_001 },
    { sid: whole.sid },
    { sid: whole.sid.toLowerCase(), name: "" },
    whole,
  ];

  for (const form of forms) {
    const added = await admin.post(members, form);
    await admin.delete(`${members}/${id}`);

    expect(added.body).toEqual(whole);
  }
});

test.each([
  ["a group", { name: "Users" }, "513"],
  ["everyone", { domain: "WORLD", name: "Everyone" }, "8589934592"],
  ["a POSIX user", { domain: "POSIX_USER", uid: 5_001 }, "12884906889"],
  ["a POSIX group", { gid: 5_001 }, "17179874185"],
  ["an id of Active Directory", { auth_id: "21474836993" }, "21474836993"],
])("%s can be a member", async (_whom, identity, authId) => {
  const { admin } = await givenCluster();

  const added = await admin.post(members, identity);

  expect(added.body).toMatchObject({ auth_id: authId });
});

test.each([
  ["an unknown name", { name: "nobody-here" }],
  ["an unknown local id", { auth_id: "4242" }],
  ["nothing", {}],
  ["a domain alone", { domain: "LOCAL" }],
  ["an unknown domain", { domain: "LOCALE", name: "admin" }],
  ["a system identity", { auth_id: "1" }],
  ["a placeholder", { auth_id: "18446744069414584320" }],
  ["a number for an id", { auth_id: 500 }],
])("%s cannot be a member", async (_whom, identity) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(members, identity);

  expect(reply.status).toBe(400);
});

test.each([
  [
    { uid: "5001", gid: "" },
    { domain: "POSIX_USER", uid: 5_001 },
  ],
  [{ gid: "0" }, { domain: "POSIX_GROUP", gid: 0 }],
  [
    { uid: "", gid: "4294967295" },
    { domain: "POSIX_GROUP", gid: 4_294_967_295 },
  ],
])("uid and gid of a member may be text, as Qumulo's Go provider sends them: %j", async (member, expected) => {
  const { admin } = await givenCluster();

  expect((await admin.post(members, member)).body).toMatchObject(expected);
});

test.each([{ uid: "4294967296" }, { uid: "-1" }, { uid: "1e3" }, { gid: " 5" }, { uid: "" }, { uid: true }])(
  "a member %j is refused",
  async (member) => {
    const { admin } = await givenCluster();

    expect((await admin.post(members, member)).status).toBe(400);
  },
);

test("a member that is added again is refused, or accepted by a cluster of the other kind", async () => {
  const strict = await givenCluster();
  const lenient = await givenCluster({ variations: { repeatedMemberAccepted: true } });

  const statuses = [];
  for (const { admin } of [strict, lenient]) {
    await admin.post(members, { auth_id: "500" });
    statuses.push((await admin.post(members, { auth_id: "500" })).status);
  }

  expect(statuses).toEqual([409, 200]);
});

test("the administrators group may hold the role from the start", async () => {
  const { admin } = await givenCluster({ variations: { administratorsGroupHoldsRole: true } });

  const reply = await admin.get("/v1/auth/roles/Administrators/members");

  expect(reply.body).toMatchObject({ members: { "500": { name: "admin" }, "512": { name: "Administrators" } } });
});

test("pages follow the order of ids and keep the role's percent-encoding", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["a", "b"] });
  await admin.post("/v1/auth/roles/", { name: "x/ä" });
  const path = `/v1/auth/roles/${encodeURIComponent("x/ä")}/members`;
  for (const auth_id of ["12884906889", user("b").id, "500", user("a").id]) await admin.post(path, { auth_id });

  const first = await admin.get(`${path}?limit=2`);
  const { next } = (first.body as { paging: { next: string } }).paging;
  const second = await admin.get(next);

  expect(Object.keys((first.body as { members: object }).members)).toEqual(["500", user("a").id]);
  expect(next).toBe(`${path}?after=${user("a").id}&limit=2`);
  expect(Object.keys((second.body as { members: object }).members)).toEqual([user("b").id, "12884906889"]);
  expect(second.body).toMatchObject({ paging: { next: "" } });
});

test("without a limit a page holds a thousand members, and a larger limit no more", async () => {
  const { admin } = await givenCluster();
  for (let uid = 1; uid <= 1_001; uid += 1) await admin.post(members, { domain: "POSIX_USER", uid });

  const unlimited = (await admin.get(members)).body as { members: object; paging: { next: string } };
  const large = (await admin.get(`${members}?limit=5000`)).body as { members: object };
  const rest = (await admin.get(unlimited.paging.next)).body as { members: object };

  expect([unlimited, large, rest].map((page) => Object.keys(page.members).length)).toEqual([1_000, 1_000, 1]);
});
