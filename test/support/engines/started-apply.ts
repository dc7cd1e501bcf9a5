import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "@jest/globals";
import { engineEnvironment } from "../../../src/engine/environment.ts";
import type { SeenProcess } from "../processes/processes.ts";
import type { Workspace } from "./given-workspace.ts";

/** A run of an engine in a process group of its own, as a shell would start it. */
export interface StartedApply {
  readonly pid: number;
  /** Resolves with the exit code once the engine has ended. */
  readonly ended: Promise<number | null>;
  /** What it has printed so far. */
  readonly output: () => string;
}

const folders: string[] = [];
const leaders: number[] = [];

afterEach(async () => {
  for (const leader of leaders.splice(0)) {
    try {
      process.kill(-leader, "SIGKILL");
    } catch {
      // All of the group have ended, as they should.
    }
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** Whether a process is one that an engine has started as the provider. */
export function isProvider({ commandLine }: SeenProcess): boolean {
  return commandLine.includes("provider-qumulo");
}

/** A temporary folder for all that the engine and the provider put into one. */
export async function givenTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "t-"));
  folders.push(folder);
  return folder;
}

/** Starts an apply, with further environment variables. */
export function startApply(workspace: Workspace, extra: Readonly<Record<string, string>> = {}): StartedApply {
  return startRun(workspace, ["apply", "-no-color", "-auto-approve"], extra);
}

/** Starts any command of the engine, with further environment variables. */
export function startRun(
  workspace: Workspace,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): StartedApply {
  const { engine, folder, cliConfigFile, extra: settings } = workspace.place;
  const env = engineEnvironment({ env: process.env, cliConfigFile, extra: { ...settings, ...extra } });
  const child = spawn(engine.program, args, {
    cwd: folder,
    env: { ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const pid = child.pid ?? 0;
  leaders.push(pid);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const ended = once(child, "close").then(([exitCode]) => exitCode as number | null);
  return { pid, ended, output: () => output.join("") };
}
