import type { Command } from "commander";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { shown } from "../../vocabulary/shown-text.ts";
import { CommandError, wrongUsage } from "../command-error.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";

/** Adds the command `help`, which shows what `--help` of another command shows. Comes after all others. */
export function addHelp(program: Command): void {
  const command = program
    .command("help")
    .description("show how to use a command")
    .argument("[command]", "name of the command")
    .action((name: string | undefined) => {
      (name === undefined ? program : findCommand(program, name)).help();
    });
  // A shell completes the name; another one is refused below, with the name that is near.
  command.registeredArguments[0]?.choices(program.commands.map((one) => one.name())).argParser((name) => name);
  addHelpSections(command, {
    exitStatus: { 0: "it was shown", ...wrongUsageStatus },
    examples: ["cdktf-qumulo help", "cdktf-qumulo help audit"],
  });
}

function findCommand(program: Command, name: string): Command {
  const found = program.commands.find((one) => one.name() === name);
  if (found !== undefined) return found;
  const nearest = nearestName(
    name,
    program.commands.map((one) => one.name()),
  );
  const hint = nearest === undefined ? "cdktf-qumulo --help names all of them." : `Did you mean ${nearest}?`;
  throw new CommandError(`There is no command ${shown(name)}. ${hint}`, { exitCode: wrongUsage });
}
