import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { type CdktfProgram, runCdktf } from "../../tools/demo/cdktf.ts";
import { installProgram } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { programEnvironment } from "../support/engines/program-environment.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** The example in a folder of its own. */
async function givenExample({ simulator }: GivenCluster): Promise<CdktfProgram> {
  const home = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-program-"));
  folders.push(home);
  const folder = path.join(home, "service-account");
  await installProgram(getAcceptanceGround(), "service-account", folder);
  return { folder, onOutput: () => undefined, env: await programEnvironment(home, simulator) };
}

test("the CDKTF example is deployed by the real command line, needs no second change, and is destroyed", async () => {
  const cluster = await givenCluster();
  const program = await givenExample(cluster);
  const { admin } = cluster;

  const deployed = await runCdktf(program, ["deploy", "--auto-approve", "--skip-provider-lock"]);
  const template: unknown = JSON.parse(
    await readFile(path.join(program.folder, "cdktf.out/stacks/service-account/cdk.tf.json"), "utf8"),
  );
  const role = await admin.get("/v1/auth/roles/backup-reader");
  const { body: users } = await admin.get("/v1/users/");
  const { body: tokens } = await admin.get("/v1/auth/access-tokens/");
  const again = await runCdktf(program, ["diff", "--skip-provider-lock"]);
  await runCdktf(program, ["destroy", "--auto-approve", "--skip-provider-lock"]);

  expect(template).toMatchObject({
    terraform: { required_providers: { qumulo: { source: "cdktf-qumulo/qumulo" } } },
    provider: { qumulo: [{}] },
    resource: {
      qumulo_local_user: expect.any(Object),
      qumulo_role: expect.any(Object),
      qumulo_role_member: expect.any(Object),
      qumulo_access_token: expect.any(Object),
    },
    output: { bearer_token: { sensitive: true } },
  });
  expect(deployed).toContain("4 added, 0 changed, 0 destroyed");
  expect(deployed).not.toContain("access-v1:");
  expect(role.body).toMatchObject({
    privileges: ["PRIVILEGE_CLUSTER_READ", "PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"],
  });
  expect(users).toContainEqual(expect.objectContaining({ name: "svc-backup" }));
  expect(tokens).toMatchObject({ entries: [{ enabled: true }] });
  expect(again).toContain("No changes");
  expect((await admin.get("/v1/users/")).body).toHaveLength(2);
  expect((await admin.get("/v1/auth/roles/backup-reader")).status).toBe(404);
  expect((await admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [] });
});
