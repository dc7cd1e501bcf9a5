import type { CommandContext } from "../../src/cli/command-error.ts";
import { runCommandLine } from "../../src/cli/command-line.ts";

/** What a command left behind. */
export interface CommandRun {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line in this process. */
export async function runCommand(args: readonly string[], context: Partial<CommandContext> = {}): Promise<CommandRun> {
  const out: string[] = [];
  const error: string[] = [];
  const exitCode = await runCommandLine(args, {
    env: {},
    stop: new AbortController().signal,
    version: "1.2.3",
    providerFile: "/not/there",
    writeError: (text) => error.push(text),
    ...context,
    writeOut: (text) => {
      out.push(text);
      context.writeOut?.(text);
    },
  });
  return { exitCode, out: out.join(""), error: error.join("") };
}
