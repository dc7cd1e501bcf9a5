import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { installPackages } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/acceptance-ground.ts";
import { withoutBackend } from "../support/given-example.ts";
import { givenWorkspace, onOpenTofu, type TestedEngine, type Workspace } from "../support/given-workspace.ts";
import { handMadeCluster } from "../support/hand-made-cluster.ts";

/** A cluster of hand-made accounts, and an initialized folder without a configuration. */
async function givenHandMade(engine: TestedEngine, accounts: number): Promise<Workspace> {
  const workspace = await givenWorkspace(engine, "", { seed: handMadeCluster(accounts) });
  await rm(path.join(workspace.folder, "main.tf"));
  return workspace;
}

/** Runs `discover` of the built package as a process, which writes into the folder. */
async function discover({ folder, place }: Workspace, ...args: readonly string[]): Promise<string> {
  const program = path.join(getAcceptanceGround().root, "dist/cdktf-qumulo.js");
  const all = [program, "discover", "--output", folder, "--except", "e\u0301tage", ...args];
  return (await promisify(execFile)(process.execPath, all, { env: { ...process.env, ...place.extra } })).stderr;
}

/** The resources of a configuration, by what their plan does to them. */
async function plannedActions(workspace: Workspace): Promise<string> {
  const { stdout } = await workspace.plan();
  return /^Plan: .*|^No changes/m.exec(stdout)?.[0] ?? stdout;
}

onOpenTofu((engine) => {
  test("300 hand-made accounts become HCL that is imported without a change, and whose next plan is empty", async () => {
    const workspace = await givenHandMade(engine, 300);
    const { simulator, admin } = workspace.cluster;
    const before = simulator.requests.length;

    const told = await discover(workspace, "--format", "hcl");
    const asked = simulator.requests.slice(before);
    const formatted = await workspace.run("fmt", "-check", "-diff");
    const planned = await plannedActions(workspace);
    const changing = simulator.requests.length;
    await workspace.apply();
    const { hasChanges } = await workspace.plan();

    // Users, groups, roles and tokens; each group and role for its members; the version and the login.
    const [groups, roles] = await Promise.all([admin.get("/v1/groups/"), admin.get("/v1/auth/roles/")]);
    const lists = Object.keys(groups.body as object).length + Object.keys(roles.body as object).length;
    expect(told).toContain("Wrote code for 300 local users, 12 local groups");
    expect(asked).toHaveLength(6 + lists);
    expect(asked.filter(({ method }) => method !== "GET").map((request) => request.path)).toEqual(["/v1/session/login"]);
    expect(formatted.stdout).toBe("");
    expect(planned).toMatch(/^Plan: \d{4} to import, 0 to add, 0 to change, 0 to destroy\.$/);
    const wrote = simulator.requests.slice(changing).filter(({ method }) => /PUT|PATCH|DELETE/.test(method));
    expect(wrote).toEqual([]);
    expect(hasChanges).toBe(false);
  });

  test("hand-made accounts become a CDKTF program that is imported without a change, and whose next plan is empty", async () => {
    const workspace = await givenHandMade(engine, 40);
    const { root } = getAcceptanceGround();

    await discover(workspace, "--format", "cdktf");
    await synthesize(workspace, root);
    const planned = await plannedActions(workspace);
    await workspace.apply();
    const { hasChanges } = await workspace.plan();

    expect(planned).toMatch(/^Plan: \d+ to import, 0 to add, 0 to change, 0 to destroy\.$/);
    expect(hasChanges).toBe(false);
  });
});

/** Checks the types of the program strictly, and runs it as its cdktf.json says. */
async function synthesize({ folder, engine }: Workspace, root: string): Promise<void> {
  await installPackages(root, folder);
  const env = { ...process.env, TERRAFORM_BINARY_NAME: engine.program };
  const run = async (program: string, ...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)(path.join(root, "node_modules/.bin", program), args, { cwd: folder, env });
  const strict = ["--strict", "--noUnusedLocals", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--types", "node"];
  const compiled = await run("tsc", ...strict, "--target", "es2022", "--typeRoots", path.join(root, "node_modules/@types"), "main.ts").catch(
    (error: unknown) => error,
  );
  expect(compiled).toEqual({ stdout: "", stderr: "" });
  await run("tsx", "main.ts");
  const configuration = await readFile(path.join(folder, "cdktf.out/stacks/qumulo-access/cdk.tf.json"), "utf8");
  await writeFile(path.join(folder, "cdk.tf.json"), withoutBackend(configuration));
}
