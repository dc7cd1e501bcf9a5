import { expect, test } from "@jest/globals";
import { givenDirectory, givenNoDirectory, ids } from "../../../support/simulator/given-directory.ts";

const find = "/v1/identity/find";
const expand = "/v1/identity/expand";

test("a user of Active Directory is answered with the domain's name, SID and uid", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", find, { domain: "ACTIVE_DIRECTORY", name: "Jane" });

  expect(reply.body).toEqual({
    domain: "ACTIVE_DIRECTORY",
    auth_id: ids.jane,
    uid: 5_001,
    gid: null,
    sid: "S-1-5-21-111-222-333-1103",
    name: "LAB\\jane",
  });
});

test.each([
  [{ name: "jane" }, ids.jane],
  [{ name: "LAB\\jane" }, ids.jane],
  [{ name: "lab\\JANE" }, ids.jane],
  [{ name: "Lab.Example.Com\\jane" }, ids.jane],
  [{ name: "jane@LAB.example.com" }, ids.jane],
  [{ name: "jane@lab" }, ids.jane],
  [{ name: "cn=jane: doe,dc=LAB,dc=example,dc=com" }, ids.jane],
  [{ domain: "ACTIVE_DIRECTORY", name: "LAB\\jane" }, ids.jane],
  [{ domain: "ACTIVE_DIRECTORY", uid: 5_001 }, ids.jane],
  [{ domain: "ACTIVE_DIRECTORY", gid: 9_001 }, ids.storageAdmins],
  [{ sid: "S-1-5-21-111-222-333-1103" }, ids.jane],
  [{ auth_id: ids.jane }, ids.jane],
  [{ auth_id: ids.jane, uid: 5_001 }, ids.jane],
  [{ name: "LAB\\jane", sid: "S-1-5-21-111-222-333-1103" }, ids.jane],
  [{ name: "Storage Admins" }, ids.storageAdmins],
  [{ name: "bob" }, ids.bob],
  [{ domain: "POSIX_USER", name: "BOB" }, ids.bob],
  [{ domain: "POSIX_GROUP", name: "lab" }, ids.lab],
  [{ name: "uid=jdoe,dc=ldap,dc=example,dc=com" }, ids.jdoe],
  [{ uid: 6_001 }, ids.bob],
  [{ uid: 5_001 }, "12884906889"],
  [{ sid: "S-1-5-88-2-7000" }, ids.lab],
])("%j means %s", (query, authId) => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", find, query);

  expect(reply.body).toMatchObject({ auth_id: authId });
});

test("what find answers is itself an identity that find takes", () => {
  const { admin } = givenDirectory();

  for (const authId of Object.values(ids)) {
    const { body } = admin.send("POST", find, { auth_id: authId });
    expect(admin.send("POST", find, body).body).toEqual(body);
  }
});

test.each([
  [{ domain: "ACTIVE_DIRECTORY", name: "nobody-here" }, "cred_error"],
  [{ name: "LAB\\nobody-here" }, "cred_error"],
  [{ name: "OTHER\\jane" }, "cred_error"],
  [{ name: "jane@other.example.com" }, "cred_error"],
  [{ domain: "POSIX_USER", name: "lab" }, "cred_error"],
  [{ domain: "POSIX_GROUP", name: "bob" }, "cred_error"],
  [{ sid: "S-1-5-21-111-222-334-1103" }, "cred_error"],
  [{ domain: "ACTIVE_DIRECTORY", uid: 5_002 }, "cred_error"],
  [{ domain: "LOCAL", name: "jane" }, "cred_invalid_local_user_error"],
  [{ name: "nobody-here" }, "cred_invalid_local_user_error"],
  [{ auth_id: ids.jane, name: "john" }, "cred_error"],
  [{ auth_id: ids.jane, uid: 5_002 }, "cred_error"],
  [{ domain: "POSIX_USER", name: "bob", uid: 6_002 }, "cred_error"],
  [{ domain: "LOCAL", auth_id: ids.jane }, "cred_error"],
  [{ domain: "WORLD", name: "jane" }, "cred_error"],
])("joined to directories, %j is refused with %s", (query, errorClass) => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", find, query);

  expect(reply).toMatchObject({ status: 400, body: { error_class: errorClass } });
});

