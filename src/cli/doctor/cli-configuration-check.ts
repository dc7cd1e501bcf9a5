import { type CliConfigFile, readCliConfig } from "../../engine/cli-configuration/read-cli-config.ts";
import { type Engine, type EngineName, engineTitles } from "../../engine/identify.ts";
import { runProgram } from "../../engine/program.ts";
import type { CommandContext } from "../command-error.ts";
import type { Check } from "./check.ts";

const id = "cli_configuration";

/** Looks at the CLI configuration that the engine reads, or that both would where none was found. */
export async function checkCliConfiguration(
  { engine, engines }: { readonly engine: Engine | undefined; readonly engines: readonly EngineName[] },
  { env }: CommandContext,
): Promise<Check> {
  const configs = await Promise.all(engines.map(async (name) => readCliConfig(name, env)));
  const missing = configs.find((config) => config.missing !== undefined)?.missing;
  if (missing !== undefined) {
    return {
      id,
      status: "fails",
      found: `${missing.variable} names ${missing.file}, which cannot be read. Engines warn about it with every command, and use no CLI configuration at all.`,
      todo: `Write that file, or unset ${missing.variable}.`,
    };
  }
  const complaint = engine && (await findComplaint(engine, env));
  if (complaint !== undefined) return complaint;
  return describe(configs.flatMap((config) => config.files));
}

/** A complaint of the engine itself about its CLI configuration, which it prints with every command. */
async function findComplaint({ name, program }: Engine, env: CommandContext["env"]): Promise<Check | undefined> {
  const asked = { cwd: process.cwd(), env: { ...env, CHECKPOINT_DISABLE: "1" } };
  const { stderr } = await runProgram(program, ["version"], asked);
  if (!stderr.includes("problems with the CLI configuration")) return undefined;
  const said = /(Error|Warning): (.+)/.exec(stderr);
  return {
    id,
    status: said?.[1] === "Warning" ? "attention" : "fails",
    found: `${engineTitles[name]} says about it: ${said?.[2]?.trim() ?? stderr.trim()}.`,
    todo: "Correct that file: until then the engine ignores what it cannot read, such as where providers come from.",
  };
}

function describe(files: readonly CliConfigFile[]): Check {
  const names = [...new Set(files.map(({ file }) => file))];
  if (names.length === 0) {
    const found = "There is none, so engines look for providers in their default folders.";
    return { id, status: "works", found };
  }
  const ruling = [...new Set(files.filter(({ methods }) => methods !== undefined).map(({ file }) => file))];
  const which = names.length === 1 ? "It" : ruling.join(", ");
  const says =
    ruling.length === 0
      ? "Nothing in it says where providers come from."
      : `${which} says where providers come from, so engines skip their default folders.`;
  return { id, status: "works", found: `${names.join(", ")}. ${says}`, facts: { files: names } };
}
