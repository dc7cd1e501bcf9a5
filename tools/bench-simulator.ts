import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BenchCluster, startBenchCluster, startSimulator, type Workload } from "./bench-cluster.ts";
import { median, timeEmptyProgram } from "./measuring.ts";

/** How many access tokens are stored: a few, and as many as no cluster will have. */
const sizes = [10, 100_000] as const;
/** What reading among many must reach, as a part of what reading among few does. */
const readBar = 0.8;
const startBarMs = 500;
const roundMs = 1_000;
const warmUpRounds = 2;
const workloads: readonly Workload[] = ["read", "create and delete"];

async function main(rounds: number): Promise<void> {
  await benchStart(15);
  const folder = await mkdtemp(path.join(tmpdir(), "bench-simulator-"));
  try {
    for (const storage of ["memory", "disk"] as const) await benchStorage({ folder, storage, rounds });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long `simulate` takes to listen, beside an empty program, in turn. */
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
  if (started >= startBarMs) process.exitCode = 1;
}

async function benchStorage(asked: {
  readonly folder: string;
  readonly storage: "memory" | "disk";
  readonly rounds: number;
}): Promise<void> {
  const { folder, storage, rounds } = asked;
  const clusters: BenchCluster[] = [];
  try {
    for (const tokens of sizes) clusters.push(await startBenchCluster(folder, { tokens, storage }));
    for (const { tokens, startMs } of clusters)
      report(`${storage}, start with ${tokens} tokens`, `${startMs.toFixed(0)} ms`);
    for (const workload of workloads)
      reportRates({ storage, workload, rates: await measureInTurn(clusters, workload, rounds) });
  } finally {
    for (const cluster of clusters) await cluster.close();
  }
}

/** The clusters one after the other, round by round, so that a change of the machine's load meets all of them alike. */
async function measureInTurn(
  clusters: readonly BenchCluster[],
  workload: Workload,
  rounds: number,
): Promise<readonly number[]> {
  const rates = clusters.map((): number[] => []);
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    for (const [index, cluster] of clusters.entries()) {
      const rate = await cluster.measure(workload, roundMs);
      if (round >= 0) rates[index]?.push(rate);
    }
  }
  return rates.map(median);
}

function reportRates(measured: {
  readonly storage: string;
  readonly workload: Workload;
  readonly rates: readonly number[];
}): void {
  const { storage, workload, rates } = measured;
  const [few = Number.NaN, many = Number.NaN] = rates;
  for (const [index, tokens] of sizes.entries()) {
    report(`${storage}, ${workload}, ${tokens} tokens`, `${(rates[index] ?? Number.NaN).toFixed(0)} requests/s`);
  }
  const ratio = many / few;
  const bar = workload === "read" ? ` (at least ${readBar})` : "";
  report(`${storage}, ${workload}, ratio`, `${ratio.toFixed(2)}${bar}`);
  if (workload === "read" && !(ratio >= readBar)) process.exitCode = 1;
}

function report(what: string, figure: string): void {
  process.stdout.write(`${`${what}:`.padEnd(46)}${figure}\n`);
}

await main(Number(process.argv[2] ?? 5));
