import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import {
  givenWorkspace,
  onEnginesWith,
  type TestedEngine,
  type Workspace,
} from "../support/engines/given-workspace.ts";
import type { GivenOptions } from "../support/simulator/given-cluster.ts";
import { handMadeCluster } from "../support/simulator/hand-made-cluster.ts";

const provider = 'provider "qumulo" {}\n';

/** A folder in which lists are asked for. */
async function givenQuery(engine: TestedEngine, lists: string, options: GivenOptions): Promise<Workspace> {
  const workspace = await givenWorkspace(engine, provider, options);
  await writeFile(path.join(workspace.folder, "all.tfquery.hcl"), lists);
  return workspace;
}

/** A list of everything of one type. */
function listOf(type: string, config = ""): string {
  return `list "${type}" "found" {\n  provider = qumulo\n  limit    = 5000\n${config}}\n`;
}

const types = ["local_user", "local_group", "local_group_member", "role", "role_member", "access_token"];

onEnginesWith("lists", (engine) => {
  test("300 hand-made accounts are listed, become configuration, and are imported without a change", async () => {
    const lists = types.map((type) => listOf(`qumulo_${type}`)).join("\n");
    const workspace = await givenQuery(engine, lists, { seed: handMadeCluster(300) });
    const { simulator } = workspace.cluster;
    const before = simulator.requests.length;

    const query = await workspace.run("query", "-no-color", "-generate-config-out=found.tf");
    const asked = simulator.requests.slice(before);
    const plan = await workspace.run("plan", "-no-color", "-out=imports.tfplan");
    const apply = await workspace.run("apply", "-no-color", "imports.tfplan");
    const next = await workspace.plan();

    expect(query.exitCode).toBe(0);
    expect(asked.filter(({ method }) => method !== "GET").map((request) => request.path)).toEqual([
      "/v1/session/login",
    ]);
    expect(plan.stdout).toMatch(/^Plan: \d{3,4} to import, 0 to add, 0 to change, 0 to destroy\.$/m);
    expect(apply.stdout).toContain("0 added, 0 changed, 0 destroyed");
    expect(next.hasChanges).toBe(false);
  }, 300_000);
});
