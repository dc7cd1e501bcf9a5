/** What `require("cdktf-qumulo")` takes of the processor, compared with `require("cdktf")`, which every program with constructs has. */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { median } from "./measuring.ts";
import { report } from "./results.ts";

/** What both together may take, as a multiple of the library alone. */
const bar = 1.2;

const constructs = path.resolve(import.meta.dirname, "../../dist/constructs.js");

/** Milliseconds of the processor for importing these, in a process of its own. */
function measure(modules: readonly string[]): number {
  const imports = modules.map((module) => `require(${JSON.stringify(module)});`).join("");
  const program = `const before = process.cpuUsage();${imports}
    const { user, system } = process.cpuUsage(before);process.stdout.write(String((user + system) / 1000))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

function main(runs: number): void {
  const times = { alone: [] as number[], both: [] as number[] };
  // In turn, so that a change of the machine's load meets both alike.
  for (let run = 0; run < runs; run += 1) {
    times.alone.push(measure(["cdktf"]));
    times.both.push(measure(["cdktf", constructs]));
  }
  const [alone, both] = [median(times.alone), median(times.both)];
  process.stdout.write(
    `require("cdktf"):                   ${alone.toFixed(0)} ms of the processor (median of ${runs})\n` +
      `and then require("cdktf-qumulo"):   ${both.toFixed(0)} ms of the processor (median of ${runs})\n`,
  );
  report({ what: "import of the constructs, compared with that of cdktf", got: both / alone, bar, kind: "at most" });
}

main(Number(process.argv[2] ?? 11));
