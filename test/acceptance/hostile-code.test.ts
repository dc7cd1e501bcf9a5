import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { runCommand } from "../cli/run-command.ts";
import { hostileWorld, lieOf } from "../hostile/hostile-world.ts";
import { givenLyingCluster } from "../hostile/lying-cluster.ts";
import { givenWorkspace, onOpenTofu } from "../support/engines/given-workspace.ts";
import { fc } from "../support/search.ts";

const worlds = 40;

onOpenTofu((engine) => {
  test("an engine reads whatever discover writes of a lying cluster, as its formatter leaves it", async () => {
    const workspace = await givenWorkspace(engine, "");
    await rm(path.join(workspace.folder, "main.tf"));
    const cluster = await givenLyingCluster();
    let written = 0;

    for (const [index, world] of fc.sample(hostileWorld({ percent: 1 }), worlds).entries()) {
      cluster.say(lieOf(world));
      const { out } = await runCommand(["discover", "--format", "hcl"], { env: cluster.env });
      if (out === "") continue;
      const folder = path.join(workspace.folder, `world-${index}`);
      await mkdir(folder);
      await writeFile(path.join(folder, "main.tf"), out);
      written += 1;
    }
    const { exitCode, stdout, stderr } = await workspace.run("fmt", "-check", "-diff", "-recursive");

    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(written).toBeGreaterThan(worlds / 4);
  });
});
