import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenAttachedProvider } from "../support/provider/attached-provider.ts";
import type { GivenCluster } from "../support/simulator/given-cluster.ts";
import { givenFolder } from "../support/engines/given-workspace.ts";

/** The process that is attached to has an environment of its own, so that the configuration says where the cluster is. */
const configuration = ({ simulator }: GivenCluster) => `
provider "qumulo" {
  host               = ${JSON.stringify(simulator.host)}
  port               = ${simulator.port}
  username           = ${JSON.stringify(simulator.username)}
  password           = ${JSON.stringify(simulator.adminPassword.reveal())}
  certificate_sha256 = ${JSON.stringify(simulator.certificateSha256)}
}

resource "qumulo_role" "reader" {
  name       = "reader"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
`;

test("one provider process serves every engine in turn, none of which installs it, and Ctrl-C ends it", async () => {
  const { child, socketFolder, attach } = await givenAttachedProvider(process.env);
  const environment = { TF_REATTACH_PROVIDERS: attach };

  for (const engine of getAcceptanceGround().engines) {
    const workspace = await givenFolder(engine, "");
    await workspace.write(configuration(workspace.cluster));
    const applied = await workspace.runWith(environment, "apply", "-no-color", "-auto-approve");
    const planned = await workspace.runWith(environment, "plan", "-no-color", "-detailed-exitcode");
    const destroyed = await workspace.runWith(environment, "destroy", "-no-color", "-auto-approve");

    expect(applied.stdout + applied.stderr).toContain("1 added, 0 changed, 0 destroyed");
    expect(planned.exitCode).toBe(0);
    expect(destroyed.stdout).toContain("1 destroyed");
    // Each engine works with the cluster of its own configuration.
    expect(workspace.cluster.simulator.requests.map(({ method }) => method)).toContain("DELETE");
  }

  expect(await readdir(socketFolder)).toHaveLength(1);
  const ended = once(child, "exit");
  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(await readdir(socketFolder)).toEqual([]);
});
