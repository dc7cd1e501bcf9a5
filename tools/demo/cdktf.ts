import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

/** A CDKTF program, and how its command line runs. */
export interface CdktfProgram {
  readonly folder: string;
  /**
   * A Node and the script of the command line.
   *
   * @default this process's Node, and the `cdktf-cli` of the folder
   */
  readonly commandLine?: readonly [node: string, script: string];
  /** Environment of every run, in addition to the process's own. */
  readonly env: Readonly<Record<string, string>>;
  /** Hears the output as it comes. */
  readonly onOutput: (text: string) => void;
}

const running = new Set<ChildProcess>();

/**
 * Runs one command of the real `cdktf` command line.
 *
 * @returns everything it printed
 * @throws {Error} when it fails, with what it printed
 */
export async function runCdktf(program: CdktfProgram, args: readonly string[]): Promise<string> {
  const cdktf = path.join(program.folder, "node_modules/cdktf-cli/bundle/bin/cdktf");
  const [node, script] = program.commandLine ?? [process.execPath, cdktf];
  const child = spawn(node, [script, ...args], {
    cwd: program.folder,
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      CI: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      ...program.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that the demo decides what Ctrl-C does to it.
    detached: true,
  });
  running.add(child);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed.push(text);
      program.onOutput(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  running.delete(child);
  const all = printed.join("");
  if (code !== 0)
    throw new Error(`${path.basename(script)} ${args.join(" ")} ended with status ${String(code)}:\n${all}`);
  return all;
}

/** Ends every run of the command line and what it started. */
export function interruptCdktf(): void {
  for (const { pid } of running) {
    try {
      if (pid !== undefined) process.kill(-pid, "SIGINT");
    } catch {
      // It is gone already.
    }
  }
}
