import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { findVariable } from "../environment.ts";
import { whyNotPrivate } from "../private-folder.ts";
import { keepCode } from "./kept-code.ts";

/** Where what is compiled may be kept. */
export interface CompileCacheOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The user's home. */
  readonly home: string;
  /** The folder of the program's files. A Node that is too old to keep all code keeps theirs. */
  readonly program: string;
}

/**
 * Has Node keep what it compiles, so that later processes start faster. From 22.1 on it can do so by itself.
 *
 * Anybody who can write to the cache can make this user run any code. So the cache is in a folder of the user's own that nobody
 * else can enter or replace; where there is none, such as on Windows, no cache is used. `NODE_DISABLE_COMPILE_CACHE` turns it
 * off, as in any Node program.
 *
 * @returns the folder, or `undefined` where nothing is kept
 */
export function useCompileCache({ env, home, program }: CompileCacheOptions): string | undefined {
  if (findVariable(env, "NODE_DISABLE_COMPILE_CACHE") !== undefined) return undefined;
  try {
    const named = findVariable(env, "XDG_CACHE_HOME");
    const caches = named !== undefined && isAbsolute(named) ? named : join(home, ".cache");
    const folder = join(caches, "cdktf-qumulo", "compiled");
    for (const each of [caches, join(caches, "cdktf-qumulo"), folder]) makePrivate(each);
    if (whyNotPrivate(folder) !== undefined) return undefined;
    // Loaded only then, after the handshake.
    const module = process.getBuiltinModule("node:module");
    const enable: unknown = Reflect.get(module, "enableCompileCache");
    if (typeof enable === "function") Reflect.apply(enable, module, [folder]);
    else keepCode(program, folder);
    return folder;
  } catch {
    // No home, or one that cannot be written: what is kept saves time, and nothing depends on it.
    return undefined;
  }
}

/**
 * Creates a folder that only this user can enter, if there is none. It does not do so in the home of another user: `sudo` may
 * leave `HOME` unchanged.
 */
function makePrivate(folder: string): void {
  if (existsSync(folder)) return;
  if (statSync(dirname(folder)).uid !== process.geteuid?.()) throw new Error(`${dirname(folder)} is another user's`);
  mkdirSync(folder, { mode: 0o700 });
}
