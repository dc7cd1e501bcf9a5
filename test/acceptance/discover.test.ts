import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { installPackages } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { withoutBackend } from "../support/pages/given-example.ts";
import { givenWorkspace, onOpenTofu, type TestedEngine, type Workspace } from "../support/engines/given-workspace.ts";
import { handMadeCluster } from "../support/simulator/hand-made-cluster.ts";
import { readCode } from "../support/pages/pages.ts";

/** A cluster of hand-made accounts, and an initialized folder without a configuration. */
async function givenHandMade(engine: TestedEngine, accounts: number): Promise<Workspace> {
  const workspace = await givenWorkspace(engine, "", { seed: handMadeCluster(accounts) });
  await rm(path.join(workspace.folder, "main.tf"));
  return workspace;
}

/** The commands of the guide, in their order, each as its words. */
async function guideCommands(): Promise<readonly (readonly string[])[]> {
  const blocks = await readCode("docs/guides/from-click-ops.md", "sh");
  return blocks.flatMap((code) => code.trim().split("\n")).map((line) => line.split(" "));
}

/** Runs `discover` of the built package as a process, as the guide says; its folder is that of the workspace. */
async function discover({ folder, place }: Workspace, format: string): Promise<string> {
  const command = (await guideCommands()).find((words) => words.includes("discover") && words.includes(format)) ?? [];
  const args = command.slice(2).map((word) => (word === "access" ? folder : word));
  const program = path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js");
  // The one role that no configuration can name.
  const all = [program, ...args, "--except", "e\u0301tage"];
  return (await promisify(execFile)(process.execPath, all, { env: { ...process.env, ...place.extra } })).stderr;
}

/** Runs the engine, or removes a file, as the guide says; the folder is initialized already. */
async function follow(workspace: Workspace, command: readonly string[]): Promise<string> {
  const [program, place = "", ...args] = command;
  if (program === "rm") await rm(path.join(workspace.folder, path.basename(place)));
  if (program !== "tofu" || args[0] === "init") return "";
  const [name = "", ...rest] = args;
  const { exitCode, stdout, stderr } = await workspace.run(name, "-no-color", ...rest);
  return `${stdout}\n${exitCode === 0 ? "" : stderr}`;
}

onOpenTofu((engine) => {
  test("300 hand-made accounts become HCL that is imported without a change, and whose next plan is empty", async () => {
    const workspace = await givenHandMade(engine, 300);
    const { simulator, admin } = workspace.cluster;
    const before = simulator.requests.length;

    const told = await discover(workspace, "hcl");
    const asked = simulator.requests.slice(before);
    const formatted = await workspace.run("fmt", "-check", "-diff");
    const changing = simulator.requests.length;
    const outputs: string[] = [];
    for (const command of await guideCommands()) outputs.push(await follow(workspace, command));

    // Users, groups, roles and tokens; each group and role for its members; the version and the login.
    const [groups, roles] = await Promise.all([admin.get("/v1/groups/"), admin.get("/v1/auth/roles/")]);
    const lists = Object.keys(groups.body as object).length + Object.keys(roles.body as object).length;
    expect(told).toContain("Wrote code for 300 local users, 12 local groups");
    expect(asked).toHaveLength(6 + lists);
    expect(asked.filter(({ method }) => method !== "GET").map((request) => request.path)).toEqual([
      "/v1/session/login",
    ]);
    expect(formatted.stdout).toBe("");
    expect(outputs.filter((output) => output !== "")).toEqual([
      expect.stringMatching(/^Plan: \d{3,4} to import, 0 to add, 0 to change, 0 to destroy\.$/m),
      expect.stringContaining("0 added, 0 changed, 0 destroyed"),
      expect.stringContaining("No changes."),
    ]);
    const wrote = simulator.requests.slice(changing).filter(({ method }) => /PUT|PATCH|DELETE/.test(method));
    expect(wrote).toEqual([]);
  }, 300_000);

  test("hand-made accounts become a CDKTF program that is imported without a change, and whose next plan is empty", async () => {
    const workspace = await givenHandMade(engine, 12);
    const { root } = getAcceptanceGround();

    await discover(workspace, "cdktf");
    await synthesize(workspace, root);
    const { stdout: planned } = await workspace.plan("-out=imports.tfplan");
    await workspace.apply("imports.tfplan");
    const { hasChanges } = await workspace.plan();

    expect(planned).toMatch(/^Plan: \d+ to import, 0 to add, 0 to change, 0 to destroy\.$/m);
    expect(hasChanges).toBe(false);
  }, 300_000);
});

/** Checks the types of the program strictly, and runs it as its cdktf.json says. */
async function synthesize({ folder, engine }: Workspace, root: string): Promise<void> {
  await installPackages(getAcceptanceGround(), folder);
  const env = { ...process.env, HOME: folder, TERRAFORM_BINARY_NAME: engine.program };
  const run = async (program: string, ...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)(path.join(root, "node_modules/.bin", program), args, { cwd: folder, env });
  const strict = [
    "--strict",
    "--noUnusedLocals",
    "--noEmit",
    "--skipLibCheck",
    "--module",
    "nodenext",
    "--types",
    "node",
  ];
  const compiled = await run(
    "tsc",
    ...strict,
    "--target",
    "es2022",
    "--typeRoots",
    path.join(root, "node_modules/@types"),
    "main.ts",
  ).catch((error: unknown) => error);
  await run("prettier", "--no-config", "--check", "main.ts");
  expect(compiled).toEqual({ stdout: "", stderr: "" });
  await run("tsx", "main.ts");
  const configuration = await readFile(path.join(folder, "cdktf.out/stacks/qumulo-access/cdk.tf.json"), "utf8");
  await writeFile(path.join(folder, "cdk.tf.json"), withoutBackend(configuration));
}
