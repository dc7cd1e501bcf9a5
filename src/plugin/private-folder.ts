import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Why others than this user and the system's administrator could enter a folder, or put another one in its place.
 *
 * @returns a sentence for people, or `undefined` for a folder that is private
 */
export function whyNotPrivate(folder: string): string | undefined {
  const path = realpathSync(folder);
  const { uid, mode } = statSync(path);
  if (uid !== process.geteuid?.()) return `${path} belongs to another user.`;
  if ((mode & 0o077) !== 0) return `Other users may enter ${path}.`;
  const open = ancestorsOf(path).find(mayBeExchanged);
  return open === undefined ? undefined : `Other users may rename what is in ${open}.`;
}

function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [parent, ...ancestorsOf(parent)];
}

/** In a folder with the sticky bit, such as /tmp, everybody may rename only what is their own. */
function mayBeExchanged(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  const isOfOthers = uid !== 0 && uid !== process.geteuid?.();
  return isOfOthers || ((mode & 0o022) !== 0 && (mode & 0o1000) === 0);
}
