import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

/** What to declare, and where. */
export interface DeclarationsOptions {
  readonly root: string;
  /** Absolute path of the folder to write to. */
  readonly folder: string;
  /** Sources that other people's programs import, relative to the root. */
  readonly entryPoints: readonly string[];
  /** The one that is declared on `cdktn`, with all that it leads to. */
  readonly terrain: string;
}

const relativeImport = /(from |import\()"(\.{1,2}\/[^"]+)\.ts"/g;

/**
 * Writes the type declarations of the libraries: those that the entry points lead to, and no others.
 *
 * They import each other with the ending `.js`, which every version and mode of TypeScript understands.
 *
 * @throws {Error} when the sources have type errors
 */
export async function writeDeclarations({ root, folder, entryPoints, terrain }: DeclarationsOptions): Promise<void> {
  const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [
      compiler,
      "-p",
      path.join(root, "tsconfig.build.json"),
      "--declarationDir",
      folder,
    ]);
  } catch (error) {
    const said = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`The sources have type errors:\n${said}`, { cause: error });
  }
  const kept = new Set<string>();
  for (const source of entryPoints) await keepReachable(declarationOf(folder, source), kept);
  await declareOnTerrain({ folder, terrain, kept });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(file)) await rm(file);
  }
}

function declarationOf(folder: string, source: string): string {
  return path.join(folder, source.replace(/\.ts$/, ".d.ts"));
}

interface TerrainDeclarations {
  readonly folder: string;
  readonly terrain: string;
  readonly kept: Set<string>;
}

/**
 * Declares the constructs once more, on `cdktn` in the place of `cdktf`, and with them what only that library has. What else
 * both lead to is declared once.
 */
async function declareOnTerrain({ folder, terrain, kept }: TerrainDeclarations): Promise<void> {
  const constructs = path.join(folder, "constructs");
  const reached = new Set(kept);
  await keepReachable(declarationOf(folder, terrain), reached);
  for (const file of reached) {
    if (file.startsWith(constructs + path.sep)) {
      const twin = path.join(folder, "cdktn", path.relative(constructs, file));
      const text = await readFile(file, "utf8");
      await mkdir(path.dirname(twin), { recursive: true });
      await writeFile(twin, text.replaceAll(/(from |import\()(["'])cdktf\2/g, "$1$2cdktn$2"));
      kept.add(twin);
    } else kept.add(file);
  }
}

async function keepReachable(file: string, kept: Set<string>): Promise<void> {
  if (kept.has(file)) return;
  kept.add(file);
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll(relativeImport, '$1"$2.js"'));
  for (const [, , imported = ""] of text.matchAll(relativeImport)) {
    await keepReachable(path.resolve(path.dirname(file), `${imported}.d.ts`), kept);
  }
}
