import system, { type PlatformPath } from "node:path";
import { homeFolder } from "../../vocabulary/home-folder.ts";

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