test.each([
  { domain: "ACTIVE_DIRECTORY", name: "jane" },
  { domain: "ACTIVE_DIRECTORY", uid: 5_001 },
  { domain: "POSIX_GROUP", name: "lab" },
  { name: "jane@lab.example.com" },
  { name: "CN=Jane,DC=lab" },
  { sid: "S-1-5-21-111-222-333-1103" },
  { sid: "S-1-0x123456789ABC-1" },
])("joined to no directory, nobody can be asked about %j", (query) => {
  const { admin } = givenNoDirectory();

  const reply = admin.send("POST", find, query);

  expect(reply).toMatchObject({ status: 400, body: { error_class: "cred_remote_resource_unavailable_error" } });
});

test.each(["S-1-281474976710656-1", "S-1-0x1000000000000-1", "S-1--1", "S-2-5-1"])("%s is not a SID", (sid) => {
  const { admin } = givenNoDirectory();

  const reply = admin.send("POST", find, { sid });

  expect(reply).toMatchObject({ status: 400, body: { error_class: "cred_invalid_sid_error" } });
});

test("a name that several have is the local one's, then Active Directory's, then LDAP's", () => {
  const { admin } = givenDirectory();
  const local = admin.send("POST", "/v1/users/", { name: "jane", primary_group: "0", password: "Test-1234" });

  const bare = admin.send("POST", find, { name: "jane" });
  const inDomain = admin.send("POST", find, { domain: "ACTIVE_DIRECTORY", name: "jane" });

  expect(bare.body).toMatchObject({ domain: "LOCAL", sid: local.field("sid") });
  expect(inDomain.body).toMatchObject({ auth_id: ids.jane });
});

test("an unknown RID of the joined domain resolves to itself, without a name", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", find, { sid: "S-1-5-21-111-222-333-4242" });

  expect(reply.body).toMatchObject({ domain: "ACTIVE_DIRECTORY", auth_id: "21474840722", name: null });
});

test("expand tells the POSIX twin, and groups through groups with their twins", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", expand, { id: { name: "LAB\\jane" } });

  expect(reply.body).toMatchObject({
    id: { auth_id: ids.jane },
    type: "USER",
    smb_id: { auth_id: ids.jane },
    nfs_id: { domain: "POSIX_USER", uid: 5_001 },
    equivalent_ids: [{ domain: "POSIX_USER", uid: 5_001 }],
    group_ids: [
      { auth_id: ids.domainUsers },
      { auth_id: ids.storageAdmins },
      { domain: "POSIX_GROUP", gid: 9_001 },
      { auth_id: ids.it },
    ],
  });
});

test("expand of a POSIX user tells the user of Active Directory, who is the one that SMB sees", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", expand, { id: { domain: "POSIX_USER", uid: 5_001 } });

  expect(reply.body).toMatchObject({
    type: "USER",
    smb_id: { auth_id: ids.jane },
    nfs_id: { uid: 5_001, domain: "POSIX_USER" },
    equivalent_ids: [{ auth_id: ids.jane }],
    group_ids: [
      { auth_id: ids.domainUsers },
      { auth_id: ids.storageAdmins },
      { domain: "POSIX_GROUP", gid: 9_001 },
      { auth_id: ids.it },
    ],
  });
});

test("expand tells the groups of LDAP, the primary one first", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", expand, { id: { name: "bob" } });

  expect(reply.body).toMatchObject({ group_ids: [{ name: "lab" }, { name: "staff" }], equivalent_ids: [] });
});

test.each([
  ["john", "USER"],
  ["IT", "GROUP"],
  ["lab", "GROUP"],
])("%s is of type %s", (name, type) => {
  const { admin } = givenDirectory();

  expect(admin.send("POST", expand, { id: { name } }).body).toMatchObject({ type });
});

test.each([
  ["themselves", { auth_id: ids.jane }],
  ["a group", { name: "Storage Admins" }],
  ["a group of a group", { name: "LAB\\IT" }],
  ["the primary group", { name: "Domain Users" }],
  ["their uid", { domain: "POSIX_USER", uid: 5_001 }],
  ["the gid of a group", { gid: 9_001 }],
  ["Everyone", { name: "Everyone" }],
])("a user of Active Directory holds a role through %s", (_whom, member) => {
  const { admin, as } = givenDirectory();
  admin.send("POST", "/v1/auth/roles/", { name: "held", description: "", privileges: ["PRIVILEGE_QUOTA_READ"] });
  const added = admin.send("POST", "/v1/auth/roles/held/members", member);

  const roles = as(ids.jane).send("GET", "/v1/session/roles");

  expect(added.status).toBe(200);
  expect(roles.body).toEqual(["held"]);
});

