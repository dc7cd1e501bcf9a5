import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Writes a file that is not there yet, and waits until the disk has it.
 *
 * @param mode - who may read it, less what the process masks
 * @throws {Error} of the system, also when there is one of this name
 */
export async function writeNewFile(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, "wx", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file so that whoever reads it meanwhile sees the old one or the new one, whole.
 *
 * @param mode - who may read it, less what the process masks
 * @throws {Error} of the system; nothing is left behind then
 */
export async function writeWholeFile(file: string, text: string, mode: number): Promise<void> {
  // Only within one folder does a file change its name in one step.
  const draft = join(dirname(file), `.${randomUUID()}.new`);
  try {
    await writeNewFile(draft, text, mode);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
