import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { CommandError, reasonOf } from "./command-error.ts";

/** A file that a command was asked to write. */
export interface WholeFile {
  /** The flag that asked for it. */
  readonly flag: string;
  readonly file: string;
  readonly text: string;
  /** Who may read it. */
  readonly mode: number;
  /**
   * What the program ends with when it cannot be written.
   *
   * @default 1
   */
  readonly exitCode?: number;
}

/**
 * Writes a file so that nobody ever sees half of it.
 *
 * @throws {CommandError} when it cannot be written
 */
export async function writeWholeFile({ flag, file, text, mode, exitCode = 1 }: WholeFile): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, text, { mode, flag: "wx" });
    await rename(fresh, file);
  } catch (cause) {
    await rm(fresh, { force: true });
    throw new CommandError(`${flag} ${file} cannot be written: ${reasonOf(cause)}.`, { cause, exitCode });
  }
}
