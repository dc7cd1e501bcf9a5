import type { CommandContext } from "./command-error.ts";

/**
 * What a person types to run this program: `npx` finds it in a folder where their shell does not.
 *
 * @see https://docs.npmjs.com/cli/using-npm/scripts for `npm_command`, which npm sets for what it runs
 */
export function ownName({ env }: Pick<CommandContext, "env">): string {
  return env["npm_command"] === "exec" ? "npx cdktf-qumulo" : "cdktf-qumulo";
}
