import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A process of this machine, as everybody on it can see it. */
export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  /** Program and arguments, joined by spaces. */
  readonly commandLine: string;
}

const lookArgs = ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="];
const line = /^\s*(?<pid>\d+)\s+(?<parent>\d+)\s+(?<stat>\S+)\s+(?<args>.*)$/;

/** All processes that are alive now, but for the one that looks. One that only waits for its parent has ended. */
export async function listProcesses(): Promise<readonly SeenProcess[]> {
  const { stdout } = await run("ps", lookArgs, { maxBuffer: 2 ** 24 });
  return stdout.split("\n").flatMap((text) => {
    const { pid, parent, stat = "", args = "" } = line.exec(text)?.groups ?? {};
    if (pid === undefined || /^[ZX]/.test(stat) || args === `ps ${lookArgs.join(" ")}`) return [];
    return [{ pid: Number(pid), parent: Number(parent), commandLine: args }];
  });
}

/** The processes below one, at any depth. */
export async function listDescendants(ancestor: number): Promise<readonly SeenProcess[]> {
  const all = await listProcesses();
  const below = (pid: number): readonly SeenProcess[] =>
    all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(ancestor);
}

/** Whether a process has not ended. */
export async function isAlive(pid: number): Promise<boolean> {
  return (await listProcesses()).some((process) => process.pid === pid);
}

/** Waits until all of these processes have ended. */
export async function whenEnded(pids: readonly number[]): Promise<void> {
  for (const pid of pids) await eventually(async () => !(await isAlive(pid)), `process ${pid} ended`);
}

/**
 * Asks again and again until something is so.
 *
 * @throws {Error} when it is not so in good time
 */
export async function eventually(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Not within 30 s: ${what}`);
    await delay(20);
  }
}
