import type { Command, Help } from "commander";
import { widestOf } from "../vocabulary/text-width.ts";

/** What the help of a command says besides its flags. */
export interface HelpText {
  /** Paragraphs. */
  readonly details?: readonly string[];
  /** What variables of the environment mean, by their names. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What each exit status means. */
  readonly exitStatus: Readonly<Record<number, string>>;
  /** Command lines, ready to be copied. */
  readonly examples: readonly string[];
}

/** Adds sections to the help of a command, as wide as the rest of the help. */
export function addHelpSections(command: Command, helpText: HelpText): Command {
  return command.addHelpText("after", ({ error }) => {
    const helper = command.createHelp();
    const output = command.configureOutput();
    const helpWidth = error ? output.getErrHelpWidth?.() : output.getOutHelpWidth?.();
    helper.prepareContext({ error, ...(helpWidth === undefined ? {} : { helpWidth }) });
    return renderHelpSections(helpText, helper);
  });
}

/** The exit status of every command that was called with invalid arguments. */
export const wrongUsageStatus = { 2: "a flag or an argument is missing, unknown or malformed" };

function renderHelpSections({ details = [], environment = {}, exitStatus, examples }: HelpText, helper: Help): string {
  const paragraphs = details.map((text) => helper.boxWrap(text, helper.helpWidth ?? 80));
  return [
    ...paragraphs,
    ...section("Environment", list(Object.entries(environment), helper)),
    ...section("Exit status", list(Object.entries(exitStatus), helper)),
    ...section(
      "Examples",
      examples.map((line) => `  $ ${line}`),
    ),
  ]
    .map((part) => `\n${part}`)
    .join("\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:\n${lines.join("\n")}`];
}

function list(items: readonly (readonly [string, string])[], helper: Help): readonly string[] {
  const width = widestOf(items.map(([name]) => name));
  return items.map(([name, text]) => helper.formatItem(name, width, text, helper));
}
