import { expect, test } from "@jest/globals";
import { givenDirectory, ids } from "../../../support/simulator/given-directory.ts";

const path = "/v1/auth/user-defined-mappings/";

function mapping(downLevelLogonName: string, ldapName: string): object {
  return { down_level_logon_name: downLevelLogonName, ldap_name: ldapName };
}

test("mappings are replaced together, and answered in their order", () => {
  const { admin } = givenDirectory();
  const all = [mapping("LAB\\john", "jdoe"), mapping("LAB\\Jane", "Bob")];

  const before = admin.send("GET", path);
  const set = admin.send("PUT", path, all);
  const told = admin.send("GET", path);
  const replaced = admin.send("PUT", path, [mapping("LAB\\jane", "jdoe")]);
  const emptied = admin.send("PUT", path, []);

  expect([before.body, set.body, told.body, emptied.body]).toEqual([[], all, all, []]);
  expect(replaced.body).toEqual([mapping("LAB\\jane", "jdoe")]);
});

test("those who were declared to be the same are equivalent, both ways, and share roles", () => {
  const { admin, as } = givenDirectory();
  admin.send("PUT", path, [mapping("lab\\JOHN", "BOB")]);
  admin.send("POST", "/v1/auth/roles/", { name: "for-john", description: "", privileges: [] });
  admin.send("POST", "/v1/auth/roles/", { name: "for-staff", description: "", privileges: [] });
  admin.send("POST", "/v1/auth/roles/for-john/members", { name: "LAB\\john" });
  admin.send("POST", "/v1/auth/roles/for-staff/members", { name: "staff" });

  const ofJohn = admin.send("POST", "/v1/identity/expand", { id: { auth_id: ids.john } });
  const ofBob = admin.send("POST", "/v1/identity/expand", { id: { auth_id: ids.bob } });
  const roles = [ids.john, ids.bob].map((authId) => as(authId).send("GET", "/v1/session/roles").body);
  admin.send("PUT", path, []);
  const rolesAfter = [ids.john, ids.bob].map((authId) => as(authId).send("GET", "/v1/session/roles").body);

  expect(ofJohn.body).toMatchObject({ nfs_id: { auth_id: ids.bob }, equivalent_ids: [{ auth_id: ids.bob }] });
  expect(ofBob.body).toMatchObject({ smb_id: { auth_id: ids.john }, equivalent_ids: [{ auth_id: ids.john }] });
  expect(roles).toEqual([
    ["for-john", "for-staff"],
    ["for-john", "for-staff"],
  ]);
  expect(rolesAfter).toEqual([["for-john"], ["for-staff"]]);
});

test("names that no directory has, and names of groups, map to nobody", () => {
  const { admin } = givenDirectory();
  admin.send("PUT", path, [
    mapping("LAB\\john", "nobody-here"),
    mapping("LAB\\nobody-here", "bob"),
    mapping("LAB\\IT", "jdoe"),
  ]);

  for (const authId of [ids.john, ids.bob, ids.it, ids.jdoe]) {
    const reply = admin.send("POST", "/v1/identity/expand", { id: { auth_id: authId } });
    expect(reply.body).toMatchObject({ equivalent_ids: [] });
  }
});

test.each([
  [[mapping("LAB\\john", "bob"), mapping("lab\\JOHN", "jdoe")], "rest_invalid_request_error"],
  [[mapping("LAB\\john", "bob"), mapping("LAB\\jane", "BOB")], "rest_invalid_request_error"],
  [[mapping("john", "bob")], "decode_error"],
  [[mapping("LAB\\", "bob")], "decode_error"],
  [[mapping("LAB\\john", "")], "decode_error"],
  [[{ ldap_name: "bob" }], "decode_error"],
  [{}, "decode_error"],
  ["x", "decode_error"],
])("%j is refused", (body, errorClass) => {
  const { admin } = givenDirectory();
  admin.send("PUT", path, [mapping("LAB\\jane", "jdoe")]);

  const reply = admin.send("PUT", path, body);

  expect(reply).toMatchObject({ status: 400, body: { error_class: errorClass } });
  expect(admin.send("GET", path).body).toEqual([mapping("LAB\\jane", "jdoe")]);
});

test("a body that is not an array says so", () => {
  const { admin } = givenDirectory();

  expect(admin.send("PUT", path, {}).body).toMatchObject({ description: "The body is not a JSON array" });
});

test("If-Match holds a change to the version that was read", () => {
  const { admin } = givenDirectory();
  const read = admin.send("GET", path).headers["ETag"];

  const first = admin.matching(read).send("PUT", path, [mapping("LAB\\john", "bob")]);
  const stale = admin.matching(read).send("PUT", path, []);
  const fresh = admin.matching(first.headers["ETag"]).send("PUT", path, []);

  expect([first.status, stale.status, fresh.status]).toEqual([200, 412, 200]);
});

test("reading needs IDENTITY_MAPPING_READ, writing IDENTITY_MAPPING_WRITE", () => {
  const { admin, as } = givenDirectory();
  const outcomes = ["PRIVILEGE_IDENTITY_MAPPING_READ", "PRIVILEGE_IDENTITY_MAPPING_WRITE"].map((name, index) => {
    const member = index === 0 ? ids.jane : ids.bob;
    admin.send("POST", "/v1/auth/roles/", { name, description: "", privileges: [name] });
    admin.send("POST", `/v1/auth/roles/${name}/members`, { auth_id: member });
    const party = as(member);
    return [party.send("GET", path).status, party.send("PUT", path, []).status];
  });

  expect(outcomes).toEqual([
    [200, 403],
    [403, 200],
  ]);
});
