import { type Command, CommanderError } from "commander";
import { viewOf } from "../terminal/view.ts";
import { addAccess } from "./access/command.ts";
import { addAudit } from "./audit/command.ts";
import { type CommandContext, CommandError, CommandOutcome, wrongUsage } from "./command-error.ts";
import { addCompletion } from "./completion/command.ts";
import { addConformance } from "./conformance/command.ts";
import { addDeliver } from "./deliver/command.ts";
import { addDiscover } from "./discover/command.ts";
import { addDoctor } from "./doctor/command.ts";
import { addHelpSections, wrongUsageStatus } from "./help-text.ts";
import { addHelp } from "./help/command.ts";
import { addInstall } from "./install/command.ts";
import { expandPathOptions } from "./path-options.ts";
import { Program } from "./program.ts";
import { addSimulate } from "./simulate/command.ts";
import { addTokens } from "./tokens/command.ts";
import { addVerify } from "./verify/command.ts";
import { addWhoCan } from "./who-can/command.ts";

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
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage;
    if (error instanceof CommandOutcome) return error.exitCode;
    if (!(error instanceof CommandError)) throw error;
    context.writeError(`error: ${error.message}\n`);
    return error.exitCode;
  }
}

/** All commands, as Commander knows them. */
export function createProgram(context: CommandContext): Command {
  const program = new Program("cdktf-qumulo")
    .description("Service accounts, roles and access tokens of a Qumulo cluster as code.")
    .version(context.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show how to use this command")
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError("Add --help to see how to use this command.")
    .exitOverride()
    .configureOutput({
      writeOut: context.writeOut,
      writeErr: context.writeError,
      getOutHelpWidth: () => helpWidth(context),
      getErrHelpWidth: () => helpWidth(context),
    })
    // Descriptions stay beside their flags, broken between words, in a terminal of 60 columns too.
    .configureHelp({ minWidthToWrap: 18, subcommandTerm });
  addInstall(program, context);
  addSimulate(program, context);
  addVerify(program, context);
  addDoctor(program, context);
  addDiscover(program, context);
  addTokens(program, context);
  addDeliver(program, context);
  addAudit(program, context);
  addWhoCan(program, context);
  addAccess(program, context);
  addConformance(program, context);
  addCompletion(program, context);
  addHelp(program);
  expandPathOptions(program);
  return addHelpSections(program, {
    details: ["For help with one command: cdktf-qumulo COMMAND --help."],
    environment: {
      NO_COLOR: "without colors, whatever its value",
      COLUMNS: "width of the output in columns (default: that of the terminal)",
    },
    exitStatus: { 0: "it worked", 1: "it did not, or the check that was asked for failed", ...wrongUsageStatus },
    examples: [
      "cdktf-qumulo install",
      "cdktf-qumulo doctor --host cluster.example.com",
      "cdktf-qumulo audit plan.json",
    ],
  });
}

/**
 * A command and its arguments. The options are left out here, because all commands have some, and the help of each command
 * shows them.
 */
function subcommandTerm(command: Command): string {
  const names = command.registeredArguments.map((one) => (one.required ? `<${one.name()}>` : `[${one.name()}]`));
  return [command.name(), ...names].join(" ");
}

const widestHelp = 100;

function helpWidth(context: CommandContext): number {
  return Math.min(viewOf(context).width, widestHelp);
}
