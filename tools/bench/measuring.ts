import { spawn } from "node:child_process";
import { once } from "node:events";

/** The value in the middle; of an even number of values the greater one of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How many milliseconds `node -e 0` takes, from spawn to exit: what no program on this machine goes below. */
export async function timeEmptyProgram(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - started;
}
