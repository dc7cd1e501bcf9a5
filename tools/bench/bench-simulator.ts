import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BenchCluster, startBenchCluster, startSimulator, type Workload } from "./cluster.ts";
import { median, timeEmptyProgram } from "./measuring.ts";
import { report as hold } from "./results.ts";

/** How many access tokens are stored: a few, and as many as no cluster will have. */
const [fewTokens, manyTokens] = [10, 100_000];
/** What reading among many must reach, as a part of what reading among few does. */
const readBar = 0.8;
const startBarMs = 500;
const roundMs = 500;
const warmUpRounds = 4;

/** Requests per second of one round. */
interface Rates {
  readonly few: number;
  readonly many: number;
}

async function main(rounds: number): Promise<void> {
  await benchStart(15);
  const folder = await mkdtemp(path.join(tmpdir(), "bench-simulator-"));
  try {
    for (const storage of ["memory", "disk"] as const) await benchStorage({ folder, storage, rounds });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long `simulate` takes to listen, compared with an empty program, in turn. */
async function benchStart(runs: number): Promise<void> {
  const times = { empty: [] as number[], simulate: [] as number[] };
  for (let run = -1; run < runs; run += 1) {
    const empty = await timeEmptyProgram();
    const { child, startMs } = await startSimulator([]);
    child.kill("SIGTERM");
    await once(child, "exit");
    if (run < 0) continue;
    times.empty.push(empty);
    times.simulate.push(startMs);
  }
  const [empty, started] = [median(times.empty), median(times.simulate)];
  report("node -e 0, spawn to exit", `${empty.toFixed(0)} ms (median of ${runs})`);
  report("simulate, spawn to its line", `${started.toFixed(0)} ms (median of ${runs}; under ${startBarMs})`);
  hold({ what: "start of the simulator, ms", got: started, bar: startBarMs, kind: "at most" });
}

async function benchStorage(asked: {
  readonly folder: string;
  readonly storage: "memory" | "disk";
  readonly rounds: number;
}): Promise<void> {
  const { folder, storage, rounds } = asked;
  const few = await startBenchCluster(folder, { tokens: fewTokens, storage });
  try {
    const many = await startBenchCluster(folder, { tokens: manyTokens, storage });
    try {
      report(`${storage}, start with ${fewTokens} tokens`, `${few.startMs.toFixed(0)} ms`);
      report(`${storage}, start with ${manyTokens} tokens`, `${many.startMs.toFixed(0)} ms`);
      for (const workload of ["read", "create and delete"] as const) {
        const rates = await measureInTurn([few, many], workload, rounds);
        reportRates(`${storage}, ${workload}`, rates, workload === "read" ? readBar : undefined);
      }
    } finally {
      await many.close();
    }
  } finally {
    await few.close();
  }
}

/**
 * Both clusters in each round, and the other one first in the next, so that a change of the machine's load meets both
 * alike.
 *
 * @returns the rates of each round, of few and of many access tokens
 */
async function measureInTurn(
  [few, many]: readonly [BenchCluster, BenchCluster],
  workload: Workload,
  rounds: number,
): Promise<readonly Rates[]> {
  const measured: Rates[] = [];
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const isFewFirst = round % 2 === 0;
    const first = await (isFewFirst ? few : many).measure(workload, roundMs);
    const second = await (isFewFirst ? many : few).measure(workload, roundMs);
    if (round >= 0) measured.push(isFewFirst ? { few: first, many: second } : { few: second, many: first });
  }
  return measured;
}

function reportRates(what: string, rates: readonly Rates[], bar?: number): void {
  report(`${what}, ${fewTokens} tokens`, `${median(rates.map(({ few }) => few)).toFixed(0)} requests/s`);
  report(`${what}, ${manyTokens} tokens`, `${median(rates.map(({ many }) => many)).toFixed(0)} requests/s`);
  const ratio = median(rates.map(({ few, many }) => many / few));
  report(`${what}, ratio`, `${ratio.toFixed(2)}${bar === undefined ? "" : ` (at least ${bar})`}`);
  if (bar !== undefined) hold({ what: `simulator, ${what} among many`, got: ratio, bar, kind: "at least" });
}

function report(what: string, figure: string): void {
  process.stdout.write(`${`${what}:`.padEnd(46)}${figure}\n`);
}

await main(Number(process.argv[2] ?? 11));
