import { expect, test } from "@jest/globals";
import { privilegeNames } from "../../src/vocabulary/privileges.ts";
import { givenQq, printedValues, type Qq } from "../support/qq/given-qq.ts";

const roles = "/v1/auth/roles/";
const privileges = "GET /v1/auth/privileges/ 200";
const quota = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_QUOTA_WRITE"];

/** The privileges in what `qq` prints one per line. */
function namesIn(stdout: string): readonly string[] {
  return [...stdout.matchAll(/^(PRIVILEGE_\w+): \S/gm)].map(([, name]) => name ?? "");
}

test("qq lists all privileges with their descriptions", async () => {
  const { qq } = await givenQq();

  const lines = await qq("auth_list_privileges");
  const json = await qq("auth_list_privileges", "--json");

  expect(lines).toMatchObject({ exitCode: 0, calls: [privileges] });
  expect(namesIn(lines.stdout)).toEqual([...privilegeNames].sort());
  const [printed] = printedValues(json.stdout);
  expect(Object.keys(printed as object)).toEqual([...privilegeNames].sort());
});

test("qq lists the privileges of a role, and those it lacks", async () => {
  const { admin, qq } = await givenQq();
  await admin.post(roles, { name: "quotas", privileges: quota });

  const granted = await qq("auth_list_privileges", "-r", "quotas");
  const json = await qq("auth_list_privileges", "-r", "QUOTAS", "--json");
  const verbose = await qq("auth_list_privileges", "-r", "quotas", "-v");

  expect(granted.calls).toEqual([privileges, `GET ${roles}quotas 200`]);
  expect(namesIn(granted.stdout)).toEqual(quota);
  expect(Object.keys(printedValues(json.stdout)[0] as object)).toEqual(quota);
  expect(namesIn(verbose.stdout)).toEqual(quota);
  expect(verbose.stdout.match(/^# Deny PRIVILEGE_/gm)).toHaveLength(privilegeNames.length - 2);
});

test("qq creates a role without privileges, and one with those of a file", async () => {
  const { admin, qq, file } = await givenQq();
  const list = await file("privileges", "# Quotas\nPRIVILEGE_QUOTA_WRITE: set them\n\nPRIVILEGE_QUOTA_READ\n");

  const bare = await qq("auth_create_role", "-r", "bare");
  const full = await qq("auth_create_role", "-r", "quotas", "-d", "Sees quotas", "-p", list);

  expect(bare).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: [`POST ${roles} 200`] });
  expect(full).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: [privileges, `POST ${roles} 200`] });
  expect((await admin.get(`${roles}bare`)).body).toEqual({ description: "No description", privileges: [] });
  expect((await admin.get(`${roles}quotas`)).body).toEqual({ description: "Sees quotas", privileges: quota });
});

test("what qq prints of one role makes another role", async () => {
  const { admin, qq, file } = await givenQq();
  const printed = await qq("auth_list_privileges", "-r", "Observers", "-v");
  const list = await file("privileges", printed.stdout);

  const { exitCode } = await qq("auth_create_role", "-r", "watchers", "-d", "As Observers", "-p", list);

  expect(exitCode).toBe(0);
  const [copy, original] = await Promise.all([admin.get(`${roles}watchers`), admin.get(`${roles}Observers`)]);
  expect(copy.body).toEqual({
    description: "As Observers",
    privileges: (original.body as Record<string, unknown>)["privileges"],
  });
});

test("qq describes a role, and replaces, grants and revokes its privileges", async () => {
  const { admin, qq, file } = await givenQq();
  await admin.post(roles, { name: "quotas", privileges: quota });
  const list = await file("privileges", "PRIVILEGE_DNS_READ\nPRIVILEGE_DNS_USE\n");
  const modify = async (...options: readonly string[]): Promise<readonly unknown[]> => {
    const { exitCode, calls } = await qq("auth_modify_role", "-r", "quotas", ...options);
    return [exitCode, ...calls, (await admin.get(`${roles}quotas`)).body];
  };
  const patch = `PATCH ${roles}quotas 200`;
  const read = `GET ${roles}quotas 200`;

  const described = await modify("-d", "Sees quotas");
  const replaced = await modify("-p", list);
  const granted = await modify("-G", "PRIVILEGE_QUOTA_READ", "PRIVILEGE_DNS_USE");
  const revoked = await modify("-R", "PRIVILEGE_DNS_READ", "PRIVILEGE_DNS_USE", "-d", "");

  const described_ = { description: "Sees quotas" };
  const dns = ["PRIVILEGE_DNS_READ", "PRIVILEGE_DNS_USE"];
  expect(described).toEqual([0, privileges, patch, { ...described_, privileges: quota }]);
  expect(replaced).toEqual([0, privileges, patch, { ...described_, privileges: dns }]);
  expect(granted).toEqual([
    0,
    privileges,
    read,
    patch,
    { ...described_, privileges: [...dns, "PRIVILEGE_QUOTA_READ"] },
  ]);
  expect(revoked).toEqual([0, privileges, read, patch, { description: "", privileges: ["PRIVILEGE_QUOTA_READ"] }]);
});

