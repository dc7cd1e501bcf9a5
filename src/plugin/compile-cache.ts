import { existsSync, mkdirSync, statSync } from "node:fs";
import module from "node:module";
import { dirname, isAbsolute, join } from "node:path";
import { findVariable } from "./environment.ts";
import { whyNotPrivate } from "./private-folder.ts";

/** Where what is compiled may be kept. */
export interface CompileCacheOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The user's home. */
  readonly home: string;
}

/**
 * Lets Node keep what it compiles from now on, and find it in the next process: Node from 22.1 on can.
 *
 * Whoever could write there could make this user run anything. So it is a folder of the user's own, which nobody else may
 * enter or put another in place of; where there is none, such as on Windows, nothing is kept. `NODE_DISABLE_COMPILE_CACHE`
 * says no, as everywhere.
 *
 * @returns the folder, or `undefined` where nothing is kept
 */
export function useCompileCache({ env, home }: CompileCacheOptions): string | undefined {
  const enable: unknown = Reflect.get(module, "enableCompileCache");
  if (typeof enable !== "function" || findVariable(env, "NODE_DISABLE_COMPILE_CACHE") !== undefined) return undefined;
  try {
    const named = findVariable(env, "XDG_CACHE_HOME");
    const caches = named !== undefined && isAbsolute(named) ? named : join(home, ".cache");
    const folder = join(caches, "cdktf-qumulo", "compiled");
    for (const each of [caches, join(caches, "cdktf-qumulo"), folder]) makePrivate(each);
    if (whyNotPrivate(folder) !== undefined) return undefined;
    Reflect.apply(enable, module, [folder]);
    return folder;
  } catch {
    // No home, or one that cannot be written: what is kept saves time, and nothing depends on it.
    return undefined;
  }
}

/** Makes a folder for this user alone, where there is none, and in no home of others: `sudo` may leave `HOME` as it was. */
function makePrivate(folder: string): void {
  if (existsSync(folder)) return;
  if (statSync(dirname(folder)).uid !== process.geteuid?.()) throw new Error(`${dirname(folder)} is another user's`);
  mkdirSync(folder, { mode: 0o700 });
}
