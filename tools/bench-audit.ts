import { execFileSync } from "node:child_process";
import { audit } from "../src/audit/audit.ts";
import { decodeShownJson } from "../src/audit/plan/decode-json.ts";

const sizes = [1_000, 10_000, 100_000];
/** What 10,000 changes may take: so many times the parsing alone, and so many milliseconds more. */
const bar = { size: 10_000, factor: 3, plusMs: 1_000 };
const kinds = 4;

function entry(type: string, index: number, values: Readonly<Record<string, unknown>>): unknown {
  const address = `qumulo_${type}.it[${index}]`;
  const after = { ...values };
  const change = {
    actions: ["create"],
    before: null,
    after,
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: {},
  };
  return { address, mode: "managed", type: `qumulo_${type}`, name: "it", index, change };
}

/** A user with a role, a membership and a token, over and over. */
function planOf(size: number): Buffer {
  const changes = Array.from({ length: size / kinds }, (_, index) => [
    entry("local_user", index, { id: String(1_000 + index), name: `svc-${index}`, password: `secret-${index}` }),
    entry("role", index, {
      name: `role-${index}`,
      privileges: ["PRIVILEGE_QUOTA_WRITE", "PRIVILEGE_ACCESS_TOKENS_WRITE"],
    }),
    entry("role_member", index, { role_name: `role-${index}`, auth_id: String(1_000 + index) }),
    entry("access_token", index, { user: `local:svc-${index}`, expires_in: "90d", enabled: true, overlap: "24h" }),
  ]).flat();
  return Buffer.from(JSON.stringify({ format_version: "1.2", resource_changes: changes }));
}

/** Measures one size in a process of its own, so that memory is of that size alone. */
function measure(size: number): void {
  const bytes = planOf(size);
  const parsed = performance.now();
  JSON.parse(bytes.toString());
  const parseMs = performance.now() - parsed;
  const started = performance.now();
  const { open } = audit(decodeShownJson(bytes), { now: new Date() });
  const auditMs = performance.now() - started;
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    JSON.stringify({ size, mb: bytes.length / 2 ** 20, parseMs, auditMs, peakMb, findings: open.length }),
  );
}

function main(): void {
  for (const size of sizes) {
    const out = execFileSync("npx", ["tsx", import.meta.filename, String(size)], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    // Written by this program.
    const result = JSON.parse(out.toString()) as Record<
      "size" | "mb" | "parseMs" | "auditMs" | "peakMb" | "findings",
      number
    >;
    process.stdout.write(
      `${String(size).padStart(7)} changes, ${result.mb.toFixed(1)} MB: JSON.parse ${result.parseMs.toFixed(0)} ms, audit ${result.auditMs.toFixed(0)} ms, peak ${result.peakMb} MB, ${result.findings} findings\n`,
    );
    if (size === bar.size && result.auditMs > bar.factor * result.parseMs + bar.plusMs) process.exitCode = 1;
  }
}

const [size] = process.argv.slice(2);
if (size === undefined) main();
else measure(Number(size));
