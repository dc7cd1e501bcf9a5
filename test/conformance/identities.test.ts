import { expect, test } from "@jest/globals";
import { parseIdentityText } from "../../src/client/index.ts";
import { identity, givenLibrary } from "../support/qq/given-library.ts";
import { givenQq, printedValues } from "../support/qq/given-qq.ts";

const find = "POST /v1/identity/find";
const expand = "POST /v1/identity/expand";

test("qq finds an identity in every form of text that means it", async () => {
  const { admin, qq } = await givenQq();
  const made = await admin.post("/v1/users/", {
    name: "svc",
    primary_group: "513",
    uid: "5001",
    password: "Test-Passw0rd",
  });
  const [authId, sid] = [made.field("id"), made.field("sid")];
  const hex = `0x${Number(authId).toString(16)}`;
  const forms = ["svc", "SVC", "local:svc", " Local : svc ", "name:svc", `sid:${sid}`, sid, sid.replace("S", "s")];
  const numbers = [`auth_id:${authId}`, `auth_id:${hex}`, "uid:5001"];

  const outcomes = await Promise.all(
    [...forms, ...numbers].map(async (form) => qq("auth_find_identity", "--json", form)),
  );

  for (const { exitCode, stdout } of outcomes) {
    expect(exitCode).toBe(0);
    expect(printedValues(stdout)).toEqual([
      { domain: "LOCAL", auth_id: authId, uid: 5001, gid: null, sid, name: "svc" },
    ]);
  }
});

test.each([
  ["world:everyone", { domain: "WORLD", auth_id: "8589934592", sid: "S-1-1-0", name: "Everyone" }],
  ["Everyone", { domain: "WORLD", auth_id: "8589934592" }],
  ["S-1-1-0", { domain: "WORLD", auth_id: "8589934592" }],
  ["uid:5001", { domain: "POSIX_USER", auth_id: "12884906889", uid: 5001, gid: null, sid: "S-1-5-88-1-5001" }],
  ["gid:5001", { domain: "POSIX_GROUP", auth_id: "17179874185", uid: null, gid: 5001, sid: "S-1-5-88-2-5001" }],
  ["sid:S-1-5-88-1-5001", { domain: "POSIX_USER", uid: 5001 }],
  ["local:Guests", { domain: "LOCAL", auth_id: "514", name: "Guests" }],
  ["Guest", { domain: "LOCAL", auth_id: "501" }],
  ["auth_id:18446744069414584320", { domain: "API_CREATOR_DOMAIN", auth_id: "18446744069414584320" }],
])("qq finds what %s means", async (text, identity_) => {
  const { qq } = await givenQq();

  const { exitCode, stdout, calls } = await qq("auth_find_identity", "--json", text);

  expect({ exitCode, calls }).toEqual({ exitCode: 0, calls: [`${find} 200`] });
  expect(printedValues(stdout)).toEqual([expect.objectContaining(identity_)]);
});

test("qq finds an identity by options, and prints it as text", async () => {
  const { qq } = await givenQq();

  const { stdout } = await qq("auth_find_identity", "--auth-id", "500", "--name", "admin", "--domain", "LOCAL");

  expect(stdout).toMatch(/^domain: LOCAL\nname: admin\nauth_id: 500\nSID: S-1-5-21-[\d-]+-500\n$/);
});

