/**
 * What an engine and the provider take for a few hundred objects and for many, compared with as many objects of the engine's own.
 *
 * `BENCH_PROVIDER` names the folder of another provider: that of a build before a change shows what it has brought.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createProgressRenderer } from "../../src/engine/build/progress.ts";
import { findEngine } from "../../src/engine/find.ts";
import { startSimulator } from "./bench-cluster.ts";
import { engineObjects, type EngineRun, preparePlace, qumuloObjects, runIn } from "./engine-runs.ts";
import { report } from "./results.ts";

const dist = path.resolve(import.meta.dirname, "../../dist");
const provider = path.resolve(process.env["BENCH_PROVIDER"] ?? dist);
const { program: engine } = await findEngine({
  modulesFolder: path.resolve(import.meta.dirname, "../../engine"),
  env: process.env,
  onProgress: createProgressRenderer(process.stderr),
});

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

async function measureObjects(root: string, count: number): Promise<readonly Measured[]> {
  const { child, line } = await startSimulator([]);
  try {
    const options = { engine, provider, line };
    const floor = preparePlace(path.join(root, `engine-${count}`), engineObjects(count), options);
    const ours = preparePlace(path.join(root, `provider-${count}`), qumuloObjects(count), options);
    spawnSync(engine, ["init"], { cwd: floor.folder, env: floor.env });
    // In turn, so that a change of the machine's load meets both alike.
    return steps.map(({ args }) => ({ floor: runIn(floor, args), ours: runIn(ours, args) }));
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

function emptyPeakMb(): number {
  const program = "process.stdout.write(String(process.resourceUsage().maxRSS / 1024))";
  return Number(spawnSync(process.execPath, ["-e", program], { encoding: "utf8" }).stdout);
}

function reportStep(
  { name, bar }: (typeof steps)[number],
  sizes: { readonly few: number; readonly low: EngineRun; readonly many: number; readonly high: Measured },
): void {
  const { few, low, many, high } = sizes;
  const { floor, ours } = high;
  const each = (ours.providerCpuMs - low.providerCpuMs) / (many - few);
  process.stdout.write(
    `\n${name} of ${many}: the engine's own ${floor.ms.toFixed(0)} ms, ours ${ours.ms.toFixed(0)} ms; the provider takes ` +
      `${ours.providerCpuMs.toFixed(0)} ms of the processor, ${each.toFixed(2)} for each more, and ${ours.peakMb.toFixed(0)} MB\n`,
  );
  report({ what: `${name}, compared with the engine's own`, got: ours.ms / floor.ms, bar, kind: "at most" });
  const growth = ours.providerCpuMs / many / (low.providerCpuMs / few);
  report({ what: `${name}, processor for one among many`, got: growth, bar: growthBar, kind: "at most" });
}

async function main(few: number, many: number): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), "bench-engine-"));
  try {
    const small = await measureObjects(root, few);
    const large = await measureObjects(root, many);
    steps.forEach((step, index) => {
      const [low, high] = [small[index], large[index]];
      if (low !== undefined && high !== undefined) reportStep(step, { few, low: low.ours, many, high });
    });
    const peakMb = Math.max(...large.map(({ ours }) => ours.peakMb));
    report({
      what: "memory, compared with an empty program",
      got: peakMb / emptyPeakMb(),
      bar: memoryBar,
      kind: "at most",
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

await main(Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 1_000));
