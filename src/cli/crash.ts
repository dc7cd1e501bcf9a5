import { writeSync } from "node:fs";
import { crashText } from "../plugin/crash-text.ts";
import { wrongUsage } from "./command-error.ts";

const stderr = 2;

/**
 * Ends the program after an unexpected error, with one line about it, and with the exit status for something that could not be
 * done.
 */
export function crash(error: unknown): never {
  try {
    writeSync(stderr, `error: ${crashText("cdktf-qumulo", error)}\n`);
  } catch {
    // Nobody reads it any more, and the program ends next.
  }
  process.exit(wrongUsage);
}
