import { expect, test } from "@jest/globals";
import { createAccessToken } from "../../../src/simulator/rules/access/access-tokens.ts";
import { authIds } from "../../../src/simulator/rules/identities/auth-ids.ts";
import type { Context } from "../../../src/simulator/rules/context.ts";
import { parseCoreVersion } from "../../../src/simulator/rules/core-version.ts";
import { describeIdentity, resolveIdentity } from "../../../src/simulator/rules/identities/identities.ts";
import { changeRole, createRole, getRole, listRoles } from "../../../src/simulator/rules/access/roles.ts";
import { createCluster } from "../../../src/simulator/rules/cluster/new-cluster.ts";
import { authenticate, whoAmI } from "../../../src/simulator/rules/access/sessions.ts";
import { startSimulator } from "../../../src/simulator/simulator.ts";
import { MemoryStore } from "../../../src/simulator/store/memory-store.ts";
import { systemClock } from "../../../src/vocabulary/clock.ts";
import { Secret } from "../../../src/vocabulary/secret.ts";
import { type GivenCluster, givenCluster, type Party } from "../../support/simulator/given-cluster.ts";
import type { CoreVersion } from "../../../src/vocabulary/core-version.ts";

const tokens = "/v1/auth/access-tokens/";

test.each([
  ["5.0.0", [5, 0, 0]],
  ["5.3.3.1", [5, 3, 3, 1]],
  ["7.2.3.2", [7, 2, 3, 2]],
  ["7.8.2", [7, 8, 2]],
  ["7.8.2.0", [7, 8, 2, 0]],
])("%s is a version that can be simulated", (text, version) => {
  expect(parseCoreVersion(text)).toEqual(version);
});

test.each([
  "",
  "7",
  "7.8",
  "4.9.9.9",
  "7.8.2.1",
  "7.8.3",
  "7.10.0",
  "7.8.2-rc1",
  "v7.8.2",
  "07.8.2",
  "7.2.3.2.1",
  " 7.8.2",
])("%j is none", async (text) => {
  expect(parseCoreVersion(text)).toBeUndefined();
  await expect(startSimulator({ coreVersion: text })).rejects.toMatchObject({
    name: "SimulatorError",
    kind: "option",
    message: `${JSON.stringify(text)} is not a version of Qumulo Core that can be simulated. Give three or four numbers from 5.0.0 to 7.8.2, such as 7.2.3.2.`,
  });
});

/** Endpoints that came later: the last version without them, the first with them, and what the former answers. */
test.each([
  ["GET", tokens, "5.2.9.9", "5.3.0", 404],
  ["POST", tokens, "5.2.9.9", "5.3.0", 404],
  ["DELETE", `${tokens}1`, "5.2.9.9", "5.3.0", 404],
  ["GET", `${tokens}1`, "5.3.1.9", "5.3.2", 405],
  ["PATCH", `${tokens}1`, "5.3.1.9", "5.3.2", 405],
  ["GET", `${tokens}1`, "5.2.9.9", "5.3.2", 404],
  ["POST", "/v1/identity/find", "6.2.0.9", "6.2.1", 404],
  ["POST", "/v1/identity/expand", "6.2.0.9", "6.2.1", 404],
  ["GET", "/openapi.json", "7.7.1.9", "7.7.2", 404],
])("%s %s is not there in %s, and there in %s", async (...row) => {
  const [method, path, without, having, refusal] = row;
  const old = await givenCluster({ coreVersion: without });
  const young = await givenCluster({ coreVersion: having });

  const refused = await old.admin.send(method, path, { body: {} });
  const served = await young.admin.send(method, path, { body: {} });

  expect(refused.status).toBe(refusal);
  expect(old.simulator.unknownPaths).toHaveLength(refusal === 404 ? 1 : 0);
  expect(served.status).not.toBe(405);
  expect(young.simulator.unknownPaths).toEqual([]);
});

test.each(["5.3.0", "6.2.0", "6.2.1", "7.8.2"])("the old paths of identities are there in %s", async (coreVersion) => {
  const { admin } = await givenCluster({ coreVersion });

  const found = await admin.post("/v1/auth/identity/find", { name: "admin" });
  const expanded = await admin.post("/v1/auth/identity/expand", { id: { name: "admin" } });

  expect(found.body).toMatchObject({ auth_id: "500" });
  expect(expanded.body).toMatchObject({ type: "USER" });
});

