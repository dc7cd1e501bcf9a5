import { open, readFile, rename, rm } from "node:fs/promises";

/**
 * Writes a text to a file that only its owner may read; at every moment the file is what it was before, or the whole text.
 *
 * @throws {Error} of the system
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/**
 * The text of a file, or `undefined` when there is none.
 *
 * @throws {Error} of the system when it cannot be read
 */
export async function findFileText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
