import { homedir } from "node:os";
import { join } from "node:path";

/** A path with the home directory in place of a leading `~`, which no shell expands in a configuration. */
export function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}
