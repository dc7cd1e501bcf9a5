import { userInfo } from "node:os";

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
