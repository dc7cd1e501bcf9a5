import type { Command } from "commander";
import { createProgram } from "../../src/cli/command-line.ts";

/** A line of a help's section: what is meant stands before its explanation, which may go on in further lines. */
const explained = /^ {2}(\S+) /;

/** The commands, with their arguments, flags, values of flags, variables of the environment, and exit statuses. */
export function commandLineNames(): readonly string[] {
  let help = "";
  const write = (part: string): void => {
    help += part;
  };
  const program = createProgram({
    env: { COLUMNS: "1000" },
    writeOut: write,
    writeError: write,
    stop: new AbortController().signal,
    version: "0.0.0",
    providerFile: "",
  });
  return [program, ...program.commands].flatMap((command) => {
    help = "";
    command.outputHelp();
    const name = command === program ? "command" : `command ${command.name()}`;
    return namesOf(command, help.split("\n")).map((own) => `${name} ${own}`.trimEnd());
  });
}

function namesOf(command: Command, help: readonly string[]): readonly string[] {
  const values = command.registeredArguments.map((argument) => ({ title: `argument ${argument.name()}`, argument }));
  return [
    "",
    ...values.flatMap(({ title, argument }) => [title, ...valuesOf(title, argument.argChoices)]),
    ...command.options.flatMap(({ flags, long, argChoices }) => [
      // What the help calls the value is for people.
      `flag ${flags.replace(/<[^.>]*/, "<value")}`,
      ...valuesOf(`flag ${long ?? flags}`, argChoices),
    ]),
    ...section(help, "Environment:").map((name) => `environment ${name}`),
    ...section(help, "Exit status:").map((status) => `exit status ${status}`),
  ];
}

function valuesOf(title: string, choices: readonly string[] | undefined): readonly string[] {
  return (choices ?? []).map((choice) => `${title} takes ${choice}`);
}

/** The names that a section of a help explains. */
function section(help: readonly string[], title: string): readonly string[] {
  const start = help.indexOf(title);
  if (start < 0) return [];
  const rest = help.slice(start + 1);
  const end = rest.indexOf("");
  return rest.slice(0, end < 0 ? undefined : end).flatMap((line) => explained.exec(line)?.[1] ?? []);
}
