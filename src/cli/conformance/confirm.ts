import { shown } from "../../vocabulary/shown-text.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";

/**
 * Asks whoever is at the terminal whether objects may be made on a cluster.
 *
 * @throws {CommandError} when they say no; with status 2 when nobody can be asked
 */
export async function confirm(host: string, context: CommandContext): Promise<void> {
  if (context.isInputTerminal !== true) {
    throw new CommandError(
      "Users, groups, roles and access tokens would be made on the cluster and removed again, and nobody is at a terminal to agree. Give --yes, or --read-only to change nothing.",
      { exitCode: wrongUsage },
    );
  }
  context.writeError(
    `This makes about 270 users, groups, roles and access tokens on ${shown(host)}, one after the other,\nand removes each again. Their names begin with qconf-. Nothing else is changed. Type yes to go on: `,
  );
  const answer = await readLine(context);
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new CommandError("Nothing was asked, and nothing was changed. --read-only asks what changes nothing.", {
    exitCode: notAgreed,
  });
}

/** The exit status of a run that nobody agreed to: nothing is known then. */
const notAgreed = 3;

async function readLine({ stdin = process.stdin }: CommandContext): Promise<string> {
  let text = "";
  for await (const chunk of stdin) {
    text += Buffer.from(chunk).toString("utf8");
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0] ?? "";
}
