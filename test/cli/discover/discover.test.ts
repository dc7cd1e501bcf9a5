import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import type { Seed } from "../../../src/simulator/index.ts";
import { handMade } from "../../support/simulator/hand-made-cluster.ts";
import { runCommand } from "../run-command.ts";
import { givenDiscovery } from "./given-discovery.ts";

const small = {
  version: 1,
  groups: [{ name: "operators", id: "3001", members: ["svc-backup"] }],
  users: [
    { name: "svc-backup", id: "4001" },
    { name: "svc-scan", id: "4002" },
  ],
  roles: [
    { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["local:svc-backup"] },
    { name: "Observers", members: ["local:svc-backup"] },
  ],
  access_tokens: [{ user: "local:svc-backup", id: "15204896138297435842", expiration_time: "2099-01-01T00:00:00Z" }],
} as const satisfies Seed;

/** The addresses of all resources in HCL. */
function addresses(hcl: string): readonly string[] {
  return [...hcl.matchAll(/^resource "(\w+)" "([\w-]+)"/gm)].map(([, type = "", label = ""]) => `${type}.${label}`);
}

test("what people made becomes HCL with an import for each resource, and what comes with the cluster is left alone", async () => {
  const { discover } = await givenDiscovery({ seed: small });

  const { exitCode, out, error } = await discover("--format", "hcl");

  expect(exitCode).toBe(0);
  expect(addresses(out)).toEqual([
    "qumulo_role.reader",
    "qumulo_local_group.operators",
    "qumulo_local_user.svc-backup",
    "qumulo_local_group_member.operators__svc-backup",
    "qumulo_role_member.observers__svc-backup",
    "qumulo_role_member.reader__svc-backup",
    "qumulo_access_token.svc-backup__token-5fdbfbced5",
    "qumulo_local_user.svc-scan",
  ]);
  expect([...out.matchAll(/^ {2}to = (\S+)$/gm)].map(([, to]) => to)).toEqual(addresses(out));
  expect(out).toContain('  id = "Observers:4001"\n');
  expect(error).toBe(
    "Wrote code for 2 local users, 1 local group, 1 member of groups, 1 role, 2 members of roles, 1 access token of 127.0.0.1.\n" +
      "Accounts without any role (1): svc-scan\n",
  );
});

test("an account with a role and a token of its own becomes a ServiceIdentity, another one a ServiceAccount", async () => {
  const { discover } = await givenDiscovery({ seed: small });

  const { out } = await discover("--format", "cdktf");

  expect(out).toContain('new ServiceIdentity(this, "svc-backup", {');
  expect(out).toContain('svcBackupAccount.grant.importFrom("reader:4001");');
  expect(out).toContain("observersRole\n      .grantTo(svcBackupAccount.account)\n");
  expect(out).toContain('new ServiceAccount(this, "svc-scan", {');
});

test("the cluster is only asked, list by list", async () => {
  const { cluster, discover } = await givenDiscovery({ seed: small });
  const before = cluster.simulator.requests.length;

  await discover("--format", "hcl");

  const asked = cluster.simulator.requests.slice(before).map(({ method, path: place }) => `${method} ${place}`);
  expect(asked.filter((request) => !request.startsWith("GET "))).toEqual(["POST /v1/session/login"]);
  expect(asked.filter((request) => /\/v1\/users\/|access-tokens/.test(request))).toHaveLength(2);
});

test("the ids do not depend on the order of the answers, or on what else is there", async () => {
  const reversed = { ...handMade, users: [...handMade.users].reverse(), roles: [...handMade.roles].reverse() };
  const [all, same, fewer] = [
    await givenDiscovery({ seed: handMade }),
    await givenDiscovery({ seed: { ...reversed, access_tokens: [...handMade.access_tokens].reverse() } }),
    await givenDiscovery({ seed: { ...handMade, roles: [], access_tokens: [] } }),
  ];

  const [first, second, third] = [
    await all.discover("--format", "hcl"),
    await same.discover("--format", "hcl"),
    await fewer.discover("--format", "hcl"),
  ];

  expect(second.out).toBe(first.out);
  expect(addresses(first.out)).toEqual(expect.arrayContaining([...addresses(third.out)]));
  expect(new Set(addresses(first.out)).size).toBe(addresses(first.out).length);
});