test("qq deletes a role with its members", async () => {
  const { admin, qq } = await givenQq();
  await admin.post(roles, { name: "quotas" });
  await admin.post(`${roles}quotas/members`, { auth_id: "500" });

  const outcome = await qq("auth_delete_role", "-r", "Quotas");

  expect(outcome).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: [`DELETE ${roles}Quotas 200`] });
  expect((await admin.get(`${roles}quotas`)).status).toBe(404);
});

test("qq lists roles with their members, asking once per role", async () => {
  const { admin, qq } = await givenQq();
  await admin.post(roles, { name: "quotas", description: "Sees quotas" });
  await admin.post(`${roles}quotas/members`, { gid: 7001 });

  const all = await qq("auth_list_roles");
  const json = await qq("auth_list_roles", "--json");

  const names = ["Administrators", "Data-Administrators", "Observers", "quotas"];
  expect(all.calls).toHaveLength(1 + names.length);
  expect(all.calls).toEqual(
    expect.arrayContaining([`GET ${roles} 200`, ...names.map((name) => `GET ${roles}${name}/members 200`)]),
  );
  // The member has no name.
  expect(all.stdout).toMatch(
    /^quotas\n +Sees quotas\n +Members:\n +auth_id:17179876185\n +auth_id +17179876185\n +gid +7001\n +sid +S-1-5-88-2-7001$/m,
  );
  expect(all.stdout).toMatch(/^Administrators\n[^]*?Members:\n +admin\n +auth_id +500\n/);
  expect(json.calls).toEqual([`GET ${roles} 200`]);
  expect(Object.keys(printedValues(json.stdout)[0] as object)).toEqual(names);
});

test("qq lists one role, with the members of the first page", async () => {
  const { admin, qq } = await givenQq();
  await admin.post(roles, { name: "quotas", description: "Sees quotas", privileges: quota });
  await admin.post(`${roles}quotas/members`, { auth_id: "500" });

  const text = await qq("auth_list_role", "-r", "quotas");
  const json = await qq("auth_list_role", "-r", "quotas", "--json");

  expect(text.calls).toEqual([`GET ${roles}quotas 200`, `GET ${roles}quotas/members 200`]);
  expect(text.stdout).toMatch(/^Sees quotas\nMembers:\n +admin\n +auth_id +500\n +sid +S-1-5-21-[\d-]+-500\n$/);
  expect(JSON.parse(json.stdout)).toEqual([
    { description: "Sees quotas", privileges: quota },
    { "500": expect.objectContaining({ domain: "LOCAL", auth_id: "500", name: "admin" }) },
  ]);
});

test("a name that a path must encode survives it", async () => {
  const { admin, qq } = await givenQq();
  const name = "Sicherung/für%20alle?";

  const created = await qq("auth_create_role", "-r", name);
  const assigned = await qq("auth_assign_role", "-r", name, "-t", "admin");
  const listed = await qq("auth_list_role", "-r", name);

  expect([created.exitCode, assigned.exitCode, listed.exitCode]).toEqual([0, 0, 0]);
  expect(Object.keys((await admin.get(roles)).body as object)).toContain(name);
  expect(listed.stdout).toContain("admin");
});

test("qq assigns a role to every kind of trustee, and takes it away by looking the trustee up", async () => {
  const { admin, qq, user } = await givenQq({ localUsers: ["svc"] });
  await admin.post(roles, { name: "quotas" });
  const trustees: readonly (readonly [string, string])[] = [
    ["svc", user("svc").id],
    ["auth_id:500", "500"],
    ["local:Users", "513"],
    ["Everyone", "8589934592"],
    ["uid:5001", "12884906889"],
    ["gid:5001", "17179874185"],
  ];

  for (const [trustee, authId] of trustees) {
    const assigned = await qq("auth_assign_role", "-r", "quotas", "-t", trustee);
    const member = await admin.get(`${roles}quotas/members/${authId}`);
    const unassigned = await qq("auth_unassign_role", "-r", "quotas", "-t", trustee);

    expect(assigned).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: [`POST ${roles}quotas/members 200`] });
    expect(member.body).toMatchObject({ auth_id: authId });
    expect(unassigned).toMatchObject({
      exitCode: 0,
      calls: ["POST /v1/identity/find 200", `DELETE ${roles}quotas/members/${authId} 200`],
    });
  }
});

