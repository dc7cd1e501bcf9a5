/**
 * What an engine and the provider take for a few hundred objects and for many, compared with as many objects of the engine's own:
 * `npm run bench:engine -- 200 2000` for other numbers of objects.
 *
 * With `--growth` (`npm run bench:growth`), what one object takes among ten thousand, compared with one among a thousand.
 *
 * `BENCH_PROVIDER` names the folder of another provider: that of a build before a change shows what it has brought.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import {
  engineObjects,
  type EngineRun,
  findBenchEngine,
  preparePlace,
  qumuloObjects,
  runIn,
  startCountingSimulator,
} from "./engine-runs.ts";
import { median, peakMb, warnOfSlowEmptyProgram } from "./measuring.ts";
import { report } from "./results.ts";

const engine = await findBenchEngine();

/**
 * What is done in turn, and what it may take, as a multiple of what the engine's own objects take.
 *
 * docs/decisions/0131-how-fast-is-fast-enough.md says where the bars come from.
 */
const steps = [
  { name: "plan of new objects", args: ["plan"], bar: 2.5, aim: 1.8 },
  { name: "apply", args: ["apply", "-auto-approve"], bar: 3.5, aim: 2 },
  { name: "plan", args: ["plan"], bar: 3.3, aim: 2.5 },
  { name: "plan without refresh", args: ["plan", "-refresh=false"], bar: 2.6, aim: 1.8 },
  { name: "destroy", args: ["destroy", "-auto-approve"], bar: 3.5, aim: 2 },
] as const;

/** One step with the engine's own objects, and with ours. */
interface Measured {
  readonly floor: EngineRun;
  readonly ours: EngineRun;
}

/** What an object may take among ten times as many, as a multiple of what it takes among few. */
const growth = { bar: 1.1, aim: 1 };
/** The same of a few hundred, which is less exact: most of what they take is the start. */
const growthFromFew = { bar: 1.3, aim: 1 };
/** What an object of a plan may take of the processor, in thousandths of an empty program. It took 123 when this was first measured. */
const oneObject = { bar: 31, aim: 12 };
/** What the provider may take of memory, as a multiple of an empty program. */
const memory = { bar: 2.7, aim: 2 };
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

/** User and system time of an empty program, as the median of a few. */
function emptyCpuMs(): number {
  const program = `const { user, system } = process.cpuUsage(); process.stdout.write(String((user + system) / 1000))`;
  const run = (): number => Number(spawnSync(process.execPath, ["-e", program], { encoding: "utf8" }).stdout);
  return median(Array.from({ length: 5 }, run));
}

type Step = (typeof steps)[number];

interface Sizes {
  readonly few: number;
  readonly many: number;
}

/** What the provider takes for one of so many objects, without what its processes take to start. */
function eachCpuMs(run: EngineRun, starting: EngineRun, count: number): number {
  return each(run.providerCpuMs - starting.providerCpuMs, count);
}

/** @returns not a number where so few objects took no longer than the start, since nothing can be said of them then */
function each(ms: number, count: number): number {
  return ms > 0 ? ms / (count - start) : Number.NaN;
}

/** The same of the time that passes, with the engine's own work. */
function eachMs(run: EngineRun, starting: EngineRun, count: number): number {
  return each(run.ms - starting.ms, count);
}

/** One step among as few objects as there can be, among few and among many. */
type Levels = readonly [Measured, Measured, Measured];

