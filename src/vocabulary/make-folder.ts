import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { errorCode } from "./error-code.ts";

/**
 * Makes a folder, and those above it that are missing.
 *
 * It goes downwards once. The way of Node.js, `recursive`, tries again for ever where a file system says of each new folder
 * that the one above is missing, as `/proc` does.
 *
 * @param mode - of the folders that are made
 * @throws {Error} of the system when that does not go, also where a file is in the way
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  const missing: string[] = [];
  for (let at = resolve(folder); !(await exists(at)); at = dirname(at)) missing.unshift(at);
  for (const at of missing) {
    try {
      await mkdir(at, mode);
    } catch (error) {
      // Somebody else has made it meanwhile.
      if (errorCode(error) !== "EEXIST" || !(await isFolder(at))) throw error;
    }
  }
  if (missing.length === 0 && !(await isFolder(folder))) await mkdir(folder);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}
