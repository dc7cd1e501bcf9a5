import { stat } from "node:fs/promises";
import path from "node:path";
import type { Audit, BaselineEntry } from "../../audit/index.ts";
import { newBaseline } from "../../audit/gate/new-baseline.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import { writeWholeFile } from "../whole-file.ts";
import type { AuditFlags } from "./flags.ts";

/**
 * Refuses to overwrite an existing baseline, because the reasons in it would be lost.
 *
 * @throws {CommandError} with status 2 where there is a file that is not given as the baseline itself
 */
export async function refuseLostBaseline({ baseline, writeBaseline: file }: AuditFlags): Promise<void> {
  if (file === undefined || (baseline !== undefined && path.resolve(baseline) === path.resolve(file))) return;
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return;
  throw new CommandError(
    `--write-baseline ${file} exists already, and the reasons in it would be lost. Give it as --baseline as well to add to it, or name another file.`,
    { exitCode: wrongUsage },
  );
}

/** Writes a baseline of all open findings, and says what is left to do. */
export async function writeBaseline(
  audit: Audit,
  file: string,
  {
    entries,
    now,
    context,
  }: { readonly entries: readonly BaselineEntry[]; readonly now: Date; readonly context: CommandContext },
): Promise<void> {
  const { text, open } = newBaseline(audit, entries, now);
  await writeWholeFile({ flag: "--write-baseline", file, text, mode: 0o666, exitCode: wrongUsage });
  const rest = open === 0 ? "" : " Write a reason for each, and check its last day: until then the file is refused.";
  context.writeError(`${file} has ${open} new ${open === 1 ? "entry" : "entries"}.${rest}\n`);
}
