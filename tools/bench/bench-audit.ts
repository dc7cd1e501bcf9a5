import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { largePlan } from "../plans/large-plan.ts";
import { report } from "./results.ts";

const command = path.resolve(import.meta.dirname, "../../dist/cdktf-qumulo.js");
const runs = 3;
const sizes = [1_000, 10_000, 100_000];
/** What 10,000 changes may take: so many times the parsing alone, and so many milliseconds more. */
const bar = { size: 10_000, factor: 3, plusMs: 1_000 };
/** What a change may take among ten times as many. */
const growth = 1.5;
/** A plan as large as they come: mostly of other providers. It may take so many times its own size. */
const large = { size: 10_000, others: 50_000, factor: 8 };

interface Measured {
  /** From the start of the process to its end. */
  readonly ms: number;
  /** Of the processor: where it is far from `ms`, others use the machine. */
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Tells what a process has used, once it ends. */
const telling = `data:text/javascript,import{writeSync}from"node:fs";process.on("exit",()=>writeSync(3,JSON.stringify(process.resourceUsage())))`;

/** Programs in processes of their own, in turn, so that a change of the machine's load meets all alike: the best of each. */
function measure<K extends string>(programs: Readonly<Record<K, readonly string[]>>): Record<K, Measured> {
  // The names are those of what is given.
  const names = Object.keys(programs) as K[];
  const best = Object.fromEntries(names.map((name) => [name, { ms: Infinity, cpuMs: Infinity, peakMb: Infinity }]));
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const measured = runOnce(programs[name]);
      if (measured.ms < (best[name]?.ms ?? 0)) best[name] = measured;
    }
  }
  return best as Record<K, Measured>;
}

function runOnce(args: readonly string[]): Measured {
  const started = performance.now();
  const stdio = ["ignore", "ignore", "pipe", "pipe"] as const;
  const { status, stderr, output } = spawnSync(process.execPath, ["--import", telling, ...args], { stdio: [...stdio] });
  const ms = performance.now() - started;
  // Status 1 tells of findings.
  if (status !== 0 && status !== 1) throw new Error(`It ended with ${String(status)}: ${stderr.toString()}`);
  // Written by the line above.
  const used = JSON.parse(String(output[3])) as NodeJS.ResourceUsage;
  return { ms, cpuMs: (used.userCPUTime + used.systemCPUTime) / 1_000, peakMb: used.maxRSS / 1024 };
}

interface Comparison {
  readonly name: string;
  readonly mb: number;
  /** Without the start of a process. */
  readonly parseMs: number;
  readonly auditMs: number;
  readonly auditMb: number;
}

function compare(folder: string, name: string, plan: unknown): Comparison {
  const file = path.join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  const parseProgram = `JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))`;
  const { empty, parse, audit } = measure({
    empty: ["-e", "0"],
    parse: ["-e", parseProgram, file],
    audit: [command, "audit", file],
  });
  const mb = statSync(file).size / 2 ** 20;
  process.stdout.write(
    `${name}, ${mb.toFixed(1)} MB (best of ${runs})\n` +
      `  an empty process      ${shown(empty)}\n  JSON.parse alone      ${shown(parse)}\n  cdktf-qumulo audit    ${shown(audit)}\n`,
  );
  return { name, mb, parseMs: parse.ms - empty.ms, auditMs: audit.ms - empty.ms, auditMb: audit.peakMb };
}

function shown({ ms, cpuMs, peakMb }: Measured): string {
  const [time, processor, memory] = [ms, cpuMs, peakMb].map((value) => value.toFixed(0).padStart(6));
  return `${time} ms (${processor} ms of the processor) ${memory} MB`;
}

function main(folder: string): void {
  const bySize = new Map(sizes.map((size) => [size, compare(folder, `${size} changes`, largePlan(size))]));
  const plan = largePlan(large.size, large.others);
  const whole = compare(folder, `${large.size} changes among ${large.others} of another provider`, plan);
  const [at, above] = [bySize.get(bar.size), bySize.get(10 * bar.size)];
  if (at === undefined || above === undefined) throw new Error("The sizes lack that of the bar.");
  process.stdout.write("\n");
  const most = bar.factor * at.parseMs + bar.plusMs;
  const what = `audit of ${bar.size} changes`;
  report({ what: `${what}, ms without the start`, got: at.auditMs, bar: most, kind: "at most" });
  const growing = above.auditMs / (10 * at.auditMs);
  report({ what: `${what}, one among ten times as many`, got: growing, bar: growth, kind: "at most" });
  const memory = whole.auditMb / whole.mb;
  report({ what: "audit of a large plan, memory in its sizes", got: memory, bar: large.factor, kind: "at most" });
}

const folder = mkdtempSync(path.join(tmpdir(), "cdktf-qumulo-bench-"));
try {
  main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
