import { Command, CommanderError, InvalidArgumentError } from "commander";
import { type CommandContext, CommandError } from "./command-error.ts";
import type { InstallFlags } from "./install.ts";
import type { SimulateFlags } from "./simulate.ts";

const maxLatencyMs = 60_000;

/**
 * Runs the command line. What each command needs is loaded only when it is asked for.
 *
 * @param args - without the names of Node and of the program
 * @returns the exit status: 0, or 1 after a message on standard error
 */
export async function runCommandLine(args: readonly string[], context: CommandContext): Promise<number> {
  const program = createProgram(context);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CommandError)) throw error;
    context.writeError(`error: ${error.message}\n`);
    return 1;
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

function addSimulate(program: Command, context: CommandContext): void {
  program
    .command("simulate")
    .description("run a simulated cluster until Ctrl-C")
    .option("--port <n>", "port to listen at on 127.0.0.1; 0 for any free one", wholeNumber(0, 65_535), 8_000)
    .option(
      "--admin-password <pw>",
      "password of admin; others on this machine can see it here, but not in QUMULO_SIMULATOR_ADMIN_PASSWORD; without either a strong one is made",
    )
    .option("--latency <ms>", "how long each answer is held back", wholeNumber(0, maxLatencyMs), 0)
    .option("--request-log <file>", "append one JSON line for each request to this file")
    .option("--json", "print one JSON line when it listens, and nothing else")
    .helpOption("--help", "show how to use this command")
    .addHelpText(
      "after",
      `
Examples:
  $ cdktf-qumulo simulate
  $ QUMULO_SIMULATOR_ADMIN_PASSWORD=… cdktf-qumulo simulate --port 0 --json
  $ cdktf-qumulo simulate --latency 250 --request-log requests.jsonl`,
    )
    .action(async (flags: SimulateFlags) => {
      const { simulate } = await import("./simulate.ts");
      await simulate(flags, context);
    });
}

/** Commander puts the flag's name and the value met before the message. */
function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}
