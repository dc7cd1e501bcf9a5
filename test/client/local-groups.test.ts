import { expect, test } from "@jest/globals";
import { failureOf, givenClientOf } from "../support/simulator/given-client.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";

async function givenGroups(...localUsers: readonly string[]) {
  const cluster = await givenCluster({ localUsers });
  return { ...cluster, client: givenClientOf(cluster.simulator) };
}

test("a local group is created, read, changed and deleted", async () => {
  const { localGroups } = (await givenGroups()).client;

  const created = await localGroups.create({ name: "automation", gid: undefined });
  const found = await localGroups.find(created.id);
  const changed = await localGroups.update(created.id, { name: "robots", gid: "7001" }, found?.etag);

  expect(created).toMatchObject({ name: "automation", gid: undefined });
  expect(found).toMatchObject(created);
  expect(changed).toMatchObject({ id: created.id, name: "robots", gid: "7001" });
  expect((await localGroups.update(created.id, { name: "robots", gid: undefined }, undefined)).gid).toBeUndefined();
  expect(await localGroups.delete(created.id)).toBe(true);
  expect(await localGroups.delete(created.id)).toBe(false);
  expect(await localGroups.find(created.id)).toBeUndefined();
});

test("a local group that has changed since is not overwritten", async () => {
  const { localGroups } = (await givenGroups()).client;
  const { id } = await localGroups.create({ name: "automation", gid: undefined });
  const before = await localGroups.find(id);
  await localGroups.update(id, { name: "robots", gid: undefined }, before?.etag);

  const error = await failureOf(localGroups.update(id, { name: "machines", gid: undefined }, before?.etag));

  expect(error).toMatchObject({ kind: "answer", status: 412 });
  expect(await localGroups.find(id)).toMatchObject({ name: "robots" });
});

test("local groups are listed by id, and found by name without regard to case", async () => {
  const { localGroups } = (await givenGroups()).client;
  const { id } = await localGroups.create({ name: "automation", gid: undefined });

  expect((await localGroups.list()).map((group) => group.id)).toEqual(["512", "513", "514", id]);
  expect(await localGroups.findByName("AUTOMATION")).toMatchObject({ id });
  expect(await localGroups.findByName("auto")).toBeUndefined();
});

test("users come and go as members, and those of the primary group are among them", async () => {
  const { client, user } = await givenGroups("svc");
  const { localGroups } = client;
  const { id } = await localGroups.create({ name: "automation", gid: undefined });

  await localGroups.addMember(id, user("svc").id);

  expect(await localGroups.listMembers(id)).toMatchObject([{ name: "svc" }]);
  expect(await localGroups.removeMember(id, user("svc").id)).toBe(true);
  expect(await localGroups.removeMember(id, user("svc").id)).toBe(false);
  expect(await localGroups.listMembers(id)).toEqual([]);
  expect((await localGroups.listMembers("513"))?.map(({ name }) => name)).toContain("svc");
});

test("members of a group that is not there, a member twice and a primary member are told apart", async () => {
  const { client, user } = await givenGroups("svc");
  const { localGroups } = client;

  expect(await localGroups.listMembers("99999")).toBeUndefined();
  expect(await failureOf(localGroups.addMember("99999", user("svc").id))).toMatchObject({ status: 404 });
  expect(await failureOf(localGroups.addMember("513", "99999"))).toMatchObject({ status: 400 });
  expect(await failureOf(localGroups.addMember("513", user("svc").id))).toMatchObject({ status: 409 });
  expect(await failureOf(localGroups.removeMember("513", user("svc").id))).toMatchObject({ status: 400 });
});

test("all pages of a role's members are read, in the order of their ids", async () => {
  const { client, admin, simulator } = await givenGroups();
  // More than the thousand that one page holds: POSIX users need no account to be members.
  const uids = Array.from({ length: 1_001 }, (_, index) => 20_000 + index);
  for (const uid of uids) await admin.post("/v1/auth/roles/Observers/members", { uid });
  const before = simulator.requests.length;

  const members = await client.roleMembers.list("observers");

  expect(members.map(({ uid }) => uid)).toEqual(uids);
  expect(simulator.requests.slice(before).filter(({ path }) => path.includes("/members"))).toHaveLength(2);
  expect(await failureOf(client.roleMembers.list("no-such-role"))).toMatchObject({ status: 404 });
});
