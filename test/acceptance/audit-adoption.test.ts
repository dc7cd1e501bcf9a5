import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import type { Seed } from "../../src/simulator/index.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenWorkspace, onOpenTofu, type Workspace } from "../support/engines/given-workspace.ts";

const names = Array.from({ length: 60 }, (_, index) => `svc-${String(index).padStart(2, "0")}`);

/** Every so many of the accounts, as the identities of a role's members. */
function every(step: number, first = 0): readonly string[] {
  return names.filter((_name, index) => index % step === first).map((name) => `local:${name}`);
}

/** A cluster that people have filled over the years: seven roles, three of them too strong, groups, and tokens without an end. */
const cluster: Seed = {
  version: 1,
  users: names.map((name) => ({ name })),
  groups: [
    { name: "backup", members: names.slice(0, 12) },
    { name: "restore", members: names.slice(12, 18) },
    { name: "reports", members: names.slice(18, 40) },
  ],
  roles: [
    { name: "snapshots", privileges: ["PRIVILEGE_SNAPSHOT_READ"], members: ["local:backup"] },
    { name: "quotas", privileges: ["PRIVILEGE_QUOTA_READ"], members: every(3) },
    {
      name: "capacity",
      privileges: ["PRIVILEGE_ANALYTICS_READ", "PRIVILEGE_CLUSTER_READ"],
      members: ["local:reports"],
    },
    { name: "shares", privileges: ["PRIVILEGE_SMB_SHARE_READ"], members: every(5, 1) },
    {
      name: "restorers",
      privileges: ["PRIVILEGE_FS_ATTRIBUTES_READ", "PRIVILEGE_FILE_FULL_ACCESS"],
      members: ["local:restore"],
    },
    { name: "deployers", privileges: ["PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE"], members: every(20, 7) },
    {
      name: "helpdesk",
      privileges: ["PRIVILEGE_LOCAL_USER_READ", "PRIVILEGE_LOCAL_USER_WRITE"],
      members: every(15, 4),
    },
  ],
  access_tokens: names.map((name, index) => ({
    user: `local:${name}`,
    ...(index % 4 === 0 ? {} : { expiration_time: "2098-07-01T12:00:00Z" }),
  })),
};

interface Report {
  readonly verdict: string;
  readonly findings: readonly {
    readonly kind: string;
    readonly rule: string;
    readonly severity: string;
    readonly identity?: string;
    readonly what: string;
    readonly is_new: boolean;
    readonly members?: readonly unknown[];
  }[];
}

interface Audited {
  readonly exitCode: number;
  readonly report: Report;
}

/** Runs a command of the built package in the folder of a workspace. */
async function run(
  { folder, place }: Workspace,
  ...args: readonly string[]
): Promise<{ exitCode: number; out: string }> {
  const program = path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js");
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...place.extra } };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ exitCode, out: stdout === "" ? stderr : stdout });
    });
  });
}

/** Plans, and audits the plan. */
async function audited(workspace: Workspace, ...args: readonly string[]): Promise<Audited> {
  await workspace.plan("-out=plan.bin");
  await writeFile(path.join(workspace.folder, "plan.json"), (await workspace.run("show", "-json", "plan.bin")).stdout);
  const { exitCode, out } = await run(workspace, "audit", "plan.json", "--format", "json", ...args);
  if (exitCode === 2) throw new Error(out);
  // The program's own report, which its schema's tests hold it to.
  return { exitCode, report: JSON.parse(out) as Report };
}

/** Takes over all that is on the cluster, as the guide for click-ops says. */
async function adopt(workspace: Workspace): Promise<void> {
  await rm(path.join(workspace.folder, "main.tf"));
  const { exitCode, out } = await run(workspace, "discover", "--format", "hcl", "--output", workspace.folder);
  if (exitCode !== 0) throw new Error(out);
  await workspace.apply();
  await rm(path.join(workspace.folder, "imports.tf"));
}

/** What a report finds, as its rules and how many members each finding stands for. */
function found({ report }: Audited): readonly (readonly [string, number])[] {
  return report.findings.map(({ rule, members = [] }) => [rule, members.length] as const);
}

const newcomer = `
resource "qumulo_local_user" "newcomer" {
  name = "svc-newcomer"
}

resource "qumulo_role_member" "newcomer" {
  role_name = "Administrators"
  auth_id   = qumulo_local_user.newcomer.id
}
`;

onOpenTofu((engine) => {
  test("a cluster of sixty accounts is adopted: nothing new passes, the rest is one baseline, and what comes later is named alone", async () => {
    const workspace = await givenWorkspace(engine, "", { seed: cluster });
    const baseline = path.join(workspace.folder, "baseline.json");
    const held = ["--fail-on", "low", "--fail-on-existing", "--baseline", "baseline.json"];
    await adopt(workspace);
    const unchanged = await workspace.plan();

    const first = await audited(workspace);
    const all = await audited(workspace, "--fail-on", "low", "--fail-on-existing", "--write-baseline", "baseline.json");
    const text = await readFile(baseline, "utf8");
    await writeFile(baseline, text.replaceAll('"reason": ""', '"reason": "as it was when we came"'));
    const accepted = await audited(workspace, ...held);
    const byHand = { domain: "LOCAL", name: "svc-03" };
    await workspace.cluster.admin.post("/v1/auth/roles/Administrators/members", byHand);
    const told = await audited(workspace, "--cluster", "--baseline", "baseline.json");
    const failed = await audited(workspace, "--cluster", ...held);
    await writeFile(path.join(workspace.folder, "newcomer.tf"), newcomer);
    const added = await audited(workspace, "--baseline", "baseline.json");

    expect(unchanged.hasChanges).toBe(false);
    expect([first.exitCode, first.report.verdict]).toEqual([0, "passed"]);
    expect(found(first)).toEqual([
      ["escalating-privilege", 3],
      ["escalating-privilege", 4],
      ["escalation-by-combination", 3],
      ["escalation-by-combination", 4],
      ["file-permission-bypass", 7],
      ["token-lives-too-long", 45],
      ["token-never-expires", 15],
    ]);
    expect([all.exitCode, accepted.exitCode, accepted.report.verdict, found(accepted)]).toEqual([1, 0, "clean", []]);
    expect([told.exitCode, told.report.verdict, failed.exitCode]).toEqual([0, "passed", 1]);
    expect(told.report.findings.filter(({ severity }) => severity === "critical")).toMatchObject([
      { rule: "administrator-with-token", identity: "local:svc-03", is_new: false },
      { rule: "undeclared-administrator", identity: "local:svc-03", is_new: false },
    ]);
    expect(added.exitCode).toBe(1);
    expect(added.report.findings.filter(({ severity }) => severity === "critical")).toMatchObject([
      { rule: "new-administrator", identity: "local:svc-newcomer", is_new: true },
    ]);
  });
});
