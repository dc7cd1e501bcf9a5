import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import {
  givenWorkspace,
  onEnginesWith,
  printed,
  type TestedEngine,
  type Workspace,
} from "../support/engines/given-workspace.ts";
import type { FaultDeclaration } from "../../src/simulator/index.ts";
import { readReferenceSources } from "../../tools/reference/sources.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { type StartedApply, startRun } from "../support/engines/started-apply.ts";
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

  test("roles with all their members become configuration that is imported without a change", async () => {
    const list = listOf("qumulo_role_members", "\n  config {\n    include_built_in = true\n  }\n");
    const workspace = await givenQuery(engine, list, { seed: handMadeCluster(12) });

    await workspace.run("query", "-no-color", "-generate-config-out=found.tf");
    const plan = await workspace.run("plan", "-no-color");

    expect(plan.stdout).toMatch(/^Plan: \d\d to import, 0 to add, 0 to change, 0 to destroy\.$/m);
  });

  test("each list of a page finds what the cluster has", async () => {
    const { examples } = await readReferenceSources(getAcceptanceGround().root);
    const lists = [...examples].filter(([file]) => file.endsWith(".tfquery.hcl")).map(([, text]) => text);
    const workspace = await givenQuery(engine, lists.join("\n"), { seed: handMadeCluster(12) });

    const query = await workspace.run("query", "-no-color");

    expect(query.exitCode).toBe(0);
    expect(query.stderr).not.toContain("Error");
    expect(lists).toHaveLength(7);
    for (const text of lists) {
      const [, type, label] = /^list "(\w+)" "(\w+)"/m.exec(text) ?? [];
      expect(query.stdout).toContain(`list.${String(type)}.${String(label)} `);
    }
  });

  test("a list that its limit cuts short, and one that leaves something out, say so", async () => {
    const lists = listOf("qumulo_role") + listOf("qumulo_local_user").replace("5000", "2");
    const workspace = await givenQuery(engine, lists, { seed: handMadeCluster(12) });

    const said = printed(await workspace.run("query", "-no-color"));

    expect(said).toContain("List is not complete");
    expect(said).toContain("There are more than 2 objects of the type qumulo_local_user");
    expect(said).toContain("Role is left out of the list");
  });

  test.each<[string, FaultDeclaration["with"]]>([
    ["resets connections", { kind: "reset" }],
    ["answers 500", { kind: "status", status: 500 }],
    ["answers half", { kind: "broken-json" }],
  ])("while the cluster %s, nothing is written, and the list says why", async (_what, fault) => {
    const workspace = await givenQuery(engine, listOf("qumulo_role_member"), { seed: handMadeCluster(12) });
    workspace.cluster.simulator.failNext({ path: /members/, with: fault, times: Infinity, skip: 5 });

    const query = await workspace.runWith(
      { QUMULO_MAX_RETRIES: "0" },
      "query",
      "-no-color",
      "-generate-config-out=found.tf",
    );

    expect(query.exitCode).toBe(1);
    expect(printed(query)).toContain("Members of roles could not be listed");
    await expect(readdir(workspace.folder)).resolves.not.toContain("found.tf");
  });

  test("a list that is interrupted in its middle ends, and is not taken for a whole one", async () => {
    const workspace = await givenQuery(engine, listOf("qumulo_role_member"), { seed: handMadeCluster(12) });
    const started: { run?: StartedApply } = {};
    const meanwhile = async (): Promise<void> => {
      process.kill(-(started.run?.pid ?? 0), "SIGINT");
      // Held until the provider has given the request up.
      await started.run?.ended;
    };
    workspace.cluster.simulator.failNext({ path: /members/, with: { kind: "hold", meanwhile }, skip: 5 });

    const run = (started.run = startRun(workspace, ["query", "-no-color", "-generate-config-out=found.tf"], {
      TF_REATTACH_PROVIDERS: "",
    }));
    const exitCode = await run.ended;
    const output = run.output();

    expect(exitCode).toBe(1);
    expect(output).toContain("Members of roles could not be listed");
    expect(output).toContain("The engine asked to stop.");
    await expect(readdir(workspace.folder)).resolves.not.toContain("found.tf");
  });
});
