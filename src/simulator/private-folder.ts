import { lstat } from "node:fs/promises";
import { errorCode } from "../vocabulary/error-code.ts";
import { makeFolder } from "../vocabulary/make-folder.ts";

/**
 * How often to make a folder, or a socket in it, while others of this user remove the folder because it is empty. Once takes
 * less than a millisecond.
 */
export const mostTries = 1_000;

/** A folder for sockets belongs to somebody else, who could listen in it or answer in place of the simulator. */
export class ForeignFolderError extends Error {
  override readonly name = "ForeignFolderError";
}

/** The id of the user that this process runs as. Not the name: in containers, users often have no entry in the password database. */
export function ownUserId(): number {
  return process.geteuid?.() ?? 0;
}

/**
 * Creates a folder that is this user's alone, or finds it there, where others may have created one in its place.
 *
 * @throws {ForeignFolderError} when somebody else could reach what is in it
 */
export async function preparePrivateFolder(folder: string): Promise<void> {
  for (let left = mostTries; left > 0; left -= 1) {
    await makeFolder(folder, 0o700);
    if (await isPrivateFolder(folder)) return;
  }
  throw new ForeignFolderError(`${folder} is no longer there`);
}

/**
 * Whether there is a folder that is this user's alone.
 *
 * @throws {ForeignFolderError} when there is another one in its place
 */
export async function isPrivateFolder(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    if (!found.isDirectory()) throw new ForeignFolderError(`${folder} is not a folder`);
    if (found.uid !== ownUserId()) throw new ForeignFolderError(`${folder} belongs to another user`);
    if ((found.mode & 0o077) !== 0) throw new ForeignFolderError(`${folder} is open to other users`);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
