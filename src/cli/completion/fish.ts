import type { CompletableCommand, CompletableOption, CompletableProgram, CompletableValue } from "./completable.ts";

/** Writes a completion script for fish. */
export function renderFish({ name, options, commands }: CompletableProgram): string {
  const outside = "-n __fish_use_subcommand";
  const lines = [
    `complete -c ${name} -f`,
    ...options.map((option) => `complete -c ${name} ${outside} ${optionText(option)}`),
    ...commands.map((command) => `complete -c ${name} ${outside} -a ${command.name} -d ${quoted(command.description)}`),
    ...commands.flatMap((command) => commandLines(name, command)),
  ];
  return `# fish completion for ${name}. Load it with: ${name} completion fish | source

# Not fish's own, which takes every word for a command that reads like one.
function ${conditionOf(name)}
    set -l words (commandline -opc)
    test "$words[2]" = $argv[1]
end

${lines.join("\n")}
`;
}

function conditionOf(program: string): string {
  return `__${program.replaceAll(/\W/g, "_")}_runs`;
}

function commandLines(program: string, command: CompletableCommand): readonly string[] {
  const start = `complete -c ${program} -n ${quoted(`${conditionOf(program)} ${command.name}`)}`;
  return [
    ...command.options.map((option) => `${start} ${optionText(option)}`),
    ...command.arguments.flatMap(({ value }, index) => {
      const text = valueText(value);
      const isFirst = index < command.arguments.length - 1;
      return text === undefined ? [] : [`${isFirst ? first(program, command) : start} ${text}`];
    }),
  ];
}

/** What stands before other arguments is offered right after the command. */
function first(program: string, { name }: CompletableCommand): string {
  const isNext = `${conditionOf(program)} ${name}; and test (count (commandline -opc)) -eq 2`;
  return `complete -c ${program} -n ${quoted(isNext)}`;
}

function optionText({ flag, description, value }: CompletableOption): string {
  const name = `-l ${flag.replace(/^--/, "")}`;
  const about = `-d ${quoted(description)}`;
  if (value === undefined) return `${name} ${about}`;
  // -x leaves files out, -F asks for them in spite of the first line of the script.
  const kind = value.kind === "file" ? "-r" : "-x";
  return [name, kind, valueText(value), about].filter((part) => part !== undefined).join(" ");
}

/** What fish offers; nothing where there is no telling. */
function valueText(value: CompletableValue): string | undefined {
  switch (value.kind) {
    case "choices":
      return `-a ${quoted(value.choices.join(" "))}`;
    case "file":
      return "-F";
    case "directory":
      return "-a '(__fish_complete_directories)'";
    case "text":
      return undefined;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
