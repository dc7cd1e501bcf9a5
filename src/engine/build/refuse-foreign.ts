import type { Stats } from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";

/**
 * Refuses a place from which programs are run when another user could put something else there: when it, or a folder above
 * it, belongs to somebody who is neither this user nor root, or can be written to by others. What is missing is passed over.
 *
 * Windows has no owners and modes to look at, so nothing is refused there.
 *
 * @throws {EngineError} `unusable`, naming the file or folder at fault
 */
export async function refuseForeign(place: string): Promise<void> {
  if (process.platform === "win32") return;
  // A link's own folders count as well as those that it leads to: whoever can change either can change the program.
  const all = new Set([...withFoldersAbove(place), ...withFoldersAbove(await realPathOf(place))]);
  for (const one of all) {
    const fault = await faultOf(one);
    if (fault === undefined) continue;
    throw new EngineError(
      "unusable",
      `${one} ${fault}, so that somebody else could have put a program there. Engines are run only from folders that nobody but you and root can change. Correct its owner and mode, name a folder of your own in XDG_CACHE_HOME, or give an engine in TERRAFORM_BINARY_NAME.`,
    );
  }
}

function withFoldersAbove(place: string): readonly string[] {
  const above = path.dirname(place);
  return above === place ? [place] : [...withFoldersAbove(above), place];
}

async function realPathOf(place: string): Promise<string> {
  try {
    return await realpath(place);
  } catch {
    const above = path.dirname(place);
    return above === place ? place : path.join(await realPathOf(above), path.basename(place));
  }
}

async function faultOf(place: string): Promise<string | undefined> {
  const status = await lstat(place).catch(() => undefined);
  // What is not there, or cannot be looked at, cannot be run either.
  if (status === undefined) return undefined;
  const { uid, mode } = status;
  if (uid !== 0 && uid !== process.geteuid?.()) return `belongs to another user (uid ${uid})`;
  if (!isOpen(status)) return undefined;
  return `can be written to by other users (mode ${(mode & 0o7777).toString(8).padStart(4, "0")})`;
}

/** Whether others than the owner may put something in its place. A link's own mode means nothing. */
function isOpen(status: Stats): boolean {
  const { mode, gid } = status;
  if (status.isSymbolicLink() || isSticky(mode)) return false;
  // Many systems give each user a group of their own.
  const isOpenToGroup = (mode & 0o020) !== 0 && gid !== process.getegid?.();
  return isOpenToGroup || (mode & 0o002) !== 0;
}

/** In a folder like the one of temporary files, everybody can make something, and only its owner can replace it. */
function isSticky(mode: number): boolean {
  return (mode & 0o1000) !== 0;
}
