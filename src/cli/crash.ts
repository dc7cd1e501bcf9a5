import { writeSync } from "node:fs";
import { crashText } from "../plugin/crash-text.ts";
import { wrongUsage } from "./command-error.ts";

const stderr = 2;

/** Ends the program after an error that nobody expected: with one line, and as what could not be done. */
export function crash(error: unknown): never {
  try {
    writeSync(stderr, `error: ${crashText("cdktf-qumulo", error)}\n`);
  } catch {
    // Nobody reads it any more, and the program ends next.
  }
  process.exit(wrongUsage);
}
