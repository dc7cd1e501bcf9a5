import { expect, test } from "@jest/globals";
import { type Seed, SeedError, startSimulator } from "../../../src/simulator/index.ts";
import { givenCluster } from "../../support/given-cluster.ts";

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

test.each<[string, unknown, string]>([
  ["no object", [], "an object is needed, not a list"],
  ["no version", {}, "version: the field is missing"],
  ["another version", { version: 2 }, "version: this release reads version 1 of the format"],
  ["an unknown field", { version: 1, user: [] }, "user: there is no such field; did you mean users?"],
  [
    "an unknown field of a user",
    { version: 1, users: [{ name: "a", x: 1 }] },
    "users[0].x: there is no such field; the fields here are name, id,",
  ],
  ["a user without a name", { version: 1, users: [{}] }, "users[0].name: the field is missing"],
  [
    "a number as an id",
    { version: 1, users: [{ name: "a", id: 1004 }] },
    "users[0].id: a text is needed, not a number",
  ],
  [
    "an id below 1000",
    { version: 1, users: [{ name: "a", id: "999" }] },
    "users[0]: id: a number from 1000 to 4294967295 is needed",
  ],
  [
    "a taken id",
    {
      version: 1,
      users: [
        { name: "a", id: "1004" },
        { name: "b", id: "1004" },
      ],
    },
    "users[1]: A user or group with the id 1004 exists already",
  ],
  [
    "a taken name",
    { version: 1, users: [{ name: "a" }], groups: [{ name: "A" }] },
    "users[0]: A user or group named a exists already",
  ],
  [
    "a weak password",
    { version: 1, users: [{ name: "a", password: "weak-secret" }] },
    "users[0]: A password mixes at least 3",
  ],
  [
    "a password and a hash",
    { version: 1, users: [{ name: "a", password: "x", password_hash: "y" }] },
    "users[0]: password and password_hash exclude each other",
  ],
  [
    "a foreign hash",
    { version: 1, users: [{ name: "a", password_hash: "$2b$10$secret" }] },
    "users[0].password_hash: this is no hash that an export writes",
  ],
  [
    "an unknown primary group",
    { version: 1, users: [{ name: "a", primary_group: "b" }] },
    `users[0].primary_group: there is no local group named "b"`,
  ],
  [
    "a built-in user with a uid",
    { version: 1, users: [{ name: "Guest", uid: "1" }] },
    "users[0]: Guest is built in: it takes a password only",
  ],
  [
    "an unknown member of a group",
    { version: 1, groups: [{ name: "a", members: ["b"] }] },
    `groups[0].members[0]: there is no local user named "b"`,
  ],
  [
    "a group as a member of a group",
    { version: 1, groups: [{ name: "a", members: ["Users"] }] },
    `groups[0].members[0]: there is no local user named "Users"`,
  ],
  [
    "an unknown privilege",
    { version: 1, roles: [{ name: "r", privileges: ["PRIVILEGE_QUOTA_RAED"] }] },
    `roles[0].privileges[0]: "PRIVILEGE_QUOTA_RAED" is no privilege; did you mean PRIVILEGE_QUOTA_READ?`,
  ],
  [
    "a built-in role with privileges",
    { version: 1, roles: [{ name: "observers", privileges: [] }] },
    "roles[0]: observers is built in: it takes members only",
  ],
  [
    "white space in a role's name",
    { version: 1, roles: [{ name: "a b" }] },
    "roles[0]: name: a role's name holds no white space",
  ],
  [
    "an unknown member of a role",
    { version: 1, roles: [{ name: "r", members: ["local:b"] }] },
    "roles[0].members[0]: There is no local user or group with the name",
  ],
  [
    "a member with an id that was never given",
    { version: 1, roles: [{ name: "r", members: ["auth_id:1000"] }] },
    "roles[0].members[0]: There is no local user or group with the auth_id 1000",
  ],
  [
    "a third token",
    { version: 1, access_tokens: [{ user: "admin" }, { user: "admin" }, { user: "admin" }] },
    "access_tokens[2]: User 500 has the maximum number of access tokens",
  ],
  [
    "a token for a group",
    { version: 1, access_tokens: [{ user: "local:Users" }] },
    "access_tokens[0]: Access tokens are for users only",
  ],
  [
    "a time without an offset",
    { version: 1, access_tokens: [{ user: "admin", expiration_time: "2026-01-01T00:00:00" }] },
    'access_tokens[0].expiration_time: "2026-01-01T00:00:00" is no RFC 3339 time with an offset',
  ],
  [
    "another kind of secret",
    { version: 1, access_tokens: [{ user: "admin", bearer_token: "session-v1:a" }] },
    "access_tokens[0].bearer_token: access-v1: and visible ASCII characters are needed",
  ],
  [
    "one secret twice",
    {
      version: 1,
      access_tokens: [
        { user: "admin", bearer_token: "access-v1:a" },
        { user: "admin", bearer_token: "access-v1:a" },
      ],
    },
    "access_tokens[1]: Another access token has this id or bearer token",
  ],
  [
    "an unknown field of a user of the domain",
    {
      version: 1,
      active_directory: {
        netbios_name: "LAB",
        dns_name: "l",
        sid: "S-1-5-21-7-8-9",
        users: [{ name: "j", rid: 1, uuid: 2 }],
      },
    },
    "active_directory.users[0].uuid: there is no such field; did you mean uid?",
  ],
  [
    "a group that the domain does not have",
    {
      version: 1,
      active_directory: {
        netbios_name: "LAB",
        dns_name: "l",
        sid: "S-1-5-21-7-8-9",
        users: [{ name: "j", rid: 1, member_of: ["g"] }],
      },
    },
    "active_directory: j belongs to the group g, which its directory does not have",
  ],
  ["no node", { version: 1, cluster: { nodes: [] } }, "cluster.nodes: a cluster has at least one node"],
  ["half a character", { version: 1, users: [{ name: "a\ud800" }] }, "users[0].name: the text holds half a character"],
])("a seed with %s is refused at its place", async (_name, bad, message) => {
  const error = await failureOf(bad);

  expect(error.message).toContain(message);
  expect(error.message).not.toMatch(/weak-secret|\$2b\$10/);
});

test("all faults of a seed are told at once", async () => {
  const error = await failureOf({
    version: 1,
    users: [{ name: "" }, { name: "ok" }, { name: "a:b" }],
    roles: [{ name: "r", members: ["local:ok", "local:nobody", "nonsense:x"] }],
  });

  expect(error.faults.map(({ path }) => path.join("."))).toEqual([
    "users.0",
    "users.2",
    "roles.0.members.1",
    "roles.0.members.2",
  ]);
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

async function failureOf(bad: unknown): Promise<SeedError> {
  try {
    await (await startSimulator({ seed: bad as Seed })).close();
  } catch (error) {
    if (error instanceof SeedError) return error;
    throw error;
  }
  throw new Error("The seed was taken");
}