test("5.3.1.9 ignores expiration_time, whatever it holds, and answers none; 5.3.2 knows it", async () => {
  const old = await givenCluster({ coreVersion: "5.3.1.9", localUsers: ["svc"] });
  const young = await givenCluster({ coreVersion: "5.3.2", localUsers: ["svc"] });
  const past = "2000-01-01T00:00:00Z";
  const create = async (cluster: GivenCluster, time: unknown): ReturnType<Party["post"]> =>
    cluster.admin.post(tokens, { user: { name: "svc" }, expiration_time: time });

  const ignored = [await create(old, past), await create(old, 5)];
  const kept = [await create(young, past), await create(young, 5)];
  const alive = await old.bearing(ignored[0]?.field("bearer_token") ?? "").get("/v1/session/who-am-i");
  const dead = await young.bearing(kept[0]?.field("bearer_token") ?? "").get("/v1/session/who-am-i");
  const [ofOld] = await entriesOf(old);
  const [ofYoung] = await entriesOf(young);

  expect(ignored.map(({ status }) => status)).toEqual([200, 200]);
  expect(kept.map(({ status }) => status)).toEqual([200, 400]);
  expect([alive.status, dead.status]).toEqual([200, 401]);
  expect(ofOld).not.toHaveProperty("expiration_time");
  expect(ofYoung).toHaveProperty("expiration_time", past);
});

test("5.3.2.9 ignores enabled and answers none; 5.3.3 disables", async () => {
  const outcomes = [];
  for (const coreVersion of ["5.3.2.9", "5.3.3"]) {
    const { admin, bearing } = await givenCluster({ coreVersion, localUsers: ["svc"] });
    const created = await admin.post(tokens, { user: { name: "svc" } });
    const changed = await admin.patch(tokens + created.field("id"), { enabled: false });
    const used = await bearing(created.field("bearer_token")).get("/v1/session/who-am-i");
    outcomes.push({ body: changed.body, status: used.status });
  }

  expect(outcomes.map(({ status }) => status)).toEqual([200, 401]);
  expect(outcomes[0]?.body).toHaveProperty("expiration_time", null);
  expect(outcomes[0]?.body).not.toHaveProperty("enabled");
  expect(outcomes[1]?.body).toHaveProperty("enabled", false);
});

test.each([
  ["7.2.9.9", "no", [403, 403, 403, 403, 403]],
  ["7.2.9.9", "every", [200, 200, 200, 200, 200]],
  ["7.3.0", "no", [200, 200, 200, 200, 200]],
])("in %s, one's own access tokens with %s privilege for it are answered %j", async (coreVersion, held, statuses) => {
  const { admin, holderOf } = await givenCluster({ coreVersion });
  const privileges = ["PRIVILEGE_ACCESS_TOKENS_READ", "PRIVILEGE_ACCESS_TOKENS_WRITE"];
  const caller = await holderOf(...(held === "no" ? [] : privileges));
  const user = { auth_id: caller.user.id };
  const own = tokens + (await admin.post(tokens, { user })).field("id");

  const replies = [
    await caller.get(`${tokens}?user=auth_id:${caller.user.id}`),
    await caller.post(tokens, { user }),
    await caller.get(own),
    await caller.patch(own, { enabled: true }),
    await caller.delete(own),
  ];

  expect(replies.map(({ status }) => status)).toEqual(statuses);
});

test("before self-service the privilege is asked for first, and each for its own", async () => {
  const { holderOf } = await givenCluster({ coreVersion: "7.2.9" });
  const [reader, writer] = [
    await holderOf("PRIVILEGE_ACCESS_TOKENS_READ"),
    await holderOf("PRIVILEGE_ACCESS_TOKENS_WRITE"),
  ];

  const read = [await reader.get(`${tokens}1`), await writer.get(`${tokens}1`)];
  const written = [await reader.delete(`${tokens}1`), await writer.delete(`${tokens}1`)];

  expect(read.map(({ status }) => status)).toEqual([404, 403]);
  expect(written.map(({ status }) => status)).toEqual([403, 404]);
  expect(read[1]?.field("description")).toContain("PRIVILEGE_ACCESS_TOKENS_READ");
});

