import { expect, test } from "@jest/globals";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

const find = "/v1/identity/find";
const expand = "/v1/identity/expand";

test("find answers all six fields", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post(find, { name: "ADMIN" });

  expect(reply.body).toEqual({
    domain: "LOCAL",
    auth_id: "500",
    uid: null,
    gid: null,
    sid: expect.stringMatching(/^S-1-5-21-\d+-\d+-\d+-500$/),
    name: "admin",
  });
});

test.each([
  [{ name: "Users" }, { auth_id: "513", name: "Users" }],
  [{ name: "everyone" }, { domain: "WORLD", auth_id: "8589934592", sid: "S-1-1-0", name: "Everyone" }],
  [{ domain: "WORLD", name: "EVERYONE" }, { auth_id: "8589934592" }],
  [{ sid: "S-1-1-0" }, { domain: "WORLD" }],
  [{ sid: "s-1-3-4" }, { domain: "API_CREATOR_DOMAIN", auth_id: "18446744069414584324" }],
  [{ auth_id: "18446744065119617025" }, { domain: "API_CREATOR_DOMAIN", sid: null }],
  [{ auth_id: "0" }, { domain: "API_NULL_DOMAIN", name: null }],
  [{ auth_id: "1" }, { domain: "API_INTERNAL_DOMAIN" }],
  [{ auth_id: "0500" }, { domain: "LOCAL", auth_id: "500", name: "admin" }],
  [{ auth_id: "4242" }, { domain: "LOCAL", auth_id: "4242", name: null }],
  [{ auth_id: "4294967296" }, { domain: "API_RESERVED_DOMAIN" }],
  [{ uid: 5_001 }, { domain: "POSIX_USER", auth_id: "12884906889", uid: 5_001, sid: "S-1-5-88-1-5001" }],
  [{ gid: 5_001 }, { domain: "POSIX_GROUP", auth_id: "17179874185", gid: 5_001, sid: "S-1-5-88-2-5001" }],
  [{ uid: 0 }, { auth_id: "12884901888", uid: 0 }],
  [{ uid: 4_294_967_295 }, { auth_id: "17179869183", uid: 4_294_967_295 }],
  [{ sid: "S-1-5-88-1-5001" }, { auth_id: "12884906889" }],
  [{ auth_id: "12884906889" }, { uid: 5_001, name: null }],
  [{ domain: "POSIX_USER", auth_id: "12884906889", uid: 5_001, sid: null, gid: null, name: null }, { uid: 5_001 }],
  [{ auth_id: "21474836993" }, { domain: "ACTIVE_DIRECTORY", sid: null, name: null }],
])("%j is %j", async (query, identity) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(find, query);

  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject(identity);
});

test.each([
  [{ name: "nobody-here" }, "cred_invalid_local_user_error"],
  [{ domain: "LOCAL", name: "Everyone" }, "cred_invalid_local_user_error"],
  [{ domain: "LOCAL", uid: 5_001 }, "cred_invalid_local_user_error"],
  [{ domain: "ACTIVE_DIRECTORY", name: "jane" }, "cred_remote_resource_unavailable_error"],
  [{ domain: "POSIX_USER", name: "jane" }, "cred_remote_resource_unavailable_error"],
  [{ name: "CORP\\jane" }, "cred_remote_resource_unavailable_error"],
  [{ sid: "S-1-5-21-1-2-3-500" }, "cred_remote_resource_unavailable_error"],
  [{ sid: "S-1-5-88-1-4294967296" }, "cred_remote_resource_unavailable_error"],
  [{ sid: "nonsense" }, "cred_invalid_sid_error"],
  [{ sid: "S-1-5" }, "cred_invalid_sid_error"],
  [{ auth_id: "500", name: "guest" }, "cred_error"],
  [{ domain: "POSIX_USER", auth_id: "500" }, "cred_error"],
  [{ uid: 1, gid: 1 }, "cred_error"],
  [{ auth_id: "8589934593" }, "cred_error"],
  [{ auth_id: "18446744073709551615" }, "cred_error"],
  [{ auth_id: "18446744073709551616" }, "decode_error"],
  [{ auth_id: "0x1f4" }, "decode_error"],
  [{ auth_id: "-1" }, "decode_error"],
  [{ auth_id: 500 }, "decode_error"],
  [{ uid: "5001" }, "decode_error"],
  [{ uid: 1.5 }, "decode_error"],
  [{ uid: -1 }, "decode_error"],
  [{ uid: 4_294_967_296 }, "decode_error"],
  [{ domain: "local", name: "admin" }, "decode_error"],
  [{ domain: "LOCAL" }, "decode_error"],
  [{ name: "" }, "decode_error"],
  [{}, "decode_error"],
])("%j is refused with %s", async (query, errorClass) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(find, query);

  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error_class: errorClass });
});

