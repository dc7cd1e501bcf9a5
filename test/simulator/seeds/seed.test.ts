import { expect, test } from "@jest/globals";
import type { Seed } from "../../../src/simulator/index.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";

const bearerToken = "access-v1:a-secret-of-the-seed";

const seed = {
  version: 1,
  active_directory: {
    netbios_name: "LAB",
    dns_name: "lab.example.com",
    sid: "S-1-5-21-7-8-9",
    groups: [
      { name: "Domain Users", rid: 513 },
      { name: "Storage", rid: 1200, gid: 9000, member_of: ["Domain Users"] },
    ],
    users: [
      {
        name: "jane",
        rid: 1105,
        uid: 8105,
        distinguished_name: "CN=Jane Doe,DC=lab,DC=example,DC=com",
        primary_group: "Domain Users",
        member_of: ["Storage"],
        password: "anything",
      },
      { name: "robot", rid: 1106, login_allowed: false },
    ],
  },
  ldap: {
    bind_uri: "ldap://ldap.example.com",
    groups: [{ name: "lab", gid: 6000 }],
    users: [{ name: "bob", uid: 6001, primary_group: "lab" }],
  },
  user_mappings: [{ down_level_logon_name: "LAB\\robot", ldap_name: "bob" }],
  saml: { cluster_dns_name: "qumulo.example.com", identity_provider_url: "https://idp.example.com" },
  identity_attributes: [{ identity: "ad:jane", home_directory: "/home/jane" }],
  cluster: { name: "lab", nodes: 3, sid_prefix: "S-1-5-21-1-2-3", next_id: 2_000 },
  groups: [
    { name: "automation", id: "1500", gid: "7000", members: ["svc-backup"] },
    { name: "Administrators", members: ["svc-deploy"] },
  ],
  users: [
    { name: "svc-backup", id: "1004", uid: "5001", home_directory: "/home/svc", password: "Seeded-Password-1" },
    { name: "svc-deploy", primary_group: "automation" },
  ],
  roles: [
    { name: "reader", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["local:automation"] },
    { name: "Observers", members: ["world:Everyone", "auth_id:1999"] },
  ],
  access_tokens: [
    { user: "local:svc-backup", bearer_token: bearerToken, expiration_time: "2999-01-01T00:00:00Z" },
    { user: "auth_id:1999", creator: "local:svc-deploy", enabled: false, creation_time: "2026-01-01T00:00:00+01:00" },
  ],
} as const satisfies Seed;

test("a seed fills a cluster with users, groups, roles, members and access tokens", async () => {
  const { admin } = await givenCluster({ seed });

  const users = (await admin.get("/v1/users/")).body;
  const role = (await admin.get("/v1/auth/roles/reader")).body;
  const members = (await admin.get("/v1/auth/roles/Observers/members")).body;
  const tokens = (await admin.get("/v1/auth/access-tokens/?user=auth_id:1004")).body;
  const nodes = (await admin.get("/v1/cluster/nodes/")).body;

  expect(users).toContainEqual({
    id: "1004",
    name: "svc-backup",
    primary_group: "513",
    sid: "S-1-5-21-1-2-3-1004",
    uid: "5001",
    home_directory: "/home/svc",
    can_change_password: true,
  });
  // The first free id is that of the counter, which the seed has set.
  expect(users).toContainEqual(expect.objectContaining({ id: "2000", name: "svc-deploy", primary_group: "1500" }));
  expect(role).toEqual({ description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] });
  expect(members).toMatchObject({ members: { "8589934592": { name: "Everyone" }, "1999": { name: null } } });
  expect(tokens).toMatchObject({ entries: [{ expiration_time: "2999-01-01T00:00:00Z", enabled: true }] });
  expect(nodes).toHaveLength(3);
});

test("seeded passwords and bearer tokens authenticate, with the rights that the seed gives", async () => {
  const { signIn, bearing } = await givenCluster({ seed });

  const session = await (await signIn("svc-backup", "Seeded-Password-1")).get("/v1/session/roles");
  const token = await bearing(bearerToken).get("/v1/session/who-am-i");

  expect(session.body).toEqual(["Observers", "reader"]);
  expect(token.body).toMatchObject({ id: "1004", privileges: expect.arrayContaining(["PRIVILEGE_QUOTA_READ"]) });
});

test("a seed describes directories, whose users log in and hold roles and access tokens", async () => {
  const roles = [{ name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["ad:LAB\\Storage"] }];
  const tokens = [{ user: "ldap_user:bob", bearer_token: bearerToken }];
  const { signIn, bearing, admin } = await givenCluster({ seed: { ...seed, roles, access_tokens: tokens } });

  const jane = await (await signIn("jane@lab.example.com", "anything")).get("/v1/session/roles");
  const bob = await bearing(bearerToken).get("/v1/session/who-am-i");
  const attributes = await admin.get(`/v1/auth/identities/${5n * 2n ** 32n + 1105n}/attributes`);

  expect(jane.body).toEqual(["reader"]);
  expect(bob.body).toMatchObject({ name: "bob", uid: "6001" });
  expect(attributes.body).toEqual({ home_directory: "/home/jane" });
});

