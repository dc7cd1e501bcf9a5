import { findProgram, runProgram } from "../../engine/program.ts";
import { compareVersions } from "../../engine/version.ts";
import type { CommandContext } from "../command-error.ts";

/** The oldest Node.js that runs the provider's script form. */
const oldestNode = "20.18.1";

/** Why a program cannot be started, and what to do. */
export interface StartFault {
  readonly found: string;
  readonly todo: string;
}

/**
 * Why the program that a script's first line names cannot run it.
 *
 * @param firstLine - of the script; one that is not a shebang starts by itself
 * @returns `undefined` when it can
 */
export async function findStartFault(firstLine: string, env: CommandContext["env"]): Promise<StartFault | undefined> {
  const [, interpreter = "", argument] = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(firstLine) ?? [];
  if (interpreter === "") return undefined;
  const name = interpreter.endsWith("/env") ? (argument ?? "") : interpreter;
  const program = await findProgram(name, env);
  if (program === undefined) {
    return {
      found: `its first line asks for ${name}, and there is none${name === interpreter ? "" : " on the PATH"}.`,
      todo: `Install Node.js ${oldestNode} or later, and make sure that it is on the PATH of whoever runs the engine.`,
    };
  }
  const version = await nodeVersionOf(program, env);
  if (version === undefined || compareVersions(version, oldestNode) >= 0) return undefined;
  return {
    found: `${program} is Node.js ${version}, and ${oldestNode} is the oldest that works.`,
    todo: `Install Node.js ${oldestNode} or later, and put it first on the PATH of whoever runs the engine.`,
  };
}

/** @returns `undefined` for what is not Node.js */
async function nodeVersionOf(program: string, env: CommandContext["env"]): Promise<string | undefined> {
  const result = await runProgram(program, ["--version"], { cwd: process.cwd(), env }).catch(() => undefined);
  return /^v(\d+\.\d+\.\d+)/.exec(result?.stdout ?? "")?.[1];
}