test("a uid or gid means the local user or group that carries it, unless the domain says otherwise", async () => {
  const { admin } = await givenCluster();
  const user = await admin.post("/v1/users/", { name: "svc", primary_group: "0", uid: "77", password: "Test-1234" });
  const group = await admin.post("/v1/groups/", { name: "lab", gid: "77" });

  const byUid = await admin.post(find, { uid: 77 });
  const byGid = await admin.post(find, { gid: 77 });
  const bare = await admin.post(find, { domain: "POSIX_USER", uid: 77 });

  expect(byUid.body).toMatchObject({ domain: "LOCAL", auth_id: user.field("id"), uid: 77, name: "svc" });
  expect(byGid.body).toMatchObject({ domain: "LOCAL", auth_id: group.field("id"), gid: 77, name: "lab" });
  expect(bare.body).toMatchObject({ domain: "POSIX_USER", auth_id: "12884901965" });
});

test("a deleted user's id still resolves, without a name; the name does not", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  await admin.delete(`/v1/users/${user("svc").id}`);

  const byId = await admin.post(find, { auth_id: user("svc").id });
  const byName = await admin.post(find, { domain: "LOCAL", name: "svc" });

  expect(byId.body).toMatchObject({ domain: "LOCAL", auth_id: user("svc").id, name: null });
  expect(byName.status).toBe(400);
});

test("expand tells type, groups and POSIX twin", async () => {
  const { admin } = await givenCluster();
  const user = await admin.post("/v1/users/", { name: "svc", primary_group: "0", uid: "77", password: "Test-1234" });

  const reply = await admin.post(expand, { id: { auth_id: user.field("id") } });

  const self = expect.objectContaining({ auth_id: user.field("id"), name: "svc" });
  const twin = expect.objectContaining({ domain: "POSIX_USER", uid: 77 });
  expect(reply.body).toEqual({
    id: self,
    type: "USER",
    smb_id: self,
    nfs_id: twin,
    equivalent_ids: [twin],
    group_ids: [expect.objectContaining({ auth_id: "513", name: "Users" })],
  });
});

test.each([
  [{ name: "admin" }, "USER"],
  [{ name: "Users" }, "GROUP"],
  [{ uid: 5_001 }, "USER"],
  [{ gid: 5_001 }, "GROUP"],
  [{ name: "Everyone" }, "GROUP"],
  [{ auth_id: "4242" }, "UNKNOWN"],
  [{ auth_id: "21474836993" }, "UNKNOWN"],
])("%j is of type %s", async (id, type) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(expand, { id });

  expect(reply.body).toMatchObject({ type });
});

test("a user without a uid has no NFS identity", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post(expand, { id: { name: "admin" } });

  expect(reply.body).toMatchObject({ nfs_id: null, equivalent_ids: [] });
});

test("expand takes further equivalents and groups, one or many", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post(expand, {
    id: { name: "admin" },
    equivalent_ids: { uid: 5_001 },
    group_ids: [{ name: "Guests" }, { name: "Users" }, { name: "guests" }],
  });

  expect(reply.body).toMatchObject({
    equivalent_ids: [{ uid: 5_001 }],
    group_ids: [{ name: "Users" }, { name: "Guests" }],
  });
});

