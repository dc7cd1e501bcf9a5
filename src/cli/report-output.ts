import { type TerminalView, viewOf } from "../terminal/view.ts";
import type { CommandContext } from "./command-error.ts";
import { writeWholeFile } from "./whole-file.ts";

/** Where a report goes: to the file that `--output` names, or else to standard output. */
export interface ReportOutput {
  readonly output?: string | undefined;
}

const unwritable = 2;

/** How a report is shown where it goes. What goes into a file knows nothing of this terminal. */
export function outputView({ output }: ReportOutput, context: CommandContext): TerminalView {
  return viewOf(output === undefined ? context : { env: {} });
}

/**
 * Prints a report, or writes it to its file.
 *
 * @throws {CommandError} with status 2 when the file cannot be written
 */
export async function deliverReport(text: string, { output }: ReportOutput, context: CommandContext): Promise<void> {
  if (output === undefined) context.writeOut(text);
  else await writeWholeFile({ flag: "--output", file: output, text, mode: 0o666, exitCode: unwritable });
}
