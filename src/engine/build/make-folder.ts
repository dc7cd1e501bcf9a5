import { mkdir } from "node:fs/promises";
import path from "node:path";

/**
 * Makes a folder for this user alone, and those above it that are missing.
 *
 * What is in it will be executed. The way of Node.js, `recursive`, tries again for ever below `/proc`; here each folder is
 * tried twice at most.
 *
 * @throws {Error} of the system when that does not go
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    if (!isCode(error, "ENOENT") || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await makeOne(folder);
  }
}

async function makeOne(folder: string): Promise<void> {
  try {
    await mkdir(folder, 0o700);
  } catch (error) {
    // If it is a file, whatever is written below it says so.
    if (!isCode(error, "EEXIST")) throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