test("the deprecated paths answer the same", async () => {
  const { admin } = await givenCluster();

  const found = await admin.post("/v1/auth/identity/find", { name: "admin" });
  const expanded = await admin.post("/v1/auth/identity/expand", { id: { name: "admin" } });

  expect(found.text).toBe((await admin.post(find, { name: "admin" })).text);
  expect(expanded.text).toBe((await admin.post(expand, { id: { name: "admin" } })).text);
});

const administrators = [
  { id_type: "LOCAL_GROUP", id_value: "Users" },
  { id_type: "LOCAL_GROUP", id_value: "operators" },
];

test.each<[string, readonly object[]]>([
  ["auth-ids/1000", [{ id_type: "LOCAL_USER", id_value: "svc" }, ...administrators]],
  [
    "local-username/SVC",
    [
      { id_type: "LOCAL_USER", id_value: "svc" },
      { id_type: "NFS_UID", id_value: "5001" },
    ],
  ],
  [
    "posix-uids/5001",
    [
      { id_type: "NFS_UID", id_value: "5001" },
      { id_type: "LOCAL_USER", id_value: "svc" },
    ],
  ],
  [
    "posix-gids/6001",
    [
      { id_type: "NFS_GID", id_value: "6001" },
      { id_type: "LOCAL_GROUP", id_value: "operators" },
    ],
  ],
  ["sids/S-1-1-0", [{ id_type: "SMB_SID", id_value: "S-1-1-0" }]],
  ["auth-ids/0", [{ id_type: "INTERNAL", id_value: "0" }]],
])("older clients are told the related identities of %s", async (of, expected) => {
  const { admin } = await givenCluster({
    coreVersion: "5.3.0",
    seed: {
      version: 1,
      users: [{ name: "svc", id: "1000", uid: "5001" }],
      groups: [{ name: "operators", id: "1001", gid: "6001", members: ["svc"] }],
    },
  });

  const reply = await admin.get(`/v1/auth/${of}/related-identities/`);

  expect(reply.status).toBe(200);
  expect(reply.body).toEqual(expect.arrayContaining([...expected]));
});

test.each([
  "posix-uids/-1",
  "posix-gids/4294967296",
  "posix-uids/x",
  "auth-ids/x",
  "sids/S-2",
  "local-username/nobody-here",
])("related identities of %s are refused", async (of) => {
  const { admin } = await givenCluster();

  expect((await admin.get(`/v1/auth/${of}/related-identities/`)).status).toBe(400);
});

test("clearing the cache answers nothing", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post("/v1/auth/clear-cache");

  expect([reply.status, reply.text]).toEqual([200, ""]);
});

test.each([false, true])(
  "a name that a deleted account had is found for its next owner, unless asked for otherwise: %s",
  async (lingers) => {
    const { admin, signIn, user } = await givenCluster({
      localUsers: ["svc"],
      variations: { removedNamesLinger: lingers },
    });
    const account = { name: "SVC", primary_group: "513", password: "Test-Passw0rd" };
    await admin.delete(`/v1/users/${user("svc").id}`);
    const again = await admin.post("/v1/users/", account);

    const replies = [
      await admin.post("/v1/identity/find", { domain: "LOCAL", name: "svc" }),
      await admin.post("/v1/identity/expand", { id: { name: "svc" } }),
      await admin.post("/v1/auth/roles/Observers/members", { domain: "LOCAL", name: "svc" }),
      await admin.post("/v1/auth/access-tokens/", { user: { name: "svc" } }),
    ];

    const byId = await admin.post("/v1/identity/find", { auth_id: again.field("id") });
    const refused = { status: 400, body: { error_class: "cred_invalid_local_user_error" } };
    expect(replies).toMatchObject(replies.map(() => (lingers ? refused : { status: 200 })));
    expect(byId.body).toMatchObject({ name: "SVC" });
    expect((await signIn("svc", account.password)).bearerToken).toBeDefined();
  },
);
