import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { RequestLogEntry } from "../../simulator/index.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { type CommandContext, CommandError } from "../command-error.ts";

/** A file that gets a line of JSON for each exchange. */
export interface RequestLogFile {
  readonly write: (entry: RequestLogEntry) => void;
  /** Returns when all lines are written. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a request log, after what earlier runs have left there. A new one is for its owner alone: it tells who does what. When a line cannot be written, it says so once, and the
 * rest is lost: a cluster does not end because a disk is full.
 *
 * @throws {CommandError} when the file cannot be opened
 */
export async function openRequestLog(file: string, context: CommandContext): Promise<RequestLogFile> {
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  const closed = new Promise<void>((resolve) => {
    stream.once("close", resolve);
  });
  try {
    await once(stream, "open");
  } catch (cause) {
    throw new CommandError(`--request-log ${file} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
  stream.on("error", (error) => {
    context.writeError(
      `warning: --request-log ${file} cannot be written any more: ${reasonOf(error)}. The cluster goes on without it.\n`,
    );
  });
  return {
    write: (entry) => {
      if (!stream.destroyed) stream.write(`${JSON.stringify(entry)}\n`);
    },
    close: async () => {
      stream.end();
      await closed;
    },
  };
}
