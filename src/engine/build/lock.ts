import { randomUUID } from "node:crypto";
import { readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** The process that holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
}

/** How to take a lock. */
export interface LockOptions {
  /** Called again and again while another process holds the lock. */
  readonly onWait?: (owner: LockOwner) => void;
  /** Ends the waiting with the signal's reason. */
  readonly stop?: AbortSignal | undefined;
  /** @default 200 */
  readonly pollMs?: number;
}

const heartbeatMs = 2_000;
const staleAfterMs = 30_000;

/**
 * Runs an action while holding a lock file, and waits for its turn before.
 *
 * A lock whose owner died is taken over: one on this machine as soon as its process is gone, any other when it was not
 * touched for half a minute. In rare moments (a machine waking from sleep, two processes taking over one stale lock)
 * two actions may run at once: the lock saves double work, and the action itself must be safe without it.
 */
export async function withLock<T>(file: string, options: LockOptions, action: () => Promise<T>): Promise<T> {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  while (!(await take(file, mine))) {
    options.stop?.throwIfAborted();
    const text = await readLock(file);
    if (text === undefined) continue;
    if (await isStale(file, text)) await removeIfStill(file, text);
    else {
      options.onWait?.(ownerOf(text) ?? { pid: 0, host: "unknown" });
      await delay(options.pollMs ?? 200, undefined, options.stop === undefined ? {} : { signal: options.stop });
    }
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // A lock that another process took over is no longer ours to touch, and a failing touch only makes that more likely.
    utimes(file, now, now).catch(() => undefined);
  }, heartbeatMs);
  heartbeat.unref();
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    await removeIfStill(file, mine);
  }
}

async function take(file: string, mine: string): Promise<boolean> {
  try {
    await writeFile(file, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function readLock(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch(() => undefined); // released meanwhile
}

async function removeIfStill(file: string, text: string): Promise<void> {
  if ((await readLock(file)) === text) await rm(file, { force: true });
}

async function isStale(file: string, text: string): Promise<boolean> {
  const owner = ownerOf(text);
  if (owner?.host === hostname() && !isAlive(owner.pid)) return true;
  const touched = await stat(file).catch(() => undefined);
  return touched !== undefined && Date.now() - touched.mtimeMs > staleAfterMs;
}

/** @returns `undefined` for a lock file that is only half written */
function ownerOf(text: string): LockOwner | undefined {
  const [, pid, host] = /^\{"pid":(\d+),"host":"([^"]*)"/.exec(text) ?? [];
  return pid === undefined || host === undefined ? undefined : { pid: Number(pid), host };
}

/** Whether a process of this id runs on this machine, ours or another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

function errorCode(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
