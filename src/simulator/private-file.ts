import { readFile, rename, rm } from "node:fs/promises";
import { writeNewFile } from "../vocabulary/whole-file.ts";

/**
 * Writes a text to a file that only its owner may read; at every moment the file is what it was before, or the whole text.
 *
 * @throws {Error} of the system
 */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await writeDraft(file, text);
  await finishDraft(file);
}

/** Where a file is written before it has its name. */
export function draftOf(file: string): string {
  return `${file}.new`;
}

/**
 * Writes the whole text of a file next to it.
 *
 * @throws {Error} of the system
 */
export async function writeDraft(file: string, text: string): Promise<void> {
  const draft = draftOf(file);
  await rm(draft, { force: true });
  await writeNewFile(draft, text, 0o600);
}

/**
 * Gives what {@link writeDraft} wrote its name.
 *
 * @throws {Error} of the system
 */
export async function finishDraft(file: string): Promise<void> {
  await rename(draftOf(file), file);
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
