import { Command, CommanderError } from "commander";
import { addAudit } from "./audit-command.ts";
import { type CommandContext, CommandError, CommandOutcome } from "./command-error.ts";
import { addDeliver } from "./deliver-command.ts";
import type { InstallFlags } from "./install.ts";
import { addSimulate } from "./simulate-command.ts";
import { addVerify } from "./verify-command.ts";

/**
 * Runs the command line. What each command needs is loaded only when it is asked for.
 *
 * @param args - without the names of Node and of the program
 * @returns the exit status: 0, or another one after a message
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (error instanceof CommandOutcome) return error.exitCode;
    if (!(error instanceof CommandError)) throw error;
    context.writeError(`error: ${error.message}\n`);
    return error.exitCode;
  }
}

function createProgram(context: CommandContext): Command {
  const program = new Command("cdktf-qumulo")
    .description("Service accounts, roles and access tokens of a Qumulo cluster as code.")
    .version(context.version, "--version", "print the version")
    .helpOption("--help", "show how to use this command")
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError("Add --help to see how to use this command.")
    .exitOverride()
    .configureOutput({ writeOut: context.writeOut, writeErr: context.writeError });
  addInstall(program, context);
  addSimulate(program, context);
  addVerify(program, context);
  addDeliver(program, context);
  addAudit(program, context);
  return program;
}

function addInstall(program: Command, context: CommandContext): void {
  program
    .command("install")
    .description("put the provider where OpenTofu and Terraform find it")
    .option("--mirror <dir>", "put it into this filesystem mirror instead, and print how to configure it")
    .helpOption("--help", "show how to use this command")
    .addHelpText(
      "after",
      `
Examples:
  $ cdktf-qumulo install
  $ cdktf-qumulo install --mirror /srv/terraform/providers`,
    )
    .action(async (flags: InstallFlags) => {
      const { install } = await import("./install.ts");
      await install(flags, context);
    });
}