test.each([
  ["a name taken in another case", ["auth_create_role", "-r", "QUOTAS"], "409: auth_role_already_exists_error"],
  ["a name with a blank", ["auth_create_role", "-r", "two words"], "400: decode_error"],
  ["changing a built-in role", ["auth_modify_role", "-r", "Observers", "-d", "mine"], "400: auth_static_role_error"],
  [
    "granting to a built-in role",
    ["auth_modify_role", "-r", "Observers", "-G", "PRIVILEGE_DEBUG"],
    "400: auth_static_role_error",
  ],
  ["deleting a built-in role", ["auth_delete_role", "-r", "administrators"], "400: auth_static_role_error"],
  ["an unknown role to list", ["auth_list_role", "-r", "none"], "404: http_not_found_error"],
  ["the privileges of an unknown role", ["auth_list_privileges", "-r", "none"], "404: http_not_found_error"],
  ["an unknown role to change", ["auth_modify_role", "-r", "none", "-d", "x"], "404: http_not_found_error"],
  ["an unknown role to delete", ["auth_delete_role", "-r", "none"], "404: http_not_found_error"],
  ["an unknown role to assign", ["auth_assign_role", "-r", "none", "-t", "admin"], "404: http_not_found_error"],
  [
    "an unknown trustee",
    ["auth_assign_role", "-r", "quotas", "-t", "local:nobody"],
    "400: cred_invalid_local_user_error",
  ],
  [
    "an unknown trustee to unassign",
    ["auth_unassign_role", "-r", "quotas", "-t", "local:nobody"],
    "400: cred_invalid_local_user_error",
  ],
  ["assigning twice", ["auth_assign_role", "-r", "quotas", "-t", "admin"], "409: auth_role_member_exists_error"],
  [
    "unassigning who is not a member",
    ["auth_unassign_role", "-r", "quotas", "-t", "guest"],
    "404: http_not_found_error",
  ],
])("qq is refused %s", async (_what, args, refusal) => {
  const { admin, qq } = await givenQq();
  await admin.post(roles, { name: "quotas" });
  await admin.post(`${roles}quotas/members`, { auth_id: "500" });

  const { exitCode, stdout, stderr } = await qq(...args);

  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^Error ${refusal}: .+\n$`));
});

test("a cluster may take a member twice", async () => {
  const { qq } = await givenQq({ variations: { repeatedMemberAccepted: true } });

  const { exitCode, calls } = await qq("auth_assign_role", "-r", "Administrators", "-t", "admin");

  expect({ exitCode, calls }).toEqual({ exitCode: 0, calls: [`POST ${roles}Administrators/members 200`] });
});

test("qq without the privileges for roles is refused", async () => {
  const { holderOf, qqOf } = await givenQq();
  const reader = await holderOf("PRIVILEGE_ROLE_READ");
  const runs = async (qq: Qq): Promise<readonly (number | null)[]> => {
    const outcomes = await Promise.all([
      qq("auth_list_privileges"),
      qq("auth_list_roles"),
      qq("auth_list_role", "-r", "Observers"),
      qq("auth_create_role", "-r", "mine"),
      qq("auth_modify_role", "-r", reader.role, "-G", "PRIVILEGE_DEBUG"),
      qq("auth_assign_role", "-r", "Administrators", "-t", reader.user.name),
      qq("auth_delete_role", "-r", reader.role),
    ]);
    for (const { exitCode, stderr } of outcomes) {
      if (exitCode !== 0) expect(stderr).toMatch(/^Error 403: auth_not_authorized_error: /);
    }
    return outcomes.map(({ exitCode }) => exitCode);
  };

  expect(await runs(await qqOf(reader))).toEqual([0, 0, 0, 1, 1, 1, 1]);
  expect(await runs(await qqOf(await holderOf()))).toEqual([1, 1, 1, 1, 1, 1, 1]);
});

test("qq itself refuses a privilege that the cluster does not list", async () => {
  const { qq, file } = await givenQq();
  // The administrator guides spell it so; the API does not.
  const list = await file("privileges", "PRIVILEGE_ACCESS_TOKEN_READ\n");

  const { exitCode, stderr, calls } = await qq("auth_create_role", "-r", "tokens", "-p", list);

  expect(exitCode).toBe(1);
  expect(stderr).toContain("Unknown privilege PRIVILEGE_ACCESS_TOKEN_READ");
  expect(calls).toEqual([privileges]);
});

test("usage mistakes about roles do not reach the cluster", async () => {
  const { qq } = await givenQq();

  const outcomes = await Promise.all([
    qq("auth_create_role"),
    qq("auth_list_role"),
    qq("auth_assign_role", "-r", "Observers"),
    qq("auth_unassign_role", "-t", "admin"),
  ]);

  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
  expect(outcomes.flatMap(({ calls }) => calls)).toEqual([]);
});
