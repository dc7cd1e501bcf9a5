import { expect, test } from "@jest/globals";
import { bearing, failureOf, givenClientOf } from "../support/simulator/given-client.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { Secret } from "../../src/vocabulary/secret.ts";

const password = new Secret("Example-Passw0rd");

const svc = { name: "svc", primaryGroup: "513", uid: undefined, homeDirectory: undefined, password };

test("a local user is created, read, changed and deleted", async () => {
  const { simulator } = await givenCluster();
  const { localUsers } = givenClientOf(simulator);

  const created = await localUsers.create(svc);
  const found = await localUsers.find(created.id);
  const changed = await localUsers.update(
    created.id,
    { ...svc, name: "svc2", uid: "5001", homeDirectory: "/home/svc", password: undefined },
    found?.etag,
  );

  expect(created).toMatchObject({ name: "svc", primaryGroup: "513", uid: undefined, homeDirectory: undefined });
  expect(found).toMatchObject(created);
  expect(changed).toMatchObject({ id: created.id, name: "svc2", uid: "5001", homeDirectory: "/home/svc" });
  expect(await localUsers.delete(created.id)).toBe(true);
  expect(await localUsers.delete(created.id)).toBe(false);
  expect(await localUsers.find(created.id)).toBeUndefined();
});

test("a change without a password keeps the password, and a new password replaces it", async () => {
  const { simulator } = await givenCluster();
  const { localUsers, sessions } = givenClientOf(simulator);
  const { id } = await localUsers.create(svc);

  await localUsers.update(id, { ...svc, homeDirectory: "/home/svc", password: undefined }, undefined);

  expect(await sessions.isPassword("svc", password)).toBe(true);

  await localUsers.setPassword(id, new Secret("Another-Passw0rd"));

  expect(await sessions.isPassword("svc", password)).toBe(false);
});

test("a user that has changed since is not overwritten", async () => {
  const { simulator } = await givenCluster();
  const { localUsers } = givenClientOf(simulator);
  const { id } = await localUsers.create(svc);
  const before = await localUsers.find(id);
  await localUsers.update(id, { ...svc, uid: "7", password: undefined }, before?.etag);

  const error = await failureOf(localUsers.update(id, { ...svc, password: undefined }, before?.etag));

  expect(error).toMatchObject({ kind: "answer", status: 412 });
});

test("a local user is found by name, without regard to case", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc-backup"] });
  const { localUsers } = givenClientOf(simulator);

  expect(await localUsers.findByName("SVC-Backup")).toMatchObject({ id: user("svc-backup").id });
  expect(await localUsers.findByName("svc")).toBeUndefined();
});

test("a role is created, read, changed in part and deleted", async () => {
  const { simulator } = await givenCluster();
  const { roles } = givenClientOf(simulator);
  const privileges = ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_QUOTA_READ"];

  await roles.create({ name: "ops", description: "reads", privileges });
  const found = await roles.find("OPS");
  const changed = await roles.update("ops", { description: "still reads" }, found?.etag);

  expect(found).toMatchObject({ description: "reads", privileges: privileges.toSorted() });
  expect(changed).toMatchObject({ description: "still reads", privileges: privileges.toSorted() });
  expect((await failureOf(roles.delete("ops", found?.etag))).status).toBe(412);
  expect(await roles.delete("ops", changed.etag)).toBe(true);
  expect(await roles.find("ops")).toBeUndefined();
});

test("a role name is encoded whole", async () => {
  const { simulator } = await givenCluster();
  const { roles } = givenClientOf(simulator);

  await roles.create({ name: "a/b?c#d%41ü", description: "", privileges: [] });

  expect(await roles.find("a/b?c#d%41ü")).toBeDefined();
});

test("the cluster's privileges are listed by name", async () => {
  const { simulator } = await givenCluster();

  expect(await givenClientOf(simulator).roles.listPrivileges()).toContain("PRIVILEGE_QUOTA_READ");
});

test("a member is added, found and removed", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const { roleMembers } = givenClientOf(simulator);
  const { id } = user("svc");

  const member = await roleMembers.add("Observers", { domain: "LOCAL", name: "svc" });

  expect(member).toMatchObject({ domain: "LOCAL", authId: id, uid: undefined, name: "svc" });
  expect(await roleMembers.find("Observers", id)).toEqual(member);
  expect(await roleMembers.remove("Observers", id)).toBe(true);
  expect(await roleMembers.remove("Observers", id)).toBe(false);
  expect(await roleMembers.find("Observers", id)).toBeUndefined();
});

