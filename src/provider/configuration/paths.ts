import { homedir, userInfo } from "node:os";
import system, { type PlatformPath } from "node:path";

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
export function expandHome(path: string, ground: PathGround = { home: homedir(), rules: system }): string {
  const { rules } = ground;
  // An empty HOME would make it a path from the root.
  const home = ground.home === "" ? userInfo().homedir : ground.home;
  const [first, second] = path;
  // On Windows both slashes part folders.
  const isHome = first === "~" && (second === undefined || second === "/" || second === rules.sep);
  return isHome ? rules.join(home, path.slice(1)) : path;
}
