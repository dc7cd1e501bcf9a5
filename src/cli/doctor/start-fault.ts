import path from "node:path";
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
 * Why the programs that a script needs to start cannot run it.
 *
 * @param start - of the script, with all that it does before Node.js runs it; anything else starts by itself
 * @returns `undefined` when they can
 */
export async function findStartFault(start: string, env: CommandContext["env"]): Promise<StartFault | undefined> {
  for (const name of starters(start)) {
    const fault = await starterFault(name, env);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The program that a script's first line names, and the one that a shell goes on with. */
function starters(start: string): readonly string[] {
  const [, interpreter, argument] = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(start) ?? [];
  if (interpreter === undefined) return [];
  const next = /^(?:":" \/\/; )?exec (\S+) "\$0"/m.exec(start)?.[1];
  const first = interpreter.endsWith("/env") ? (argument ?? "") : interpreter;
  return next === undefined ? [first] : [first, next];
}

async function starterFault(name: string, env: CommandContext["env"]): Promise<StartFault | undefined> {
  const program = await findProgram(name, env);
  if (program === undefined) {
    return path.isAbsolute(name)
      ? { found: `it is run by ${name}, and there is none.`, todo: `Install ${name}.` }
      : {
          found: `it is run by ${name}, and there is none on the PATH.`,
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
