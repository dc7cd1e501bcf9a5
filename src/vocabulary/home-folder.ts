import { userInfo } from "node:os";
import system, { type PlatformPath } from "node:path";

/**
 * The user's home: what `HOME` says, or the system where that is not set or empty.
 *
 * A user without an entry in the password database, as in many containers, has the root folder for a home, as container
 * engines set it too. It is never the current folder.
 *
 * @param named - the value of `HOME`
 */
export function homeFolder(named: string | undefined): string {
  if (named !== undefined && named !== "") return named;
  try {
    return userInfo().homedir || "/";
  } catch {
    // Without an entry there is nothing to be had.
    return "/";
  }
}

/** The folders and the spelling of paths of one machine. */
export interface PathGround {
  readonly home: string;
  readonly rules: PlatformPath;
}

/**
 * A path with the home directory in place of a leading `~`, which no shell expands in a configuration.
 *
 * @param ground - whose home, in whose spelling; this machine's unless given
 */
export function expandHome(
  path: string,
  ground: PathGround = { home: process.env["HOME"] ?? "", rules: system },
): string {
  const { rules } = ground;
  const [first, second] = path;
  // On Windows both slashes part folders.
  const isHome = first === "~" && (second === undefined || second === "/" || second === rules.sep);
  return isHome ? rules.join(homeFolder(ground.home), path.slice(1)) : path;
}