test("an access token is created, read, changed and deleted, and its secret is told once", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const { accessTokens } = givenClientOf(simulator);
  const { id: authId } = user("svc");

  const { id, bearerToken } = await accessTokens.create({
    user: { authId },
    expirationTime: "2090-01-01T02:00:00+02:00",
  });
  const found = await accessTokens.find(id);
  const changed = await accessTokens.update(id, { enabled: false });

  expect(String(bearerToken)).toBe("[redacted]");
  expect(found).toMatchObject({ id, enabled: true, user: { authId }, expirationTime: "2090-01-01T00:00:00Z" });
  expect(found?.creator?.name).toBe("admin");
  expect(changed).toMatchObject({ id, enabled: false, expirationTime: "2090-01-01T00:00:00Z" });
  expect(await accessTokens.delete(id)).toBe(true);
  expect(await accessTokens.delete(id)).toBe(false);
  expect(await accessTokens.find(id)).toBeUndefined();
});

test("the bearer token of an access token authenticates its user", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const cluster = givenClientOf(simulator);
  const { id, bearerToken } = await cluster.accessTokens.create({ user: { authId: user("svc").id } });

  const self = await givenClientOf(simulator, { credentials: bearing(bearerToken.reveal()) }).sessions.whoAmI();

  expect(self).toMatchObject({ name: "svc", accessTokenId: id });
});

test("a third access token of a user is refused by its own error class", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const { accessTokens } = givenClientOf(simulator);
  const request = { user: { authId: user("svc").id } };
  const first = await accessTokens.create(request);
  const second = await accessTokens.create(request);

  const error = await failureOf(accessTokens.create(request));

  expect(error).toMatchObject({ kind: "answer", status: 400, errorClass: "too_many_access_tokens_error" });
  expect((await accessTokens.listOf(user("svc").id)).map(({ id }) => id).toSorted()).toEqual(
    [first.id, second.id].toSorted(),
  );
});

test("an identity is resolved, and known as user or group", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const { identities } = givenClientOf(simulator);

  expect(await identities.get({ name: "svc" })).toMatchObject({ domain: "LOCAL", authId: user("svc").id });
  expect((await identities.expand({ name: "svc" })).type).toBe("USER");
  expect((await identities.expand({ name: "Users" })).type).toBe("GROUP");
  expect((await failureOf(identities.get({ name: "nobody-here" }))).status).toBe(400);
});

test("a cluster without the present paths of identities is asked at the old ones", async () => {
  const { simulator } = await givenCluster({ coreVersion: "6.2.0", localUsers: ["svc"] });
  const { identities } = givenClientOf(simulator);

  expect(await identities.get({ name: "svc" })).toMatchObject({ name: "svc" });
  expect(await identities.expand({ name: "svc" })).toMatchObject({ type: "USER" });
  expect(simulator.unknownPaths.map(({ path }) => path)).toEqual(["/v1/identity/find", "/v1/identity/expand"]);
});

test.each([
  ["5.3.1", undefined],
  ["5.3.2", "2030-01-01T00:00:00Z"],
])("an access token of %s is enabled, and expires at %j", async (coreVersion, expirationTime) => {
  const { simulator, user } = await givenCluster({ coreVersion, localUsers: ["svc"] });
  const { accessTokens } = givenClientOf(simulator);
  const { id } = await accessTokens.create({ user: { name: "svc" }, expirationTime: "2030-01-01T00:00:00Z" });

  expect(await accessTokens.listOf(user("svc").id)).toMatchObject([{ id, enabled: true, expirationTime }]);
  expect(await accessTokens.delete(id)).toBe(true);
});

test("a cluster that does not tell privileges still tells who one is", async () => {
  const { simulator } = await givenCluster({ coreVersion: "7.1.0" });

  const self = await givenClientOf(simulator).sessions.whoAmI();

  expect(self).toMatchObject({ id: "500", privileges: undefined, accessTokenId: undefined });
});

test("the version of Qumulo Core needs no login", async () => {
  const { simulator } = await givenCluster({ coreVersion: "7.2.3.2" });
  const before = simulator.requests.length;

  expect(await givenClientOf(simulator, { credentials: undefined }).coreVersion()).toEqual([7, 2, 3, 2]);
  expect(simulator.requests.slice(before).map(({ path }) => path)).toEqual(["/v1/version"]);
});

test("a missing privilege is an answer with status 403", async () => {
  const { simulator, holderOf } = await givenCluster();
  const holder = await holderOf("PRIVILEGE_QUOTA_READ");
  const { roles } = givenClientOf(simulator, { credentials: bearing(holder.bearerToken ?? "") });

  expect(await failureOf(roles.find("Observers"))).toMatchObject({ kind: "answer", status: 403 });
});
