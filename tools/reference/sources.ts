import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { neededPrivileges } from "../../src/provider/needed-privileges.ts";

/** Texts of files by their paths below one folder, with forward slashes. */
export type Texts = ReadonlyMap<string, string>;

/** What the pages are made of besides the schema. */
export interface ReferenceSources {
  /** `resources/qumulo_role/resource.tf` and the like. */
  readonly examples: Texts;
  /** `index.md`, `resources/role.md` and the like: what a page says besides schema and examples. */
  readonly notes: Texts;
  /** The privileges that the provider's own account needs, by the full name of each type of resource. */
  readonly privileges: Readonly<Record<string, readonly string[]>>;
}

/** Reads examples and notes from where the project keeps them. */
export async function readReferenceSources(root: string): Promise<ReferenceSources> {
  const [examples, notes] = await Promise.all([
    readTexts(path.join(root, "examples")),
    readTexts(path.join(root, "tools", "reference", "notes")),
  ]);
  return { examples, notes, privileges: neededPrivileges };
}

async function readTexts(folder: string): Promise<Texts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(tf|hcl|sh|md)$/.test(entry.name));
  const texts = files.map(async (entry) => {
    const file = path.join(entry.parentPath, entry.name);
    return [path.relative(folder, file).split(path.sep).join("/"), await readFile(file, "utf8")] as const;
  });
  return new Map(await Promise.all(texts));
}
