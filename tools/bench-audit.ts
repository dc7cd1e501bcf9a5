import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { audit } from "../src/audit/audit.ts";
import { decodeShownJson } from "../src/audit/plan/decode-json.ts";

const sizes = [1_000, 10_000, 100_000];
/** What 10,000 changes may take: so many times the parsing alone, and so many milliseconds more. */
const bar = { size: 10_000, factor: 3, plusMs: 1_000 };
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
  /** Of the processor: what others do on the machine meanwhile does not count. */
  readonly ms: number;
  readonly peakMb: number;
  readonly findings: number;
}

/** Runs one way of reading in a process of its own, so that its memory is that of nothing else. */
function measured(how: "parse" | "audit", file: string): Measured {
  const out = execFileSync("npx", ["tsx", import.meta.filename, how, file], { stdio: ["ignore", "pipe", "ignore"] });
  // Written by this program.
  return JSON.parse(out.toString()) as Measured;
}

function measure(how: string, file: string): void {
  const before = process.cpuUsage();
  const findings = how === "parse" ? parseAlone(file) : auditAs(file);
  const { user, system } = process.cpuUsage(before);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ ms: (user + system) / 1_000, peakMb, findings }));
}

function parseAlone(file: string): number {
  JSON.parse(readFileSync(file, "utf8"));
  return 0;
}

/** As the command does: nothing keeps the bytes. */
function auditAs(file: string): number {
  return audit(decodeShownJson(readFileSync(file)), { now: new Date() }).open.length;
}

function main(folder: string): void {
  for (const size of sizes) {
    const { parse, whole, text } = compare(folder, `${size} changes`, planOf(changesOf(size)));
    process.stdout.write(text);
    if (size === bar.size && whole.ms > bar.factor * parse.ms + bar.plusMs) process.exitCode = 1;
  }
  const plan = planOf([...changesOf(large.size), ...others(large.bytes)]);
  const { times, text } = compare(folder, `${large.size} changes among those of other providers`, plan);
  process.stdout.write(text);
  if (times > large.factor) process.exitCode = 1;
}

function compare(
  folder: string,
  name: string,
  plan: string,
): { readonly parse: Measured; readonly whole: Measured; readonly times: number; readonly text: string } {
  const file = path.join(folder, "plan.json");
  writeFileSync(file, plan);
  const mb = statSync(file).size / 2 ** 20;
  const [parse, whole] = [measured("parse", file), measured("audit", file)];
  const times = whole.peakMb / mb;
  const rounded = (value: number): string => value.toFixed(0);
  const text = `${name}, ${mb.toFixed(1)} MB: JSON.parse ${rounded(parse.ms)} ms and ${rounded(parse.peakMb)} MB, audit ${rounded(whole.ms)} ms and ${rounded(whole.peakMb)} MB (${times.toFixed(1)} times the file), ${whole.findings} findings\n`;
  return { parse, whole, times, text };
}

const [how, file] = process.argv.slice(2);
if (how !== undefined && file !== undefined) {
  measure(how, file);
} else {
  const folder = mkdtempSync(path.join(tmpdir(), "cdktf-qumulo-bench-"));
  try {
    main(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
