import { userInfo } from "node:os";
import type { Environment } from "./program.ts";

/** The user's home as engines find it: `HOME`, or what the system says where that is not set or empty. */
export function homeFolder(env: Environment): string {
  const home = env["HOME"] ?? "";
  return home === "" ? systemHome() : home;
}

/** A user without an entry in the password database, as in many containers, has the root folder for a home. */
function systemHome(): string {
  try {
    return userInfo().homedir || "/";
  } catch {
    return "/";
  }
}
