import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { ProgramResult } from "../../src/engine/errors.ts";
import { runProgram } from "../../src/engine/program.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onEveryEngine, printed } from "../support/engines/given-workspace.ts";

const configuration = `
resource "qumulo_role" "reader" {
  name       = "reader"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
`;

/** What a run needs from the caller's environment, and none of what says where providers are. */
const plain = { XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined, XDG_DATA_DIRS: undefined };

let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-home-"));
});

afterAll(async () => rm(home, { recursive: true, force: true }));

async function install(...args: readonly string[]): Promise<ProgramResult> {
  const { library } = getAcceptanceGround();
  return runProgram(process.execPath, [path.join(library, "dist/cdktf-qumulo.js"), "install", ...args], {
    cwd: home,
    env: { ...process.env, ...plain, HOME: home, TF_CLI_CONFIG_FILE: undefined },
  });
}

onEveryEngine((engine) => {
  test("after install the engine finds the provider without any CLI configuration", async () => {
    const workspace = await givenFolder(engine, configuration);
    const environment = { ...plain, HOME: home, TF_CLI_CONFIG_FILE: undefined };

    const installed = await install();
    const initialized = await workspace.runWith(environment, "init", "-no-color");
    const planned = await workspace.runWith(environment, "plan", "-no-color");

    expect(installed).toMatchObject({ exitCode: 0, stderr: "" });
    expect(printed(initialized)).toContain("Installed cdktf-qumulo/qumulo");
    expect(planned.stdout).toContain("1 to add, 0 to change, 0 to destroy");
  });

  test("doctor finds what the engine finds, before and after install", async () => {
    const own = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-home-"));
    const { library } = getAcceptanceGround();
    // Not started by npx, as these tests may be.
    const reset = { TF_CLI_CONFIG_FILE: undefined, QUMULO_HOST: undefined, npm_command: undefined };
    const env = { ...process.env, ...plain, HOME: own, ...reset };
    const run = async (...args: readonly string[]): Promise<ProgramResult> =>
      runProgram(process.execPath, [path.join(library, "dist/cdktf-qumulo.js"), ...args], {
        cwd: own,
        env: { ...env, TERRAFORM_BINARY_NAME: engine.program },
      });

    const before = await run("doctor");
    await run("install");
    const after = await run("doctor", "--json");
    await rm(own, { recursive: true });

    expect(before.exitCode).toBe(1);
    expect(before.stdout.replaceAll(/\s+/g, " ")).toContain(`${engine.version} (${engine.program})`);
    expect(before.stdout).toContain('→ Run "cdktf-qumulo install".');
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(after.stdout)).toMatchObject({ works: true });
  });

  test("pasting what install --mirror printed makes the engine find the provider in the mirror", async () => {
    const workspace = await givenFolder(engine, configuration);
    const cliConfig = path.join(workspace.folder, "pasted.tfrc");
    const environment = { ...plain, HOME: workspace.folder, TF_CLI_CONFIG_FILE: cliConfig };

    const { stdout } = await install("--mirror", path.join(workspace.folder, "a mirror"));
    const [, block = ""] = /^(provider_installation \{$[\s\S]*^\}$)/m.exec(stdout) ?? [];
    await writeFile(cliConfig, block);
    const initialized = await workspace.runWith(environment, "init", "-no-color");
    const planned = await workspace.runWith(environment, "plan", "-no-color");

    expect(printed(initialized)).toContain("Installed cdktf-qumulo/qumulo");
    expect(planned.stdout).toContain("1 to add, 0 to change, 0 to destroy");
  });
});