test("a user of Active Directory holds no role of a local group, of others, or of unknown ones", () => {
  const { admin, as } = givenDirectory();
  admin.send("POST", "/v1/auth/roles/", { name: "held", description: "", privileges: [] });
  for (const member of [{ name: "Users" }, { name: "john" }, { auth_id: "21474840722" }, { name: "lab" }]) {
    expect(admin.send("POST", "/v1/auth/roles/held/members", member).status).toBe(200);
  }

  const roles = as(ids.jane).send("GET", "/v1/session/roles");

  expect(roles.body).toEqual([]);
});

test("a local user with the uid of a user of Active Directory holds their roles too", () => {
  const { admin, as } = givenDirectory();
  const fields = { name: "svc", primary_group: "0", uid: "5001", password: "Test-1234" };
  const user = admin.send("POST", "/v1/users/", fields);
  admin.send("POST", "/v1/auth/roles/", { name: "held", description: "", privileges: [] });
  admin.send("POST", "/v1/auth/roles/held/members", { auth_id: ids.jane });

  const roles = as(user.field("id")).send("GET", "/v1/session/roles");

  expect(roles.body).toEqual(["held"]);
});

test("who-am-i of a user of Active Directory has the shape of a local user's", () => {
  const { as } = givenDirectory();

  const reply = as(ids.jane).send("GET", "/v1/session/who-am-i");

  expect(reply.body).toEqual({
    id: ids.jane,
    name: "LAB\\jane",
    primary_group: ids.domainUsers,
    sid: "S-1-5-21-111-222-333-1103",
    uid: "5001",
    home_directory: null,
    can_change_password: false,
    privileges: [],
  });
});

test("who-am-i of a user without a primary group leaves it empty", () => {
  const { as } = givenDirectory();

  expect(as(ids.john).send("GET", "/v1/session/who-am-i").body).toMatchObject({ primary_group: "", uid: "" });
  expect(as(ids.bob).send("GET", "/v1/session/who-am-i").body).toMatchObject({ name: "bob", uid: "6001" });
});

test("the local groups of a user of a directory are none", () => {
  const { admin } = givenDirectory();

  const reply = admin.send("GET", `/v1/users/${ids.jane}/groups/`);

  expect(reply).toMatchObject({ status: 200, body: [] });
});

test.each([
  ["Active Directory", ids.jane],
  ["LDAP", ids.bob],
])("a user of %s makes access tokens of their own, two at most, and works with them", (_directory, authId) => {
  const { as, bearing } = givenDirectory();
  const user = { auth_id: authId };

  const first = as(authId).send("POST", "/v1/auth/access-tokens/", { user });
  const token = bearing(first.field("bearer_token"));
  const me = token.send("GET", "/v1/session/who-am-i");
  const second = token.send("POST", "/v1/auth/access-tokens/", { user });
  const third = token.send("POST", "/v1/auth/access-tokens/", { user });
  const listed = token.send("GET", `/v1/auth/access-tokens/?user=auth_id:${authId}`);

  expect([first.status, me.status, second.status, third.status, listed.status]).toEqual([200, 200, 200, 400, 200]);
  expect(me.body).toMatchObject({ id: authId, access_token_id: first.field("id") });
  expect(listed.body).toMatchObject({ entries: [{}, {}] });
});

test("an access token of a user of Active Directory follows their roles at once", () => {
  const { admin, bearing } = givenDirectory();
  const token = admin.send("POST", "/v1/auth/access-tokens/", { user: { name: "LAB\\jane" } });
  const party = bearing(token.field("bearer_token"));

  const before = party.send("GET", "/v1/users/");
  admin.send("POST", "/v1/auth/roles/Observers/members", { name: "IT" });
  const after = party.send("GET", "/v1/users/");

  expect([before.status, after.status]).toEqual([403, 200]);
});

test.each([
  [{ name: "Storage Admins" }, "cred_identity_not_supported_error"],
  [{ name: "lab" }, "cred_identity_not_supported_error"],
  [{ auth_id: "21474840722" }, "cred_error"],
])("no access token is for %j", (user, errorClass) => {
  const { admin } = givenDirectory();

  const reply = admin.send("POST", "/v1/auth/access-tokens/", { user });

  expect(reply).toMatchObject({ status: 400, body: { error_class: errorClass } });
});

test("another's access tokens need the privilege, whatever the directory", () => {
  const { as } = givenDirectory();

  const reply = as(ids.jane).send("POST", "/v1/auth/access-tokens/", { user: { name: "john" } });

  expect(reply.status).toBe(403);
});
