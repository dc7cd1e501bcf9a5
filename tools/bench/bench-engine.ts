/**
 * What an engine and the provider take for a few hundred objects and for many, compared with as many objects of the engine's own:
 * `npm run bench:engine -- 1000 10000` for other numbers of objects.
 *
 * `BENCH_PROVIDER` names the folder of another provider: that of a build before a change shows what it has brought.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  engineObjects,
  type EngineRun,
  findBenchEngine,
  preparePlace,
  qumuloObjects,
  runIn,
  startCountingSimulator,
} from "./engine-runs.ts";
import { peakMb } from "./measuring.ts";
import { report } from "./results.ts";

const engine = await findBenchEngine();

/** What is done in turn, and what it may take, as a multiple of what the engine's own objects take. */
const steps = [
  { name: "plan of new objects", args: ["plan"], bar: 2.5 },
  { name: "apply", args: ["apply", "-auto-approve"], bar: 2 },
  { name: "plan", args: ["plan"], bar: 2.5 },
  { name: "plan without refresh", args: ["plan", "-refresh=false"], bar: 2.5 },
  { name: "destroy", args: ["destroy", "-auto-approve"], bar: 2 },
] as const;

/** One step with the engine's own objects, and with ours. */
interface Measured {
  readonly floor: EngineRun;
  readonly ours: EngineRun;
}

/** What an object may take among many, as a multiple of what it takes among few. */
const growthBar = 1.1;
/** What the provider may take of memory, as a multiple of an empty program. */
const memoryBar = 2.7;
/** So few objects that what a run takes is what its processes take to start. */
const start = 4;

async function measureObjects(root: string, count: number): Promise<readonly Measured[]> {
  const folder = path.join(root, String(count));
  mkdirSync(folder);
  const simulator = await startCountingSimulator(folder);
  try {
    const options = { engine, simulator };
    const floor = preparePlace(path.join(folder, "engine"), engineObjects(count), options);
    const ours = preparePlace(path.join(folder, "provider"), qumuloObjects(count), options);
    spawnSync(engine, ["init"], { cwd: floor.folder, env: floor.env });
    const measured: Measured[] = [];
    // In turn, so that a change of the machine's load meets both alike.
    for (const { args } of steps) measured.push({ floor: await runIn(floor, args), ours: await runIn(ours, args) });
    return measured;
  } finally {
    simulator.child.kill("SIGTERM");
    await once(simulator.child, "exit");
  }
}

function emptyPeakMb(): number {
  const program = `process.stdout.write(String(${peakMb}))`;
  return Number(spawnSync(process.execPath, ["-e", program], { encoding: "utf8" }).stdout);
}

interface Sizes {
  readonly few: number;
  readonly many: number;
}

/** What the provider takes for one of so many objects, without what its processes take to start. */
function eachCpuMs(run: EngineRun, starting: EngineRun, count: number): number {
  return (run.providerCpuMs - starting.providerCpuMs) / (count - start);
}

function reportStep(
  { name, bar }: (typeof steps)[number],
  { few, many }: Sizes,
  [starting, low, high]: readonly [Measured, Measured, Measured],
): void {
  const { floor, ours } = high;
  const [amongFew, amongMany] = [eachCpuMs(low.ours, starting.ours, few), eachCpuMs(ours, starting.ours, many)];
  process.stdout.write(
    `\n${name} of ${many}: ${shown(ours)}; ${ours.requests} requests, ${ours.peakMb.toFixed(0)} MB\n` +
      `  the engine's own: ${shown(floor)}\n` +
      `  the provider: ${starting.ours.providerCpuMs.toFixed(0)} ms of the processor to start, then for each object ` +
      `${amongFew.toFixed(2)} ms among ${few} and ${amongMany.toFixed(2)} ms among ${many}\n` +
      `  of the processor, compared with the engine's own: ${(cpuMs(ours) / cpuMs(floor)).toFixed(2)}\n`,
  );
  report({ what: `${name}, compared with the engine's own`, got: ours.ms / floor.ms, bar, kind: "at most" });
  report({
    what: `${name}, processor for one among many`,
    got: amongMany / amongFew,
    bar: growthBar,
    kind: "at most",
  });
}

function cpuMs({ engineCpuMs, providerCpuMs }: EngineRun): number {
  return engineCpuMs + providerCpuMs;
}

/** Where the time of a run is longer than what was used of the processor, it has waited. */
function shown({ ms, engineCpuMs, providerCpuMs, simulatorCpuMs }: EngineRun): string {
  const parts = Object.entries({ engine: engineCpuMs, provider: providerCpuMs, simulator: simulatorCpuMs })
    .map(([who, cpuMs]) => `${who} ${cpuMs.toFixed(0)}`)
    .join(", ");
  return `${ms.toFixed(0)} ms (of the processor: ${parts})`;
}

async function main(sizes: Sizes): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), "bench-engine-"));
  try {
    const starting = await measureObjects(root, start);
    const low = await measureObjects(root, sizes.few);
    const high = await measureObjects(root, sizes.many);
    steps.forEach((step, index) => {
      const [first, second, third] = [starting[index], low[index], high[index]];
      if (first !== undefined && second !== undefined && third !== undefined)
        reportStep(step, sizes, [first, second, third]);
    });
    const got = Math.max(...high.map(({ ours }) => ours.peakMb)) / emptyPeakMb();
    report({ what: "memory, compared with an empty program", got, bar: memoryBar, kind: "at most" });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

await main({ few: Number(process.argv[2] ?? 200), many: Number(process.argv[3] ?? 1_000) });
