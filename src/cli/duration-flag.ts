import { durationForm, parseDuration } from "../vocabulary/duration.ts";
import { CommandError, wrongUsage } from "./command-error.ts";

/**
 * Reads the value of a flag that takes a length of time.
 *
 * @returns milliseconds; `undefined` where the flag is not given
 * @throws {CommandError} with status 2 when it is not a length of time
 */
export function parseDurationFlag(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new CommandError(`${flag} ${JSON.stringify(text)} is not a length of time: ${durationForm} is needed.`, {
    exitCode: wrongUsage,
  });
}
