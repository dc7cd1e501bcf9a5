import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll } from "@jest/globals";
import { getPythonClient } from "./python-client.ts";

/** One run of `qq`, with files for what a terminal would be. */
export interface QqRun {
  readonly args: readonly string[];
  readonly cwd: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
}

interface Server {
  readonly process: ChildProcessWithoutNullStreams;
  readonly waiting: { readonly resolve: (status: number) => void; readonly reject: (error: Error) => void }[];
}

const program = path.resolve(__dirname, "../../conformance/qq_server.py");

let server: Server | undefined;

afterAll(() => {
  server?.process.stdin.end();
  server = undefined;
});

/**
 * Runs `qq` in a process of its own that need not import all of its modules first, which takes most of half a second.
 *
 * @returns its exit status, `null` when a signal ended it
 */
export async function runQqFromServer(run: QqRun): Promise<number | null> {
  const { process, waiting } = (server ??= startServer());
  const status = await new Promise<number>((resolve, reject) => {
    waiting.push({ resolve, reject });
    process.stdin.write(`${JSON.stringify(run)}\n`);
  });
  return status < 0 ? null : status;
}

function startServer(): Server {
  const { python, qq, env } = getPythonClient();
  const child = spawn(python, [program, qq], {
    env: { PATH: process.env["PATH"], PYTHONUTF8: "1", PYTHONDONTWRITEBYTECODE: "1", ...env },
  });
  const waiting: Server["waiting"] = [];
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  createInterface(child.stdout).on("line", (line) => waiting.shift()?.resolve(Number(line)));
  child.stdin.on("error", () => undefined); // its end, which is told below
  const fail = (reason: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`qq cannot be run: ${reason}`));
  };
  child.on("error", ({ message }) => {
    fail(message);
  });
  child.on("close", () => {
    fail(complaints);
  });
  return { process: child, waiting };
}
