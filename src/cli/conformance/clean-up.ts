import type { Address } from "../../connection/settings.ts";
import type { CommandContext } from "../command-error.ts";
import type { Run } from "./asking/bench.ts";
import { isPrefixTaken, sweep } from "./asking/cleaning.ts";
import { removalCommand } from "./asking/made.ts";
import { NotKnown } from "./asking/not-known.ts";

/**
 * Makes sure that what a run makes can be found again, before it makes anything, and says by which names.
 *
 * @throws {NotKnown} when the account cannot list what is on the cluster, or the names of this run are taken
 */
export async function prepare(run: Run, { writeError, stop }: CommandContext): Promise<void> {
  if (await isPrefixTaken(run)) {
    throw new NotKnown(
      `Something on the cluster has a name that begins with ${run.prefix} already; run the command again`,
    );
  }
  writeError(`What is made on the cluster has names that begin with ${run.prefix}, and is removed again.\n`);
  stop.addEventListener("abort", () => {
    writeError("Stopping: what was made is removed first. Another Ctrl-C ends at once, and leaves it there.\n");
  });
}

/**
 * Removes what is left of a run, and says what could not be removed, with the commands that do it.
 *
 * @returns whether nothing is left
 */
export async function cleanUp(
  run: Run,
  { host, port }: Address,
  { writeError }: Pick<CommandContext, "writeError">,
): Promise<boolean> {
  const { objects, isWhole } = await sweep(run, run.left);
  const qq = `qq --host ${host} --port ${port}`;
  if (objects.length > 0) {
    const commands = objects.toReversed().map((object) => `  ${removalCommand(object, qq)}\n`);
    writeError(`error: not everything could be removed that was made on the cluster. Remove it:\n${commands.join("")}`);
  }
  if (!isWhole) {
    const lists = ["auth_list_users", "auth_list_groups", "auth_list_roles"].map((list) => `  ${qq} ${list}\n`);
    writeError(
      `error: it is not known whether everything was removed. Remove what has a name that begins with ${run.prefix}:\n${lists.join("")}`,
    );
  }
  return objects.length === 0 && isWhole;
}