test.each([
  ["5.2.9.9", 114],
  ["5.3.0", 116],
  ["6.1.9.9", 116],
  ["6.2.0", 117],
  ["7.2.2.9", 117],
  ["7.2.3", 123],
  ["7.7.1.9", 123],
  ["7.7.2", 125],
  ["7.8.1.9", 125],
  ["7.8.2", 127],
])("%s knows %d privileges, in the catalogue and in Administrators alike", async (coreVersion, count) => {
  const { admin } = await givenCluster({ coreVersion });

  const catalogue = await admin.get("/v1/auth/privileges/");
  const role = await admin.get("/v1/auth/roles/Administrators");
  const roles = await admin.get("/v1/auth/roles/");

  const names = Object.keys(fieldsOf(catalogue.body));
  expect(names).toHaveLength(count);
  expect(role.body).toHaveProperty("privileges", names);
  expect(roles.body).toHaveProperty(["Administrators", "privileges"], names);
});

test.each([
  ["ACCESS_TOKENS_READ", "5.2.9.9", "5.3.0"],
  ["ACCESS_TOKENS_WRITE", "5.2.9.9", "5.3.0"],
  ["FILE_READ_ACCESS", "6.1.9.9", "6.2.0"],
  ["CAPACITY_READ", "7.2.2.9", "7.2.3"],
  ["CAPACITY_WRITE", "7.2.2.9", "7.2.3"],
  ["FS_FILE_LOCK_WRITE", "7.2.2.9", "7.2.3"],
  ["LICENSE_READ", "7.2.2.9", "7.2.3"],
  ["OBJECT_STORAGE_URIS_READ", "7.2.2.9", "7.2.3"],
  ["OBJECT_STORAGE_URIS_WRITE", "7.2.2.9", "7.2.3"],
  ["DISK_ERROR_READ", "7.7.1.9", "7.7.2"],
  ["DISK_ERROR_WRITE", "7.7.1.9", "7.7.2"],
  ["OBJECT_STORAGE_CONFIG_READ", "7.8.1.9", "7.8.2"],
  ["OBJECT_STORAGE_CONFIG_WRITE", "7.8.1.9", "7.8.2"],
])("%s is refused in roles by %s, and taken by %s", (suffix, without, having) => {
  const privileges = [`PRIVILEGE_${suffix}`];
  const [old, young] = [givenContext(without), givenContext(having)];
  const change = { description: undefined, privileges, ifMatch: undefined };
  for (const context of [old, young]) createRole(context, { name: "mine", description: "", privileges: [] });

  expect(() => createRole(old, { name: "other", description: "", privileges })).toThrow(privileges[0]);
  expect(() => changeRole(old, "mine", change)).toThrow(
    expect.objectContaining({ status: 400, errorClass: "decode_error" }),
  );
  expect(changeRole(young, "mine", change).privileges).toEqual(privileges);
});

test("who-am-i tells no privileges in 7.1.9, and those of the version in 7.2.0", async () => {
  const outcomes = [];
  for (const coreVersion of ["7.1.9", "7.2.0"]) {
    const { admin, bearing } = await givenCluster({ coreVersion });
    const token = await admin.post(tokens, { user: { name: "admin" } });
    outcomes.push({ token, reply: await bearing(token.field("bearer_token")).get("/v1/session/who-am-i") });
  }
  const [old, young] = outcomes;

  expect(old?.reply.body).toMatchObject({ id: "500", name: "admin" });
  expect(old?.reply.body).not.toHaveProperty("privileges");
  expect(old?.reply.body).not.toHaveProperty("access_token_id");
  expect(young?.reply.body).toMatchObject({ privileges: expect.any(Array), access_token_id: young?.token.field("id") });
  expect(fieldsOf(young?.reply.body)["privileges"]).toHaveLength(117);
});

test("the domain of Qumulo's support is unknown in 7.6.9, and known in 7.7.0", async () => {
  const classes = [];
  for (const coreVersion of ["7.6.9", "7.7.0"]) {
    const { admin } = await givenCluster({ coreVersion });
    const identity = { domain: "API_QUMULO_SUPPORT_DOMAIN", auth_id: "500" };
    const replies = [
      await admin.post("/v1/identity/find", identity),
      await admin.post("/v1/identity/expand", { id: identity }),
      await admin.post("/v1/auth/roles/Observers/members", identity),
      await admin.post(tokens, { user: identity }),
    ];
    classes.push(replies.map((reply) => reply.field("error_class")));
  }

  expect(classes).toEqual([Array(4).fill("decode_error"), Array(4).fill("cred_error")]);
});

