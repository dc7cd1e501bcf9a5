import { expect, test } from "@jest/globals";
import { type Seed, SeedError, startSimulator } from "../../../src/simulator/index.ts";

async function failureOf(bad: unknown): Promise<SeedError> {
  try {
    await (await startSimulator({ seed: bad as Seed })).close();
  } catch (error) {
    if (error instanceof SeedError) return error;
    throw error;
  }
  throw new Error("The seed was taken");
}

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
    "users[0].password_hash: this is not a hash as an export writes it",
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
    "a built-in user with a hash",
    { version: 1, users: [{ name: "admin", password_hash: "" }] },
    "users[0]: admin is built in: it takes a password only",
  ],
  [
    "a built-in group with an id",
    { version: 1, groups: [{ name: "users", id: "513" }] },
    "groups[0]: users is built in: it takes members only",
  ],
  [
    "a built-in user who is there twice",
    { version: 1, users: [{ name: "admin" }, { name: "ADMIN", password: "Other-Password-1" }] },
    "users[1]: ADMIN is there twice",
  ],
  [
    "a built-in group that is there twice",
    { version: 1, groups: [{ name: "Users" }, { name: "users" }] },
    "groups[1]: users is there twice",
  ],
  [
    "a built-in role that is there twice",
    { version: 1, roles: [{ name: "Observers", members: ["admin"] }, { name: "observers" }] },
    "roles[1]: observers is there twice",
  ],
  ["very many nodes", { version: 1, cluster: { nodes: 1_001 } }, "cluster.nodes: a cluster has at most 1000 nodes"],
  ["an id out of reach", { version: 1, cluster: { next_id: 1e300 } }, "cluster.next_id: no number above 4294967296"],
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
    `roles[0].privileges[0]: "PRIVILEGE_QUOTA_RAED" is not a privilege; did you mean PRIVILEGE_QUOTA_READ?`,
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
    'access_tokens[0].expiration_time: "2026-01-01T00:00:00" is not an RFC 3339 time with an offset',
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
