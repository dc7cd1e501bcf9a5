import { type Command, InvalidArgumentError, type Option } from "commander";
import { expandHome } from "../vocabulary/home-folder.ts";

/** The words that stand for a path wherever help shows one. */
const placeholders: Readonly<Record<string, "file" | "directory">> = { file: "file", plans: "file", dir: "directory" };

/** Whether a placeholder of help stands for a path, and for what kind; `undefined` when it does not. */
export function findPathKind(placeholder: string): "file" | "directory" | undefined {
  return placeholders[placeholder];
}

/** The word in angle brackets of a flag; `undefined` for a flag that takes no value. */
export function findPlaceholder({ flags }: Pick<Option, "flags">): string | undefined {
  return /[<[]([^>\].]+)/.exec(flags)?.[1];
}

/**
 * Puts the home folder in place of `~` in all flags that take a path: no shell does so in `--flag=~/file`. Refuses empty
 * paths.
 */
export function expandPathOptions(program: Command): void {
  for (const option of program.commands.flatMap((command) => command.options)) {
    const placeholder = findPlaceholder(option);
    if (placeholder !== undefined && findPathKind(placeholder) !== undefined) {
      if (option.variadic) option.argParser(addPath);
      else option.argParser(parsePath);
    }
  }
}

/** A flag that may be given several times, or takes several values. */
function addPath(text: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, parsePath(text)];
}

/** An empty one mostly comes from an unset variable, and would stand for the folder that the shell is in. */
function parsePath(text: string): string {
  if (text === "") throw new InvalidArgumentError("It is empty: give a path, or leave the flag out.");
  return expandHome(text);
}