test("the identity of Qumulo's support has no domain in 7.6.9", () => {
  const young = givenContext("7.7.0");
  const old = { ...young, coreVersion: versionOf("7.6.9") };
  const query = { authId: authIds.support };

  expect(resolveIdentity(young, query)).toMatchObject({ domain: "API_QUMULO_SUPPORT_DOMAIN", name: "everyone" });
  expect(() => resolveIdentity(old, query)).toThrow(expect.objectContaining({ errorClass: "cred_error" }));
  expect(describeIdentity(old, authIds.support)).toMatchObject({ domain: "API_INVALID_DOMAIN", name: null });
});

test.each([
  ["7.8.0", "S-1-4294967295-1", "cred_remote_resource_unavailable_error"],
  ["7.8.0", "S-1-0x100000000-1", "cred_invalid_sid_error"],
  ["7.8.0.1", "S-1-0x100000000-1", "cred_remote_resource_unavailable_error"],
])("%s answers the foreign SID %s with %s", (coreVersion, sid, errorClass) => {
  expect(() => resolveIdentity(givenContext(coreVersion), { sid })).toThrow(expect.objectContaining({ errorClass }));
});

test("an older version hides the privileges that it does not know, and keeps them", () => {
  const latest = givenContext("7.8.2");
  const old = { ...latest, coreVersion: versionOf("7.8.1") };
  const privileges = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_OBJECT_STORAGE_CONFIG_READ"];
  createRole(latest, { name: "mine", description: "", privileges });

  const hidden = getRole(old, "mine");
  const listed = listRoles(old).find(({ name }) => name === "mine");
  const described = changeRole(old, "mine", { ...hidden, description: "Reads", ifMatch: undefined });

  expect(hidden.privileges).toEqual(["PRIVILEGE_QUOTA_READ"]);
  expect(listed).toEqual(hidden);
  expect(described).toMatchObject({ description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] });
  expect(getRole(latest, "mine")).toMatchObject({ description: "Reads", privileges });
});

test("a list of privileges that an older version is given replaces those that it does not know as well", () => {
  const latest = givenContext("7.8.2");
  const old = { ...latest, coreVersion: versionOf("7.8.1") };
  createRole(latest, { name: "mine", description: "", privileges: ["PRIVILEGE_OBJECT_STORAGE_CONFIG_READ"] });

  changeRole(old, "mine", { description: undefined, privileges: ["PRIVILEGE_QUOTA_READ"], ifMatch: undefined });

  expect(getRole(latest, "mine").privileges).toEqual(["PRIVILEGE_QUOTA_READ"]);
});

test("a login under a later version tells no privilege that an older one does not know", () => {
  const latest = givenContext("7.8.2");
  const old = { ...latest, coreVersion: versionOf("7.8.1") };
  const privileges = new Set(["PRIVILEGE_OBJECT_STORAGE_CONFIG_READ", "PRIVILEGE_QUOTA_READ"]);
  const caller = { authId: "500", privileges, roles: [] };

  expect(whoAmI(latest, caller).privileges).toHaveLength(2);
  expect(whoAmI(old, caller).privileges).toEqual(["PRIVILEGE_QUOTA_READ"]);
});

test("an access token of a later version is valid from 5.3.0 on", () => {
  const latest = givenContext("7.8.2");
  const caller = { authId: "500", privileges: new Set<string>(), roles: [] };
  const { bearerToken } = createAccessToken(latest, caller, { user: { authId: "500" }, expiresAt: undefined });

  expect(authenticate({ ...latest, coreVersion: versionOf("5.3.0") }, bearerToken)).toMatchObject({ authId: "500" });
  expect(() => authenticate({ ...latest, coreVersion: versionOf("5.2.9") }, bearerToken)).toThrow(
    expect.objectContaining({ status: 401 }),
  );
});

async function entriesOf({ admin }: GivenCluster): Promise<readonly unknown[]> {
  const { entries } = fieldsOf((await admin.get(tokens)).body);
  if (!Array.isArray(entries)) throw new Error("The list has no entries");
  return Array.from<unknown>(entries);
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
}

function versionOf(text: string): CoreVersion {
  const version = parseCoreVersion(text);
  if (version === undefined) throw new Error(`${text} is not a version`);
  return version;
}

/** A new cluster without a server. */
function givenContext(coreVersion: string): Context {
  const context = { store: new MemoryStore(), clock: systemClock, variations: {}, coreVersion: versionOf(coreVersion) };
  const password = new Secret("Test-1234");
  context.store.transaction(() => {
    createCluster(context, { name: "test", adminPassword: password, guestPassword: password });
  });
  return context;
}
