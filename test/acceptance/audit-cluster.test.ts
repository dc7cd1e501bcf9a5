import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { givenWorkspace, onOpenTofu, type Workspace } from "../support/engines/given-workspace.ts";

const readers = ["LOCAL_USER_READ", "LOCAL_GROUP_READ", "ROLE_READ", "ACCESS_TOKENS_READ"].map(
  (name) => `PRIVILEGE_${name}`,
);

/** A role that somebody has made by hand, with a member. */
async function makeByHand({ admin, user }: GivenCluster, name: string): Promise<void> {
  await admin.post("/v1/auth/roles/", { name: "by-hand", description: "", privileges: ["PRIVILEGE_ROLE_WRITE"] });
  await admin.post("/v1/auth/roles/by-hand/members", { auth_id: user(name).id });
}

function configurationFor({ simulator }: GivenCluster): string {
  return `
provider "qumulo" {
  max_retries = 1
}

provider "qumulo" {
  alias              = "second"
  host               = "${simulator.host}"
  port               = ${simulator.port}
  username           = "${simulator.username}"
  password           = "${simulator.adminPassword.reveal()}"
  certificate_sha256 = "${simulator.certificateSha256}"
}

resource "qumulo_role" "here" {
  name       = "planned"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}

resource "qumulo_role" "there" {
  provider   = qumulo.second
  name       = "planned"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
`;
}

interface Report {
  readonly findings: readonly { readonly rule: string; readonly identity?: string; readonly what: string }[];
}

/** Runs the built program on a plan, with a bearer token that only reads. */
async function auditOn(
  { place }: Workspace,
  { cluster, file }: { readonly cluster: GivenCluster; readonly file: string },
  ...args: readonly string[]
): Promise<Report> {
  const program = path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js");
  const { bearerToken } = await cluster.holderOf(...readers);
  const env = { ...place.extra, QUMULO_USERNAME: "", QUMULO_PASSWORD: "", QUMULO_BEARER_TOKEN: bearerToken };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [program, "audit", file, "--cluster", "--format", "json", ...args],
      { env },
      (error, stdout) => {
        // The program's own report, which its schema's tests hold it to; nothing else was asked for.
        if (error === null || error.code === 1 || error.code === 3) resolve(JSON.parse(stdout) as Report);
        else reject(new Error(error.message));
      },
    );
  });
}

onOpenTofu((engine) => {
  test("of two clusters behind aliases, the facts of each belong to its own configuration", async () => {
    const second = await givenCluster({ localUsers: ["stranger-there"] });
    const workspace = await givenWorkspace(engine, configurationFor(second), { localUsers: ["stranger-here"] });
    await makeByHand(workspace.cluster, "stranger-here");
    await makeByHand(second, "stranger-there");
    await workspace.plan("-out=saved");
    const file = path.join(workspace.folder, "plan.json");
    await writeFile(file, (await workspace.run("show", "-json", "saved")).stdout);

    const first = await auditOn(workspace, { cluster: workspace.cluster, file });
    const { port, certificateSha256 } = second.simulator;
    const other = await auditOn(
      workspace,
      { cluster: second, file },
      ...["--port", String(port), "--certificate-sha256", certificateSha256],
    );

    const escalating = ({ findings }: Report): readonly unknown[] =>
      findings.filter(({ rule }) => rule === "escalating-privilege").map(({ identity }) => identity);
    const unread = ({ findings }: Report): string =>
      findings
        .map(({ what }) => what)
        .filter((what) => what.includes("What else is on the cluster"))
        .join("\n");
    expect(escalating(first)).toContain("local:stranger-here");
    expect(escalating(first)).not.toContain("local:stranger-there");
    expect(unread(first)).toMatch(/^What else is on the cluster of the provider configuration qumulo\.second .*$/);
    expect(escalating(other)).toContain("local:stranger-there");
    expect(escalating(other)).not.toContain("local:stranger-here");
    expect(unread(other)).toMatch(/^What else is on the cluster of the provider configuration qumulo is not known.*$/);
  });
});