test.each([
  ["a local name that nobody has", ["local:nobody"], "400: cred_invalid_local_user_error"],
  ["a bare number, which is a name", ["500"], "400: cred_invalid_local_user_error"],
  ["a bare name that nobody has", ["nobody"], "400: "],
  ["a distinguished name", ["CN=a:b,DC=example"], "400: "],
  ["a name of a directory that is not joined", ["ad:jane"], "400: "],
  ["a name qualified with a domain", ["AD\\jane"], "400: "],
  ["a user of LDAP without LDAP", ["ldap_user:bob"], "400: "],
  ["a group of LDAP without LDAP", ["ldap_group:lab"], "400: "],
  ["a malformed SID", ["sid:S-1-x"], "400: cred_invalid_sid_error"],
  ["an id beyond 64 bits", ["auth_id:18446744073709551616"], "400: decode_error"],
  ["a uid beyond 32 bits", ["uid:4294967296"], "400: decode_error"],
  ["fields that contradict each other", ["--auth-id", "500", "--name", "guest"], "400: cred_error"],
  ["nothing at all", [], "400: decode_error"],
])("qq is refused %s", async (_what, args, refusal) => {
  const { qq } = await givenQq();

  const [found, expanded] = [await qq("auth_find_identity", ...args), await qq("auth_expand_identity", ...args)];

  for (const { exitCode, stdout, stderr } of [found, expanded]) {
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^Error ${refusal}.+\n$`));
  }
  expect([found.calls, expanded.calls]).toEqual([[`${find} 400`], [`${expand} 400`]]);
});

test("texts that qq itself refuses do not reach the cluster", async () => {
  const { qq } = await givenQq();
  const texts = ["", "qumulosupport:everyone", "world:svc", "uid:many", "auth_id:many"];

  const outcomes = await Promise.all(texts.map(async (text) => qq("auth_find_identity", text)));

  for (const { exitCode, stderr } of outcomes) {
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Command error: /);
  }
  expect(outcomes.flatMap(({ calls }) => calls)).toEqual([]);
});

test("our client reads a text as Qumulo's does", async () => {
  const { library } = await givenLibrary();
  const texts = [
    ...[
      "svc",
      "500",
      "AD\\jane",
      "jane@example.com",
      "CN=a:b,DC=example",
      "s-1-team",
      "S-1-5-",
      "S-1-5-x:y",
      "local:svc",
      " LOCAL : svc ",
      "ad:DOM\\jane",
    ],
    ...["ldap_user:bob", "ldap_group:lab", "world:EVERYONE", "name:local:svc", "sid:S-1-5-21-1-2-3-4", "S-1-1-0"],
    ...["uid:5001", "gid:0", "auth_id:1004", "auth_id:0x3ec", "auth_id:0b11", "auth_id:0o17"],
    ...["", " ", "qumulosupport:everyone", "world:svc", "uid:x", "gid:", "auth_id:1.5"],
  ];

  for (const text of texts) {
    const theirs = await library.call("identity", [text]);

    const ours = parseIdentityText(text);
    const { authId, ...fields } = ours.kind === "identity" ? ours.identity : {};
    const rendered = authId === undefined ? fields : { ...fields, auth_id: authId };
    const expected = ours.kind === "identity" ? { value: { fields: rendered } } : { exception: expect.anything() };
    expect({ text, ...theirs }).toMatchObject({ text, ...expected });
  }
});

test("an identity that the cluster answers can be sent back as it is", async () => {
  const { library } = await givenLibrary();

  for (const text of ["admin", "Users", "uid:5001", "gid:5001", "Everyone"]) {
    const found = await library.value("auth.find_identity", [], await fieldsOf(text));
    const again = await library.value("auth.find_identity", [], found as object);

    expect(again).toEqual(found);
  }

  async function fieldsOf(text: string): Promise<object> {
    const { fields } = (await library.value("identity", [text])) as { readonly fields: object };
    return fields;
  }
});

test("qq expands a user into identities and groups", async () => {
  const { admin, qq } = await givenQq();
  await admin.post("/v1/users/", { name: "svc", primary_group: "513", uid: "5001", password: "Test-Passw0rd" });

  const { exitCode, stdout, calls } = await qq("auth_expand_identity", "svc");

  expect({ exitCode, calls }).toEqual({ exitCode: 0, calls: [`${expand} 200`] });
  expect(stdout).toMatch(
    /^Identity: {4}svc \(uid:5001\)\nType: {8}User\nNFS Mapping: uid:5001\nSMB Mapping: svc \(S-1-5-21-/,
  );
  expect(stdout).toMatch(/Group Membership:\n.*\n[=-].*\nUsers +auth_id:513\n$/);
});

test.each([
  ["local:Users", "GROUP"],
  ["uid:5001", "USER"],
  ["gid:5001", "GROUP"],
  ["auth_id:4711", "UNKNOWN"],
])("qq expands %s as %s", async (text, type) => {
  const { qq } = await givenQq();

  const { stdout } = await qq("auth_expand_identity", "--json", text);

  expect(printedValues(stdout)).toEqual([expect.objectContaining({ type })]);
});

test("qq shows the access tokens of an identity, and prints why it cannot show S3 keys", async () => {
  const { admin, qq } = await givenQq();
  const id = (await admin.post("/v1/auth/access-tokens/", { user: { auth_id: "500" } })).field("id");

  const { exitCode, stdout, calls } = await qq("auth_expand_identity", "admin", "--show-access-tokens");

  expect(exitCode).toBe(0);
  expect(calls).toEqual([
    `${expand} 200`,
    "GET /v1/auth/access-tokens/?user=admin 200",
    "GET /v1/s3/access-keys/?user=admin 404",
  ]);
  expect(stdout).toContain(id);
  expect(stdout).toMatch(/S3 Access Keys:\nError 404: http_not_found_error: /);
});

test("equivalents and groups that the library supplies are taken for granted", async () => {
  const { library } = await givenLibrary();
  const [equivalent, group] = [identity("uid:5001"), identity("gid:7001")];

  const expanded = await library.value("auth.expand_identity", [identity("admin"), [equivalent], [group]]);

  expect(expanded).toMatchObject({
    id: { auth_id: "500" },
    equivalent_ids: expect.arrayContaining([expect.objectContaining({ uid: 5001 })]),
    group_ids: expect.arrayContaining([
      expect.objectContaining({ auth_id: "513" }),
      expect.objectContaining({ gid: 7001 }),
    ]),
  });
});

test("qq clears the cache, with the privilege for it", async () => {
  const { qq, qqOf, holderOf } = await givenQq();
  const other = await qqOf(await holderOf("PRIVILEGE_IDENTITY_READ"));

  const cleared = await qq("auth_clear_cache");
  const refused = await other("auth_clear_cache");
  const found = await other("auth_find_identity", "admin");

  expect(cleared).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: ["POST /v1/auth/clear-cache 200"] });
  expect(refused).toMatchObject({ exitCode: 1, calls: ["POST /v1/auth/clear-cache 403"] });
  expect(found.exitCode).toBe(0);
});
