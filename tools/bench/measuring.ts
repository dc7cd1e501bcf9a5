import { spawn } from "node:child_process";
import { once } from "node:events";

/** The value in the middle; of an even number of values the greater one of the two. */
export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * An expression for the most memory that a process of Node has had, in megabytes.
 *
 * On Linux not by `resourceUsage`: what that tells begins with the memory of whoever has started the process.
 */
export const peakMb = `(() => {
  try {
    return Number(/VmHWM:\\s+(\\d+)/.exec(require("node:fs").readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
})()`;

/**
 * Says when an empty program is not a fair measure: Node 20 reads all authorities at each start where `NODE_EXTRA_CA_CERTS` is set,
 * which takes longer than all the rest of it.
 */
export function warnOfSlowEmptyProgram(): void {
  if (process.env["NODE_EXTRA_CA_CERTS"] === undefined || Number.parseInt(process.versions.node, 10) >= 22) return;
  process.stdout.write(
    "NODE_EXTRA_CA_CERTS is set: with Node 20 an empty program takes more than twice as long as without it, and what is " +
      "compared with it looks better. Unset it to see what most machines have.\n",
  );
}

/** How many milliseconds `node -e 0` takes, from spawn to exit: what no program on this machine goes below. */
export async function timeEmptyProgram(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - started;
}
