import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** Files that a generator writes and the repository keeps. */
export interface GeneratedFiles {
  /** The folder that they stand in. */
  readonly folder: string;
  /** Folders below it, or `.`, in which nothing but generated files may stand. */
  readonly owned: readonly string[];
  /** The text of each file by its path below the folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** How a generator speaks of its files. */
export interface GeneratedNames {
  /** Where they are, from the project's root: `constructs/generated`. */
  readonly place: string;
  /** Who says what they are: `the provider's schema says`. */
  readonly origin: string;
  /** The npm script that writes them. */
  readonly script: string;
}

/**
 * Writes generated files and deletes what does not belong to them any more. With `--check` on the command line it
 * changes nothing, and the process fails when the files there are not what it would write.
 */
export async function writeOrCheck(
  generated: GeneratedFiles,
  { place, origin, script }: GeneratedNames,
): Promise<void> {
  const stale = await findStale(generated);
  if (!process.argv.includes("--check")) {
    await write(generated, stale);
    process.stdout.write(`${place}: ${generated.files.size} files, ${stale.length} of them changed\n`);
  } else if (stale.length > 0) {
    const names = stale.join(", ");
    process.stderr.write(`${place} is not what ${origin}: ${names}. Run "npm run ${script}" and commit the result.\n`);
    process.exitCode = 1;
  }
}

/** Paths of the files whose text differs from what stands in the folder, those that should not be there included. */
async function findStale({ folder, owned, files }: GeneratedFiles): Promise<readonly string[]> {
  const present = await Promise.all(owned.map(async (inner) => listFiles(folder, inner)));
  const names = [...new Set([...files.keys(), ...present.flat()])].sort();
  const current = await Promise.all(names.map(async (name) => readIfThere(path.join(folder, name))));
  return names.filter((name, index) => current[index] !== files.get(name));
}

async function listFiles(folder: string, inner: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, inner)).catch(() => []);
  return names.map((name) => path.posix.join(inner, name));
}

async function readIfThere(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch(() => undefined);
}

async function write({ folder, files }: GeneratedFiles, stale: readonly string[]): Promise<void> {
  for (const name of stale) {
    const [file, text] = [path.join(folder, name), files.get(name)];
    if (text === undefined) await rm(file, { recursive: true });
    else {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
}