test("a user without a password has none that is right", async () => {
  const { nobody } = await givenCluster({ seed });

  const reply = await nobody.post("/v1/session/login", { username: "svc-deploy", password: "" });

  expect(reply.status).toBe(401);
});

test("later users get ids that no seeded account has", async () => {
  const { admin } = await givenCluster({ seed: { version: 1, users: [{ name: "one", id: "1001" }, { name: "two" }] } });

  const created = await admin.post("/v1/users/", { name: "three", primary_group: "0", password: "Test-Password-1" });
  const users = (await admin.get("/v1/users/")).body as { id: string; name: string }[];

  expect(users.slice(2).map(({ id, name }) => [id, name])).toEqual([
    ["1001", "one"],
    ["1002", "two"],
    ["1003", "three"],
  ]);
  expect(created.status).toBe(200);
});

test("admin's password is that of the option, then that of the seed", async () => {
  const withAdmin: Seed = { version: 1, users: [{ name: "admin", password: "From-The-Seed-1" }] };
  const fromSeed = await givenCluster({ seed: withAdmin });
  const fromOption = await givenCluster({ seed: withAdmin, adminPassword: "From-Option-1" });

  expect(fromSeed.simulator.adminPassword.reveal()).toBe("From-The-Seed-1");
  expect((await fromSeed.signIn("admin", "From-The-Seed-1")).bearerToken).toBeDefined();
  expect((await fromOption.signIn("admin", "From-Option-1")).bearerToken).toBeDefined();
  await expect(fromOption.signIn("admin", "From-The-Seed-1")).rejects.toThrow("invalid_credentials");
});

test("a cluster made from an export is the same cluster", async () => {
  const first = await givenCluster({ seed });
  await first.admin.post("/v1/users/", { name: "gone", primary_group: "0", password: "Test-Password-1" });
  await first.admin.post("/v1/auth/access-tokens/", { user: { name: "gone" } });
  await first.admin.post("/v1/auth/roles/reader/members", { name: "gone" });
  await first.admin.delete("/v1/users/2001");
  const exported = first.simulator.exportSeed();

  const second = await givenCluster({ seed: JSON.parse(JSON.stringify(exported)) as Seed });

  expect(second.simulator.exportSeed()).toEqual(exported);
  for (const path of [
    "/v1/users/",
    "/v1/groups/",
    "/v1/groups/1500/members/",
    "/v1/groups/512/members/",
    "/v1/auth/roles/",
    "/v1/auth/roles/reader/members",
    "/v1/auth/roles/Observers/members",
    "/v1/auth/roles/Administrators/members",
    "/v1/auth/access-tokens/",
    "/v1/cluster/nodes/",
    "/v1/cluster/settings",
    "/v1/node/state",
  ]) {
    expect({ path, body: (await second.admin.get(path)).body }).toEqual({
      path,
      body: (await first.admin.get(path)).body,
    });
  }
  expect((await second.signIn("svc-backup", "Seeded-Password-1")).bearerToken).toBeDefined();
  expect((await second.bearing(bearerToken).get("/v1/session/who-am-i")).status).toBe(200);
});

test("an export holds what was set for built-in users, and the vendor's role where a cluster has one", async () => {
  const first = await givenCluster({ variations: { supportRole: true } });
  await first.admin.put("/v1/auth/identities/500/attributes", { home_directory: "/home/admin" });
  const exported = first.simulator.exportSeed();

  const second = await givenCluster({ seed: JSON.parse(JSON.stringify(exported)) as Seed });

  expect(second.simulator.exportSeed()).toEqual(exported);
  for (const path of ["/v1/users/500", "/v1/auth/roles/", "/v1/auth/roles/Qumulo-Support/members"]) {
    expect((await second.admin.get(path)).body).toEqual((await first.admin.get(path)).body);
  }
});

test("after the last id there is none for another user", async () => {
  const { admin } = await givenCluster({ seed: { version: 1, users: [{ name: "last", id: "4294967295" }] } });

  const reply = await admin.post("/v1/users/", { name: "next", primary_group: "0", password: "Test-Password-1" });

  expect([reply.status, reply.field("error_class")]).toEqual([400, "rest_invalid_request_error"]);
});

test("an export holds no password and no bearer token", async () => {
  const { simulator, admin } = await givenCluster({ seed });
  const minted = await admin.post("/v1/auth/access-tokens/", { user: { name: "admin" } });

  const text = JSON.stringify(simulator.exportSeed());

  for (const secret of [
    "Seeded-Password-1",
    bearerToken,
    minted.field("bearer_token"),
    simulator.adminPassword.reveal(),
  ]) {
    expect(text).not.toContain(secret);
  }
});

test("a list of members is all of them, also for a built-in role", async () => {
  const { admin } = await givenCluster({
    seed: { version: 1, users: [{ name: "jane" }], roles: [{ name: "Administrators", members: ["local:jane"] }] },
  });

  const who = await admin.get("/v1/session/who-am-i");

  expect(who.body).toMatchObject({ name: "admin", privileges: [] });
});

test("null stands for absence", async () => {
  const { admin } = await givenCluster({
    seed: { version: 1, users: [{ name: "svc", uid: null, home_directory: null }] } as unknown as Seed,
  });

  expect((await admin.get("/v1/users/1000")).body).toMatchObject({ name: "svc", uid: "", home_directory: null });
});