function reportStep({ name, bar, aim }: Step, { few, many }: Sizes, [starting, low, high]: Levels): void {
  const { floor, ours } = high;
  const [amongFew, amongMany] = [eachCpuMs(low.ours, starting.ours, few), eachCpuMs(ours, starting.ours, many)];
  process.stdout.write(
    `\n${name} of ${many}: ${shown(ours)}; ${ours.requests} requests, ${ours.peakMb.toFixed(0)} MB\n` +
      `  the engine's own: ${shown(floor)}\n` +
      `  the provider: ${starting.ours.providerCpuMs.toFixed(0)} ms of the processor to start, then for each object ` +
      `${amongFew.toFixed(2)} ms among ${few} and ${amongMany.toFixed(2)} ms among ${many}\n` +
      `  of the processor, compared with the engine's own: ${(cpuMs(ours) / cpuMs(floor)).toFixed(2)}; ` +
      `${(othersCpuMs(ours) / cpuMs(floor)).toFixed(2)} would be left with a provider that takes nothing\n`,
  );
  report({ what: `${name}, compared with the engine's own`, got: ours.ms / floor.ms, bar, aim, kind: "at most" });
  const one = `${name}, processor for one among many`;
  report({ what: one, got: amongMany / amongFew, ...growthFromFew, kind: "at most" });
  if (name !== "plan") return;
  // An empty program takes as long as a machine is slow: in that unit, figures of several machines can be compared.
  const unit = emptyCpuMs() / 1_000;
  for (const [count, ms] of [
    [few, amongFew],
    [many, amongMany],
  ] as const) {
    const what = `plan, processor for one among ${count}, in thousandths of an empty program`;
    report({ what, got: ms / unit, ...oneObject, kind: "at most" });
  }
}

/** What one object takes among ten times as many: both of the provider's processor, and of the time that passes. */
function reportGrowth({ name }: Step, { few, many }: Sizes, [starting, low, high]: Levels): void {
  const cpu = eachCpuMs(high.ours, starting.ours, many) / eachCpuMs(low.ours, starting.ours, few);
  const passed = eachMs(high.ours, starting.ours, many) / eachMs(low.ours, starting.ours, few);
  const own = eachMs(high.floor, starting.floor, many) / eachMs(low.floor, starting.floor, few);
  process.stdout.write(
    `\n${name} of ${many}: ${shown(high.ours)}; of ${few}: ${shown(low.ours)}\n` +
      `  the engine's own: ${shown(high.floor)}; of ${few}: ${shown(low.floor)}\n` +
      `  time for one grows to ${passed.toFixed(2)}, and to ${own.toFixed(2)} for one of the engine's own\n`,
  );
  const among = `for one among ${many}, compared with one among ${few}`;
  report({ what: `${name}, processor ${among}`, got: cpu, ...growth, kind: "at most" });
  // Engines themselves need more time for one among many.
  report({
    what: `${name}, growth of time ${among}, over the engine's own`,
    got: passed / own,
    ...growth,
    kind: "at most",
  });
}

function cpuMs(run: EngineRun): number {
  return othersCpuMs(run) + run.providerCpuMs;
}

/** What the engine takes because there is a provider, and what the cluster takes: no provider can save it. */
function othersCpuMs({ engineCpuMs, simulatorCpuMs }: EngineRun): number {
  return engineCpuMs + simulatorCpuMs;
}

/** Where the time of a run is longer than what was used of the processor, it has waited. */
function shown({ ms, engineCpuMs, providerCpuMs, simulatorCpuMs }: EngineRun): string {
  const parts = Object.entries({ engine: engineCpuMs, provider: providerCpuMs, simulator: simulatorCpuMs })
    .map(([who, cpuMs]) => `${who} ${cpuMs.toFixed(0)}`)
    .join(", ");
  return `${ms.toFixed(0)} ms (of the processor: ${parts})`;
}

async function main(sizes: Sizes, isGrowth: boolean): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), "bench-engine-"));
  try {
    // The first runs of a build also keep what is compiled.
    await measureObjects(mkdtempSync(path.join(root, "first-")), start);
    const starting = await measureObjects(root, start);
    const low = await measureObjects(root, sizes.few);
    const high = await measureObjects(root, sizes.many);
    steps.forEach((step, index) => {
      const [first, second, third] = [starting[index], low[index], high[index]];
      if (first === undefined || second === undefined || third === undefined) return;
      (isGrowth ? reportGrowth : reportStep)(step, sizes, [first, second, third]);
    });
    if (isGrowth) return;
    const got = Math.max(...high.map(({ ours }) => ours.peakMb)) / emptyPeakMb();
    report({ what: "memory, compared with an empty program", got, ...memory, kind: "at most" });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  options: { growth: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [few = values.growth ? 1_000 : 200, many = values.growth ? 10_000 : 1_000] = positionals.map(Number);
if (!values.growth) warnOfSlowEmptyProgram();
await main({ few, many }, values.growth);