test("each finding is told as a comment at the thing, and in a summary", async () => {
  const { discover } = await givenDiscovery({ seed: handMade });

  const { exitCode, out, error } = await discover("--format", "hcl");

  expect(exitCode).toBe(3);
  for (const told of [
    /^Left out: role "e\u0301tage" with its members: boss\. Its name is written in a form of Unicode/m,
    /^Access tokens of administrators.* \(2\): 15204896138297435846 of admin, 15204896138297435848 of svc-whole$/m,
    /^Access tokens that never expire \(3\): /m,
    /^Access tokens that have expired \(1\): 15204896138297435843 of svc-two$/m,
    /^Access tokens that are disabled \(1\): 15204896138297435844 of svc-two$/m,
    /^Users with two access tokens, neither of which can rotate \(1\): svc-two$/m,
    /^Access tokens of directory users \(1\): 15204896138297435847 of LAB\\jane \(ACTIVE_DIRECTORY\)$/m,
    /^Roles that everybody has \(1\): Observers$/m,
    /^Members of roles who no longer exist \(1\): auth_id 1001 in /m,
    /^Roles that nobody has \(1\): nobody$/m,
  ]) {
    expect(error).toMatch(told);
  }
  expect(out).toMatch(/# It expired on 2020-01-01T00:00:00Z, .*\n(# .*\n)+resource "qumulo_access_token" "svc-two__/);
  expect(out).toMatch(/by\s(?:# )?role\s(?:# )?whole:.*\n(# .*\n)+resource "qumulo_access_token" "svc-whole__/);
});

test.each([
  [["--name", "svc-b*"], ["qumulo_local_user.svc-backup"]],
  [["--name", "SVC-*", "--except", "*-backup"], ["qumulo_local_user.svc-scan"]],
  [["--name", "reader"], ["qumulo_role.reader"]],
])("%j selects by name", async (flags, expected) => {
  const { discover } = await givenDiscovery({ seed: small });

  const { out } = await discover("--format", "hcl", ...flags);

  expect(addresses(out).filter((address) => !/member|token/.test(address))).toEqual(expected);
});

test("--name that matches nothing is told, and nothing is written", async () => {
  const { discover, folder } = await givenDiscovery({ seed: small });
  const output = path.join(folder, "code");

  const { exitCode, out, error } = await discover("--format", "hcl", "--output", output, "--name", "svc-bakup");

  expect([exitCode, out]).toEqual([1, ""]);
  expect(error).toContain("no user, group or role that was read has a name like svc-bakup.");
  await expect(stat(output)).rejects.toThrow("ENOENT");
});

test("a --name that matches nothing beside one that does is told, and the code is not complete", async () => {
  const { discover } = await givenDiscovery({ seed: small });

  const { exitCode, out, error } = await discover("--format", "hcl", "--name", "svc-bakup", "--name", "reader");

  expect(exitCode).toBe(3);
  expect(addresses(out)).toContain("qumulo_role.reader");
  expect(error).toContain("\nNothing has a name like svc-bakup.\n");
});

test("what the login may not read is named where --name matches nothing", async () => {
  const { cluster, discoverWith } = await givenDiscovery({ seed: small });
  await cluster.admin.post("/v1/auth/roles/", { name: "few", description: "", privileges: ["PRIVILEGE_ROLE_READ"] });
  const user = { auth_id: "4002" };
  await cluster.admin.post("/v1/auth/roles/few/members", user);
  const created = await cluster.admin.post("/v1/auth/access-tokens/", { user });
  const token = created.field("bearer_token");
  const login = { QUMULO_USERNAME: "", QUMULO_PASSWORD: "", QUMULO_BEARER_TOKEN: token };

  const { exitCode, error } = await discoverWith(login, "--format", "hcl", "--name", "svc-backup");

  expect(exitCode).toBe(1);
  expect(error).toContain("The login may not read users");
});

test("the summary is wrapped at a terminal", async () => {
  const { env } = await givenDiscovery({ seed: handMade });

  const { error } = await runCommand(["discover", "--format", "hcl"], {
    env: { ...env, COLUMNS: "60" },
    isErrorTerminal: true,
  });

  const lines = error.split("\n").filter((line) => line.includes(" ") && !/\S{40}/.test(line));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(error).toContain("\n  ");
});

test("--only selects by type, and what is not written is referred to by id or name", async () => {
  const { discover } = await givenDiscovery({ seed: small });

  const hcl = await discover("--format", "hcl", "--only", "role-members,access-tokens");
  const program = await discover("--format", "cdktf", "--only", "role-members, access-tokens");

  expect(addresses(hcl.out).map((address) => address.split(".")[0])).toEqual([
    "qumulo_role_member",
    "qumulo_role_member",
    "qumulo_access_token",
  ]);
  expect(hcl.out).toContain('role_name = "reader"\n  auth_id   = "4001"');
  expect(hcl.out).toContain('user            = "auth_id:4001"');
  expect(program.out).toContain('Role.fromName(this, "role__reader", "reader")');
  expect(program.out).toContain('ServiceAccount.fromId(this, "svc-backup", "4001")');
});

test("what the login may not read is missing, and is told with the privilege", async () => {
  const { cluster, discoverWith } = await givenDiscovery({ seed: small });
  const { user } = await cluster.holderOf("PRIVILEGE_LOCAL_USER_READ", "PRIVILEGE_ACCESS_TOKENS_READ");
  const login = { QUMULO_USERNAME: user.name, QUMULO_PASSWORD: user.password };

  const all = await discoverWith(login, "--format", "hcl");
  const allowed = await discoverWith(login, "--format", "hcl", "--only", "users,access-tokens");

  expect([all.exitCode, allowed.exitCode]).toEqual([3, 0]);
  expect(all.error).toMatch(
    /^Not read: groups and group-members, for which the login lacks PRIVILEGE_LOCAL_GROUP_READ\./m,
  );
  expect(all.error).toMatch(/^Not read: roles and role-members, for which the login lacks PRIVILEGE_ROLE_READ\./m);
  expect(all.error).not.toContain("Accounts without any role");
  expect(addresses(all.out)).toContain("qumulo_access_token.svc-backup__token-5fdbfbced5");
});

test("a program for CDK Terrain is the same but for what it imports from", async () => {
  const { discover } = await givenDiscovery({ seed: small });

  const onCdktf = await discover("--format", "cdktf");
  const onTerrain = await discover("--format", "cdktn");

  expect(onTerrain.out).toContain('import { App, TerraformStack } from "cdktn";');
  expect(onTerrain.out).toContain('} from "cdktf-qumulo/cdktn";');
  const back = onTerrain.out.replace('"cdktn"', '"cdktf"').replace('"cdktf-qumulo/cdktn"', '"cdktf-qumulo"');
  expect(back).toBe(onCdktf.out);
});

test("--output writes files whole, and overwrites only when it is told to", async () => {
  const { folder, discover } = await givenDiscovery({ seed: small });
  const output = path.join(folder, "a/b");

  const first = await discover("--format", "hcl", "--output", output);
  const second = await discover("--format", "hcl", "--output", output);
  await writeFile(path.join(output, "main.tf"), "mine");
  const forced = await discover("--format", "hcl", "--output", output, "--force");
  const program = await discover("--format", "cdktf", "--output", output);

  expect([first.exitCode, second.exitCode, forced.exitCode, program.exitCode]).toEqual([0, 1, 0, 0]);
  expect(second.error).toContain(`${path.join(output, "main.tf")} exists already. Choose another folder`);
  expect(await readFile(path.join(output, "main.tf"), "utf8")).toContain('resource "qumulo_local_user" "svc-scan"');
  expect((await readdir(output)).toSorted()).toEqual(["cdktf.json", "imports.tf", "main.tf", "main.ts"]);
  expect(first.out).toBe("");
});

test("a file that is in the way is refused before the cluster is read, and nothing is written", async () => {
  const { cluster, folder, discover } = await givenDiscovery({ seed: small });
  await mkdir(path.join(folder, "imports.tf"));
  const before = cluster.simulator.requests.length;

  const asked = await discover("--format", "hcl", "--output", folder);
  const forced = await discover("--format", "hcl", "--output", folder, "--force");

  const message = `error: ${path.join(folder, "imports.tf")} exists already. Choose another folder for --output.\n`;
  expect([asked.exitCode, asked.error, forced.exitCode, forced.error]).toEqual([1, message, 1, message]);
  expect(cluster.simulator.requests).toHaveLength(before);
  expect(await readdir(folder)).not.toContain("main.tf");
});

test("a folder that cannot be made is told", async () => {
  const { folder, discover } = await givenDiscovery();
  const file = path.join(folder, "file");
  await writeFile(file, "");
  await mkdir(path.join(folder, "main.tf"));

  const { exitCode, error } = await discover("--format", "hcl", "--output", path.join(file, "x"));

  expect(exitCode).toBe(1);
  expect(error).toMatch(/^error: --output .*file\/x cannot be created: /);
});

test("progress is told where somebody waits at a terminal, or on request", async () => {
  const { discover } = await givenDiscovery({ seed: small });

  const [silent, asked] = [await discover("--format", "hcl"), await discover("--format", "hcl", "--progress")];

  expect(silent.error).not.toContain("Reading");
  expect(asked.error).toContain("Reading members of roles: 0 of 4\nReading access tokens\n");
  expect(asked.out).toBe(silent.out);
});

test.each([
  [["--format", "yaml"], '--format is "yaml": give hcl, cdktf or cdktn.'],
  [[], "required option '--format <format>' not specified"],
  [["--format", "hcl", "--only", "user"], "Did you mean users?"],
  [["--format", "hcl", "--only", "volumes"], "Give some of users, groups, group-members"],
  [
    ["--format", "hcl", "--force"],
    "--force overwrites files in the folder of --output, which is missing. Give --output, or leave out --force.",
  ],
])("%j is not a way to ask", async (flags, message) => {
  const { discover } = await givenDiscovery();

  const { exitCode, out, error } = await discover(...flags);

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(message);
});

test("without a cluster to ask, or with a wrong password, nothing is written", async () => {
  const { discoverWith } = await givenDiscovery();

  const nowhere = await discoverWith({ QUMULO_HOST: "" }, "--format", "hcl");
  const nobody = await discoverWith({ QUMULO_PASSWORD: "wrong-Passw0rd" }, "--format", "hcl");

  expect([nowhere.exitCode, nowhere.out, nobody.exitCode, nobody.out]).toEqual([2, "", 1, ""]);
  expect(nowhere.error).toContain("Give --host, or set QUMULO_HOST");
  expect(nobody.error).not.toContain("wrong-Passw0rd");
});
