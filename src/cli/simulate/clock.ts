import { readFileSync } from "node:fs";
import { parseTime, timeForm } from "../../simulator/adjustable-clock.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { type CommandContext, CommandError } from "../command-error.ts";

/**
 * A clock that shows the time in a file: whoever writes the file moves the clock. While the file cannot be read or holds
 * no time, it shows the last one, and says so once.
 *
 * @throws {CommandError} when there is no time in the file to begin with
 */
export function fileClock(file: string, context: CommandContext): Clock {
  const first = readTime(file);
  if (typeof first === "string") throw new CommandError(`--clock-file ${file} ${first}`);
  let last = first;
  let complaint = "";
  return {
    now() {
      const time = readTime(file);
      if (typeof time !== "string") {
        complaint = "";
        last = time;
      } else if (time !== complaint) {
        complaint = time;
        context.writeError(`warning: --clock-file ${file} ${time} The clock stays at ${last.toISOString()}.\n`);
      }
      return last;
    },
  };
}

/** The time in a file, or what is wrong with it as the rest of a sentence. */
function readTime(file: string): Date | string {
  try {
    const text = readFileSync(file, "utf8");
    return parseTime(text) ?? `holds ${JSON.stringify(text.slice(0, 80))}, and ${timeForm} is needed.`;
  } catch (error) {
    return `cannot be read: ${reasonOf(error)}.`;
  }
}
