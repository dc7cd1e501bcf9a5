import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const command = path.resolve(import.meta.dirname, "../dist/cdktf-qumulo.js");
const runs = 3;
const sizes = [1_000, 10_000, 100_000];
/** What 10,000 changes may take: so many times the parsing alone, and so many milliseconds more. */
const bar = { size: 10_000, factor: 3, plusMs: 1_000 };
/** What a change may take among ten times as many. */
const growth = 1.5;
const kinds = 4;
/** A plan as large as they come: mostly of other providers. It may take so many times its own size. */
const large = { size: 10_000, bytes: 100 * 2 ** 20, factor: 8 };

function entry(type: string, index: number, values: Readonly<Record<string, unknown>>): unknown {
  const address = `${type}.it[${index}]`;
  const after = { ...values };
  const change = {
    actions: ["create"],
    before: null,
    after,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: {},
  };
  return { address, mode: "managed", type, name: "it", index, change };
}

/** A user with a role, a membership and a token, over and over. */
function changesOf(size: number): readonly unknown[] {
  return Array.from({ length: size / kinds }, (_, index) => [
    entry("qumulo_local_user", index, { id: String(1_000 + index), name: `svc-${index}`, password: `secret-${index}` }),
    entry("qumulo_role", index, {
      name: `role-${index}`,
      privileges: ["PRIVILEGE_QUOTA_WRITE", "PRIVILEGE_ACCESS_TOKENS_WRITE"],
    }),
    entry("qumulo_role_member", index, { role_name: `role-${index}`, auth_id: String(1_000 + index) }),
    entry("qumulo_access_token", index, { user: `local:svc-${index}`, expires_in: "90d", overlap: "24h" }),
  ]).flat();
}

function others(bytes: number): readonly unknown[] {
  const one = (index: number): unknown =>
    entry("other_instance", index, {
      name: `machine-${index}`,
      tags: Object.fromEntries(Array.from({ length: 20 }, (_, tag) => [`tag-${tag}`, `value-${index}-${tag}`])),
    });
  return Array.from({ length: Math.floor(bytes / JSON.stringify(one(100_000)).length) }, (_, index) => one(index));
}

function planOf(changes: readonly unknown[]): string {
  return JSON.stringify({ format_version: "1.2", resource_changes: changes });
}

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

function compare(folder: string, name: string, plan: string): Comparison {
  const file = path.join(folder, "plan.json");
  writeFileSync(file, plan);
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

/** Holds a number to its bar. */
function hold(what: string, got: number, most: number): void {
  const verdict = got <= most ? "holds" : "does not hold";
  process.stdout.write(`${what}: ${got.toFixed(1)}, at most ${most.toFixed(1)}: ${verdict}\n`);
  if (got > most) process.exitCode = 1;
}

function main(folder: string): void {
  const bySize = new Map(sizes.map((size) => [size, compare(folder, `${size} changes`, planOf(changesOf(size)))]));
  const plan = planOf([...changesOf(large.size), ...others(large.bytes)]);
  const whole = compare(folder, `${large.size} changes among those of other providers`, plan);
  const [at, above] = [bySize.get(bar.size), bySize.get(10 * bar.size)];
  if (at === undefined || above === undefined) throw new Error("The sizes lack that of the bar.");
  process.stdout.write("\n");
  hold(`ms for ${bar.size} changes, without the start of a process`, at.auditMs, bar.factor * at.parseMs + bar.plusMs);
  hold("ms for ten times as many, compared to ten times the time", above.auditMs / (10 * at.auditMs), growth);
  hold("peak memory for the large plan, in sizes of the file", whole.auditMb / whole.mb, large.factor);
}

const folder = mkdtempSync(path.join(tmpdir(), "cdktf-qumulo-bench-"));
try {
  main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
