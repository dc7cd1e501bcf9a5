import type { Argument, Command, Option } from "commander";
import { privilegeNames } from "../../vocabulary/privileges.ts";
import { findPathKind, findPlaceholder } from "../path-options.ts";

/** What may stand at one place of a command line. */
export type CompletableValue =
  { readonly kind: "choices"; readonly choices: readonly string[] } | { readonly kind: "file" | "directory" | "text" };

/** What stands beside the flags of a command, as shells complete it. */
export interface CompletableArgument {
  readonly value: CompletableValue;
  /** Whether it may be given several times. */
  readonly isRepeated: boolean;
}

/** A flag, as shells complete it. */
export interface CompletableOption {
  /** With its two hyphens. */
  readonly flag: string;
  readonly description: string;
  /** `undefined` for a flag that takes no value. */
  readonly value: CompletableValue | undefined;
}

/** A command, as shells complete it. */
export interface CompletableCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletableOption[];
  readonly arguments: readonly CompletableArgument[];
}

/** A program with its commands, as shells complete it. */
export interface CompletableProgram {
  readonly name: string;
  readonly options: readonly CompletableOption[];
  readonly commands: readonly CompletableCommand[];
}

/** Reads all that shells need to know from Commander's own description of a program, hidden commands left out. */
export function completableOf(program: Command): CompletableProgram {
  return {
    name: program.name(),
    options: optionsOf(program),
    commands: program
      .createHelp()
      .visibleCommands(program)
      .map((command) => ({
        name: command.name(),
        description: command.description(),
        options: optionsOf(command),
        arguments: command.registeredArguments.map((argument) => ({
          value: valueOf(argument, argument.name()),
          isRepeated: argument.variadic,
        })),
      })),
  };
}

function optionsOf(command: Command): readonly CompletableOption[] {
  const options = command.createHelp().visibleOptions(command);
  return options.flatMap((option) => {
    if (typeof option.long !== "string") return [];
    const placeholder = findPlaceholder(option);
    const value = placeholder === undefined ? undefined : valueOf(option, placeholder);
    return [{ flag: option.long, description: option.description, value }];
  });
}

function valueOf({ argChoices }: Pick<Option | Argument, "argChoices">, placeholder: string): CompletableValue {
  if (argChoices !== undefined) return { kind: "choices", choices: argChoices };
  // Shells offer what is mostly meant; a cluster may know more.
  if (placeholder === "privilege") return { kind: "choices", choices: privilegeNames };
  return { kind: findPathKind(placeholder) ?? "text" };
}
