import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The SHA-256 digest in hexadecimal. */
export function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Writes the lines that `sha256sum -c` reads, in the order of the names. */
export function renderChecksums(digests: ReadonlyMap<string, string>): string {
  return [...digests.keys()]
    .sort()
    .map((name) => `${digests.get(name) ?? ""}  ${name}\n`)
    .join("");
}

/** The digest of every file in a folder and below it, by its path with `/` between the names. */
export async function digestFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    digests.set(path.relative(folder, file).replaceAll(path.sep, "/"), sha256(await readFile(file)));
  }
  return digests;
}
