import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { installProgram } from "../../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../engines/acceptance-ground.ts";
import { givenWorkspace, type TestedEngine, type Workspace } from "../engines/given-workspace.ts";

/** What the program of an example says, and what it is to say instead. */
export type Edits = Readonly<Record<string, string>>;

/** An example, installed as a user would have it, with a cluster for each of its stacks. */
export interface GivenExample {
  /** The folders of the stacks, in their order. */
  readonly workspaces: readonly Workspace[];
  /** Edits the program, and runs it. @returns what it printed. @throws {Error} when it fails, with what it printed */
  synthesize(edits: Edits): Promise<string>;
}

/** An example, and the stacks that it makes. */
export interface AskedExample {
  readonly name: string;
  readonly stacks: readonly string[];
  readonly localUsers?: readonly string[] | undefined;
}

/** Prepares an example: each of its stacks is synthesized into a folder of its own, with a cluster of its own. */
export async function givenExample(engine: TestedEngine, asked: AskedExample): Promise<GivenExample> {
  const { name, stacks, localUsers = [] } = asked;
  const places: { readonly stack: string; readonly workspace: Workspace }[] = [];
  for (const stack of stacks) {
    const workspace = await givenWorkspace(engine, "", { localUsers });
    await rm(path.join(workspace.folder, "main.tf"));
    places.push({ stack, workspace });
  }
  const folder = places[0]?.workspace.folder ?? "";
  await installProgram(getAcceptanceGround(), name, folder);
  return {
    workspaces: places.map(({ workspace }) => workspace),
    async synthesize(edits) {
      await edit(path.join(folder, "main.ts"), edits);
      const printed = await runProgram(folder, engine);
      for (const { stack, workspace } of places) {
        const configuration = path.join(folder, "cdktf.out/stacks", stack, "cdk.tf.json");
        await writeFile(
          path.join(workspace.folder, "cdk.tf.json"),
          withoutBackend(await readFile(configuration, "utf8")),
        );
      }
      return printed;
    },
  };
}

/** The folders are initialized already, and keep their state themselves. */
export function withoutBackend(configuration: string): string {
  // As CDKTF writes it: every stack has a backend.
  const { terraform, ...rest } = JSON.parse(configuration) as { readonly terraform: Readonly<Record<string, unknown>> };
  return JSON.stringify({ ...rest, terraform: { ...terraform, backend: undefined } });
}

async function edit(file: string, edits: Edits): Promise<void> {
  let text = await readFile(file, "utf8");
  for (const [said, instead] of Object.entries(edits)) {
    if (!text.includes(said)) throw new Error(`The example does not say ${said}.`);
    text = text.replaceAll(said, instead);
  }
  await writeFile(file, text);
}

/** Runs it as its cdktf.json says, but for the command line around it. */
async function runProgram(folder: string, engine: TestedEngine): Promise<string> {
  const tsx = path.join(folder, "node_modules/.bin/tsx");
  // The library asks the engine for its version, and OpenTofu makes a folder in the home folder then.
  const env = { ...process.env, HOME: folder, TERRAFORM_BINARY_NAME: engine.program };
  const { stdout, stderr } = await promisify(execFile)(tsx, ["main.ts"], { cwd: folder, env });
  return stdout + stderr;
}
