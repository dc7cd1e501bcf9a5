import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";
import type { ProgramResult } from "./errors.ts";

/** The environment variables a program sees. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How to run a program. */
export interface ProgramOptions {
  readonly cwd: string;
  readonly env: Environment;
  /** Stops the program when aborted: it gets one `stopWith`, and the result is awaited as usual. */
  readonly stop?: AbortSignal | undefined;
  /** @default SIGTERM */
  readonly stopWith?: NodeJS.Signals;
  /** Gives the program a process group of its own, so that Ctrl-C in a terminal reaches it through `stop` alone. */
  readonly ownGroup?: boolean;
  /** Hears each piece of output as it comes. */
  readonly onOutput?: ((piece: OutputPiece) => void) | undefined;
}

/** A piece of a running program's output, not aligned to lines. */
export interface OutputPiece {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/**
 * Runs a program to its end, without a shell and without standard input.
 *
 * @throws {Error} the system's own error when the program cannot be started
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: options.ownGroup === true,
  });
  const stdout = collect(child, "stdout", options.onOutput);
  const stderr = collect(child, "stderr", options.onOutput);
  const stopChild = (): void => {
    child.kill(options.stopWith ?? "SIGTERM");
  };
  if (options.stop?.aborted === true) stopChild();
  options.stop?.addEventListener("abort", stopChild, { once: true });
  try {
    const ended = await new Promise<Pick<ProgramResult, "exitCode" | "signal">>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => {
        resolve({ exitCode: code ?? undefined, signal: signal ?? undefined });
      });
    });
    return { ...ended, stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    options.stop?.removeEventListener("abort", stopChild);
  }
}

function collect(child: ChildProcess, stream: "stdout" | "stderr", onOutput: ProgramOptions["onOutput"]): string[] {
  const texts: string[] = [];
  child[stream]?.setEncoding("utf8").on("data", (text: string) => {
    texts.push(text);
    onOutput?.({ stream, text });
  });
  return texts;
}

/**
 * Finds a program the way a shell does: a name with a folder in it stands for itself, any other is looked up on `PATH`.
 *
 * @returns its absolute path, or `undefined` when there is no executable file of that name
 */
export async function findProgram(name: string, env: Environment): Promise<string | undefined> {
  const folders = path.basename(name) === name ? (env["PATH"] ?? "").split(path.delimiter) : ["."];
  const endings = process.platform === "win32" ? ["", ".exe"] : [""];
  for (const folder of folders.filter((entry) => entry !== "")) {
    for (const ending of endings) {
      const candidate = path.resolve(folder, name + ending);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return undefined;
}

/** Whether there is a file at this path that this user may execute. */
export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false; // absent and forbidden alike: nothing to run here
  }
}
