/**
 * Runs all benchmarks, one after another, and prints one table: what was measured, what it is held to, and whether it holds. It takes
 * some twenty minutes. Fails when something does not hold; what could not be measured is "not known".
 *
 * - `--json FILE` writes the table there as well, as JSON.
 * - `--engines` runs what needs an engine with each of the pinned ones that stand in the user's cache.
 * - `--skip NAME` leaves a benchmark out, which is then not known; it can be given several times.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { pinnedOpenTofu, renderPin, terraform1164, terraform157 } from "../../src/engine/build/pins.ts";
import { findCachedEngine } from "../../src/engine/build/build.ts";
import { engineVariable } from "../../src/engine/find.ts";
import { benchmarks } from "./benchmarks.ts";
import { resultsVariable } from "./results.ts";
import { encodeTable, notKnown, renderTable, type Row, rowsOf, statusOf } from "./table.ts";

/** An engine to run a benchmark with; `program` is `undefined` where it is not there. */
interface BenchEngine {
  readonly title: string;
  readonly program: string | undefined;
}

async function findPinnedEngines(): Promise<readonly BenchEngine[]> {
  return Promise.all(
    [pinnedOpenTofu, terraform157, terraform1164].map(async (pin) => ({
      title: renderPin(pin),
      program: (await findCachedEngine(pin, process.env))?.program,
    })),
  );
}

/** Runs one benchmark. What it prints goes to standard error, so that standard output is the table alone. */
function run(file: string, { name, program, args }: (typeof benchmarks)[number], engine?: BenchEngine): readonly Row[] {
  if (engine !== undefined && engine.program === undefined) {
    return [notKnown(`${name}, ${engine.title}`, "the engine is not in the cache; the first npm test builds it")];
  }
  process.stderr.write(`\n${name}${engine === undefined ? "" : `, ${engine.title}`}\n`);
  writeFileSync(file, "");
  const { status } = spawnSync(
    process.execPath,
    ["--import", "tsx", path.join(import.meta.dirname, program), ...args],
    {
      env: {
        ...process.env,
        [resultsVariable]: file,
        ...(engine?.program === undefined ? {} : { [engineVariable]: engine.program }),
      },
      stdio: ["ignore", 2, 2],
    },
  );
  const written = readFileSync(file, "utf8");
  return rowsOf({ name, ...(engine === undefined ? {} : { suffix: engine.title }), written, status });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      engines: { type: "boolean", default: false },
      skip: { type: "string", multiple: true, default: [] },
    },
  });
  const unknown = values.skip.filter((name) => !benchmarks.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No benchmark is called ${unknown.join(", ")}. There are ${benchmarks.map(({ name }) => name).join(", ")}.`,
    );
  }
  const engines = values.engines ? await findPinnedEngines() : [];
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const file = path.join(folder, "results");
  try {
    const rows = benchmarks.flatMap((benchmark) => {
      if (values.skip.includes(benchmark.name)) return [notKnown(benchmark.name, "it was left out")];
      if (!benchmark.needsEngine || engines.length === 0) return run(file, benchmark);
      return engines.flatMap((engine) => run(file, benchmark, engine));
    });
    process.stdout.write(`\n${renderTable(rows)}`);
    if (values.json !== undefined) writeFileSync(values.json, encodeTable(rows));
    process.exitCode = statusOf(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
