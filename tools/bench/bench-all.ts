/**
 * Runs all benchmarks, one after another, and prints one table of what they found; with `--json`, as JSON.
 *
 * It takes several minutes. Fails when something does not hold.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { holds, type Result, resultsVariable } from "./results.ts";

const benchmarks = ["startup", "engine", "requests", "synth", "import", "audit", "tokens", "simulator"];

/** What one benchmark has found. What it prints goes to standard error, so that standard output is the table alone. */
function run(name: string, file: string): readonly Result[] {
  writeFileSync(file, "");
  const program = path.join(import.meta.dirname, `bench-${name}.ts`);
  const { error } = spawnSync(process.execPath, ["--import", "tsx", program], {
    env: { ...process.env, [resultsVariable]: file },
    stdio: ["ignore", 2, 2],
  });
  if (error !== undefined) throw error;
  const lines = readFileSync(file, "utf8").split("\n");
  // Written by the benchmark.
  const results = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Result);
  if (results.length === 0) throw new Error(`bench-${name} has found nothing.`);
  return results;
}

function render(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.what,
    result.got.toFixed(2),
    `${result.kind} ${result.bar.toFixed(2)}`,
    holds(result) ? "holds" : "does not hold",
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.join("\n")}\n`;
}

const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
try {
  const results = benchmarks.flatMap((name) => run(name, path.join(folder, "results")));
  const isJson = process.argv.includes("--json");
  process.stdout.write(isJson ? `${JSON.stringify(results, undefined, 2)}\n` : `\n${render(results)}`);
  if (!results.every(holds)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
