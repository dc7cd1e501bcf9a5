import { randomUUID } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { reasonOf } from "../vocabulary/error-reason.ts";
import { writeNewFile } from "../vocabulary/whole-file.ts";
import { CommandError } from "./command-error.ts";

interface Writing {
  /** The flag that asked for it. */
  readonly flag: string;
  /** Who may read it. */
  readonly mode: number;
  /**
   * The exit status when it cannot be written.
   *
   * @default 1
   */
  readonly exitCode?: number;
}

interface FileText {
  readonly file: string;
  readonly text: string;
}

/** A file that a command was asked to write. */
export interface WholeFile extends Writing, FileText {}

/** Files that a command was asked to write. */
export interface WholeFiles extends Writing {
  readonly files: readonly FileText[];
}

/**
 * Writes a file in one step, so that nobody ever sees a part of it.
 *
 * @throws {CommandError} when it cannot be written
 */
export async function writeWholeFile({ file, text, ...writing }: WholeFile): Promise<void> {
  await writeWholeFiles({ ...writing, files: [{ file, text }] });
}

/**
 * Writes files so that nobody ever sees a part of one, and puts none of them in place before all are written.
 *
 * @throws {CommandError} when one cannot be written
 */
export async function writeWholeFiles({ flag, files, mode, exitCode = 1 }: WholeFiles): Promise<void> {
  const mark = randomUUID();
  const each = async (work: (file: string, fresh: string, text: string) => Promise<void>): Promise<void> => {
    for (const { file, text } of files) {
      try {
        await work(file, `${file}.${mark}`, text);
      } catch (cause) {
        throw new CommandError(`${flag} ${file} cannot be written: ${reasonOf(cause)}.`, { cause, exitCode });
      }
    }
  };
  try {
    await each(async (_file, fresh, text) => writeNewFile(fresh, text, mode));
    await each(async (file, fresh) => rename(fresh, file));
  } catch (error) {
    for (const { file } of files) await rm(`${file}.${mark}`, { force: true });
    throw error;
  }
}
