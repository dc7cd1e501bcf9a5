/** How long the programs take to start, compared with an empty program of Node. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { median, timeEmptyProgram, warnOfSlowEmptyProgram } from "./measuring.ts";
import { report } from "./results.ts";
import { prepareEngineStart, timeStart } from "./started-provider.ts";

const command = path.resolve(import.meta.dirname, "../../dist/cdktf-qumulo.js");
const warmUpRuns = 5;

/** What is measured, and what it may take as a multiple of an empty program. */
const measures = {
  handshake: { what: "spawn to handshake line", bar: 1.25, aim: 1.1 },
  // 0.6 of the 4 times that it took when it was first measured.
  schema: { what: "spawn to first answered GetProviderSchema", bar: 2.4, aim: 1.8 },
  completion: { what: "cdktf-qumulo completion", bar: 2.5, aim: 1.8 },
  verify: { what: "cdktf-qumulo verify, up to its first request", bar: 2.5, aim: 1.8 },
} as const;

/** A cluster that refuses the first connection, so that a command has loaded all it needs and then ends. */
const nobodysCluster = {
  QUMULO_HOST: "127.0.0.1",
  QUMULO_PORT: "1",
  QUMULO_BEARER_TOKEN: "access-v1:none",
  // Without it the authorities of the system would be read, which does not belong to the start.
  QUMULO_CERTIFICATE_SHA256: "00".repeat(32),
  QUMULO_MAX_RETRIES: "0",
};

type Times = Record<keyof typeof measures | "empty", number>;

/** A command, from spawn to exit. */
async function timeCommand(args: readonly string[], status: number): Promise<number> {
  const started = performance.now();
  const env = { ...process.env, ...nobodysCluster };
  const child = spawn(process.execPath, [command, ...args], { env, stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== status) throw new Error(`${args.join(" ")} ended with ${String(code)} instead of ${status}.`);
  return performance.now() - started;
}

/** Measures all in turn, so that a change of the machine's load meets all alike. */
async function main(runs: number): Promise<void> {
  const engine = prepareEngineStart();
  const measured: Times[] = [];
  for (let run = -warmUpRuns; run < runs; run += 1) {
    const empty = await timeEmptyProgram();
    const { handshakeMs, schemaMs } = await timeStart(engine);
    const completion = await timeCommand(["completion", "bash"], 0);
    const verify = await timeCommand(["verify"], 1);
    if (run >= 0) measured.push({ empty, handshake: handshakeMs, schema: schemaMs, completion, verify });
  }
  const medianOf = (name: keyof Times): number => median(measured.map((times) => times[name]));
  process.stdout.write(`node -e 0, spawn to exit: ${medianOf("empty").toFixed(1)} ms (median of ${runs})\n`);
  for (const [name, { what, bar, aim }] of Object.entries(measures)) {
    // The names are those of what is measured.
    const ms = medianOf(name as keyof Times);
    process.stdout.write(`${what}: ${ms.toFixed(1)} ms\n`);
    const got = ms / medianOf("empty");
    report({ what: `${what}, compared with an empty program`, got, bar, aim, kind: "at most" });
  }
}

warnOfSlowEmptyProgram();
await main(Number(process.argv[2] ?? 40));
