import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { type AskedExample, type Edits, givenExample, type GivenExample } from "../support/pages/given-example.ts";
import { onOpenTofu, type Workspace } from "../support/engines/given-workspace.ts";

interface Example extends AskedExample {
  /** What one apply of a stack says at its end. */
  readonly applied: string;
  /** The warnings of the apply: those that the example's comment prepares for. */
  readonly warnings?: readonly string[];
  /** Fills the clusters. @returns what the program is to say of them */
  readonly prepare?: (example: GivenExample) => Promise<Edits>;
  /** Looks at what was deployed. */
  readonly check: (example: GivenExample) => Promise<void>;
}

const monitoring = [
  "PRIVILEGE_ANALYTICS_READ",
  "PRIVILEGE_CLUSTER_READ",
  "PRIVILEGE_FS_ATTRIBUTES_READ",
  "PRIVILEGE_METRICS_READ",
  "PRIVILEGE_NETWORK_READ",
];

const examples: readonly Example[] = [
  { name: "rotating-token", stacks: ["rotating-token"], applied: "5 added", check: checkDelivery },
  {
    name: "team-roles",
    stacks: ["team-roles"],
    localUsers: ["svc-scheduler"],
    applied: "8 added",
    check: checkTeam,
  },
  {
    name: "fleet",
    stacks: ["east", "west"],
    applied: "4 added",
    prepare: async ({ workspaces: [east, west] }) =>
      Promise.resolve({ "east.example.com": hostOf(east), "west.example.com": hostOf(west) }),
    check: checkFleet,
  },
  {
    name: "import-account",
    stacks: ["import-account"],
    localUsers: ["svc-backup"],
    applied: "3 imported, 1 added, 1 changed, 0 destroyed",
    warnings: ["Imported access tokens have no bearer tokens"],
    prepare: prepareAccount,
    check: checkTakenOver,
  },
  { name: "access-policy", stacks: ["access-policy"], applied: "4 added", check: checkPolicy },
];

onOpenTofu((engine) => {
  test.each(examples)(
    "the example $name deploys as it is, needs no second change, does what it says, and is destroyed",
    async (asked) => {
      const example = await givenExample(engine, asked);
      const { workspaces } = example;
      const edits = (await asked.prepare?.(example)) ?? {};

      const printed = await example.synthesize(edits);

      // Nothing in it that a user would have to explain away.
      expect(printed).not.toMatch(/warning|error/i);
      for (const workspace of workspaces) {
        const { stdout } = await workspace.apply();
        expect(stdout).toContain(asked.applied);
        expect(stdout).not.toContain("access-v1:");
        expect([...stdout.matchAll(/Warning: (.*)/g)].map(([, summary]) => summary)).toEqual(asked.warnings ?? []);
        expect((await workspace.plan()).hasChanges).toBe(false);
      }
      await asked.check(example);
      for (const { cluster, ...workspace } of workspaces) {
        await workspace.destroy();
        const { body } = await cluster.admin.get("/v1/auth/access-tokens/");
        expect(body).toMatchObject({ entries: [] });
      }
    },
  );
});

function only({ workspaces: [workspace] }: GivenExample): Workspace {
  if (workspace === undefined) throw new Error("The example has no stack.");
  return workspace;
}

function hostOf(workspace: Workspace | undefined): string {
  return workspace?.cluster.simulator.host ?? "";
}

async function checkDelivery(example: GivenExample): Promise<void> {
  const { folder, place, cluster } = only(example);
  const file = path.join(folder, "backup-credentials.json");
  const { bearer_token: bearerToken } = JSON.parse(await readFile(file, "utf8")) as { readonly bearer_token: string };
  const me = await cluster.bearing(bearerToken).get("/v1/session/who-am-i");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(me.body).toMatchObject({ name: "svc-backup" });

  // As the example's comment says.
  const verify = [
    path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js"),
    "verify",
    "--credentials-file",
    file,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, verify, { env: { ...process.env, ...place.extra } });
  expect(stdout).toContain("svc-backup");
  expect(stdout).toContain("PRIVILEGE_SNAPSHOT_WRITE");
}

async function checkTeam(example: GivenExample): Promise<void> {
  const { cluster } = only(example);
  const { name, password } = cluster.user("svc-scheduler");
  const me = await (await cluster.signIn(name, password)).get("/v1/session/who-am-i");

  expect(me.body).toMatchObject({
    privileges: expect.arrayContaining([...monitoring, "PRIVILEGE_QUOTA_WRITE", "PRIVILEGE_SNAPSHOT_WRITE"]),
  });
}

async function checkFleet({ workspaces }: GivenExample): Promise<void> {
  for (const workspace of workspaces) {
    const bearerToken = String(await workspace.output("monitoring_bearer_token"));
    const me = await workspace.cluster.bearing(bearerToken).get("/v1/session/who-am-i");
    expect(me.body).toMatchObject({ name: "svc-monitoring", privileges: monitoring });
  }
}

async function prepareAccount(example: GivenExample): Promise<Edits> {
  const { admin, user } = only(example).cluster;
  const { id } = user("svc-backup");
  await admin.post("/v1/auth/roles/", {
    name: "backup-reader",
    description: "",
    privileges: ["PRIVILEGE_SNAPSHOT_READ"],
  });
  await admin.post("/v1/auth/roles/backup-reader/members", { auth_id: id });
  const token = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: id } });
  return { "1234567890123456789": token.field("id") };
}

/** Takes the step that the comment of the example names next. */
async function checkTakenOver(example: GivenExample): Promise<void> {
  const workspace = only(example);
  const before = await workspace.cluster.admin.get("/v1/auth/access-tokens/");
  await example.synthesize({
    "import { Privilege,": "import { Duration, Privilege,",
    "neverExpires: true": "expiresIn: Duration.days(90), rotateBeforeExpiry: Duration.days(14)",
    'taken_over: "no"': 'taken_over: "yes"',
  });

  const { stdout } = await workspace.apply();
  const after = await workspace.cluster.admin.get("/v1/auth/access-tokens/");

  expect(before.body).toMatchObject({ entries: [{ enabled: true }] });
  expect(before.text).not.toMatch(/"expiration_time":\s*"\d/);
  expect(stdout).toContain("0 added, 1 changed, 0 destroyed");
  expect(after.body).toMatchObject({
    entries: [{ expiration_time: expect.stringMatching(/^2/) }, { expiration_time: expect.stringMatching(/^2/) }],
  });
}

/** Breaks a rule, as the comment of the example proposes. */
async function checkPolicy(example: GivenExample): Promise<void> {
  const broken = example.synthesize({ "Duration.days(60)": "Duration.days(300)" });

  await expect(broken).rejects.toThrow("Access policy: expiresIn is not allowed: got 300d; allowed: 90d at most.");
}
