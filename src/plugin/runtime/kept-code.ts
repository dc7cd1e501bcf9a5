import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { withUsualFlags } from "./v8-flags.ts";

/** Loads a file as a module. */
type Load = (module: NodeJS.Module, file: string) => void;

const digestBytes = 32;

/**
 * Has Node keep what it compiles of a program's files that are loaded from now on, where it is too old to do so by itself.
 *
 * A file of it is named by a digest of what was compiled, and begins with one of its own: V8 trusts what it is given, and tells
 * two sources apart by their lengths alone. What V8 finds to be of another version or of other flags is made anew.
 *
 * @param program - the folder of the program's files
 * @param folder - one that nobody else can write to
 */
export function keepCode(program: string, folder: string): void {
  const { createRequire, wrap } = process.getBuiltinModule("node:module");
  const { Script } = process.getBuiltinModule("node:vm");
  const place = join(folder, `${process.version}-${process.arch}`);
  const known = loaders();
  const loadOther = known[".js"];
  const loadOwn: Load = (module, file) => {
    const source = readFileSync(file);
    const kept = join(place, `${basename(file)}-${digestOf(source).toString("hex")}`);
    const script = new Script(wrap(source.toString()), { filename: file, cachedData: readKept(kept) });
    // At the end, since V8 keeps what it has compiled by then.
    if (script.cachedDataRejected !== false) {
      process.once("exit", () => {
        writeKept(kept, script.createCachedData());
      });
    }
    // What the wrapper of a CommonJS module makes.
    const start = script.runInThisContext() as (...variables: unknown[]) => void;
    start.call(module.exports, module.exports, createRequire(file), module, file, program);
  };
  known[".js"] = (module, file) => {
    if (dirname(file) !== program) {
      loadOther?.(module, file);
      return;
    }
    withUsualFlags(() => {
      loadOwn(module, file);
    });
  };
}

/** How Node loads files, by the ends of their names: what programs know as `require.extensions`. */
function loaders(): Record<string, Load> {
  // Nodes that are too old to keep anything have it under this name, and do not change any more.
  return Reflect.get(process.getBuiltinModule("node:module"), "_extensions") as Record<string, Load>;
}

/** `undefined` where there is nothing, or not all of it. */
function readKept(file: string): Buffer | undefined {
  try {
    const kept = readFileSync(file);
    const data = kept.subarray(digestBytes);
    return digestOf(data).equals(kept.subarray(0, digestBytes)) ? data : undefined;
  } catch {
    return undefined;
  }
}

function writeKept(file: string, data: Buffer): void {
  try {
    const folder = dirname(file);
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, Buffer.concat([digestOf(data), data]), { mode: 0o600 });
    renameSync(unfinished, file);
  } catch {
    // A full disk, for one: what is kept saves time, and nothing depends on it.
  }
}

function digestOf(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
