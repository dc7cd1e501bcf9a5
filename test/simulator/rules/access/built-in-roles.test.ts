import { expect, test } from "@jest/globals";
import { supportPrivileges } from "../../../../src/simulator/rules/access/built-in-roles.ts";
import { givenDirectory } from "../../../support/simulator/given-directory.ts";

const role = "/v1/auth/roles/Qumulo-Support";
const support = { domain: "API_QUMULO_SUPPORT_DOMAIN", name: "everyone" };

test("a cluster has no role for the vendor's support unless it is asked for", () => {
  const { admin } = givenDirectory();

  expect(admin.send("GET", role).status).toBe(404);
});

test("the role for the vendor's support is held by the vendor's support", () => {
  const { admin } = givenDirectory({ supportRole: true });

  const members = admin.send("GET", `${role}/members`);
  const read = admin.send("GET", role);

  const supportId = admin.send("POST", "/v1/identity/find", support).field("auth_id");
  expect(members.body).toMatchObject({ members: { [supportId]: support }, paging: { next: "" } });
  expect(read.body).toMatchObject({ privileges: supportPrivileges });
});

test("support reads, debugs, asks and reboots; it sees no files, no secrets, and writes nothing", () => {
  const actions = supportPrivileges.filter((name) => !name.endsWith("_READ"));

  expect(actions.sort()).toEqual([
    "PRIVILEGE_AD_USE",
    "PRIVILEGE_DEBUG",
    "PRIVILEGE_DNS_USE",
    "PRIVILEGE_LDAP_USE",
    "PRIVILEGE_REBOOT_USE",
  ]);
  expect(supportPrivileges).not.toContain("PRIVILEGE_KERBEROS_KEYTAB_READ");
});

test("the definition of the role stays; its member can go, come back, and hold other roles", () => {
  const { admin } = givenDirectory({ supportRole: true });
  const found = admin.send("POST", "/v1/identity/find", support);
  const member = `${role}/members/${found.field("auth_id")}`;

  const changed = admin.send("PATCH", role, { description: "x" });
  const deleted = admin.send("DELETE", role);
  const removed = admin.send("DELETE", member);
  const gone = admin.send("GET", member);
  const added = admin.send("POST", `${role}/members`, support);
  const elsewhere = admin.send("POST", "/v1/auth/roles/Observers/members", support);

  expect([changed.status, deleted.status]).toEqual([400, 400]);
  expect([removed.status, gone.status, added.status, elsewhere.status]).toEqual([200, 404, 200, 200]);
});

test("the vendor's support has no access tokens, and its name means nobody without its domain", () => {
  const { admin } = givenDirectory({ supportRole: true });

  const token = admin.send("POST", "/v1/auth/access-tokens/", { user: support });
  const world = admin.send("POST", "/v1/identity/find", { name: "everyone" });

  expect(token).toMatchObject({ status: 400, body: { error_class: "cred_identity_not_supported_error" } });
  expect(world.body).toMatchObject({ domain: "WORLD" });
});
