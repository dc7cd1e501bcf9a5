/**
 * What `cdktf-qumulo tokens` takes on a cluster with many access tokens, compared with a program that only makes the same requests.
 *
 * Each format is measured. Memory is compared with that for a tenth of the tokens: it may grow by so much for each token.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Listening, seedOf, startSimulator } from "./cluster.ts";
import { median, peakMb } from "./measuring.ts";
import { report } from "./results.ts";

const command = path.resolve(import.meta.dirname, "../../dist/cdktf-qumulo.js");
const [fewTokens, manyTokens] = [1_000, 10_000];
const formats = ["text", "json", "csv", "prometheus"] as const;
const requests = "the requests alone";
const runs = 4;
/** What a cluster needs for an answer; the simulator alone is faster than any. */
const latencyMs = 100;
/** What more tokens may take, as a multiple of what their requests alone take. */
const timeBar = 1.5;
/** Each token may add this: its answer as text, its objects, its line, and as much again before it is collected. */
const kilobytesPerTokenBar = 10;

/** Signs in and reads all pages, one after another, as `tokens` has to. */
const bareProgram = `
const https = require("node:https");
const { QUMULO_HOST: hostname, QUMULO_PORT: port, QUMULO_CA_FILE: file, QUMULO_USERNAME: username, QUMULO_PASSWORD: password } = process.env;
const agent = new https.Agent({ keepAlive: true, ca: require("node:fs").readFileSync(file) });
const send = (method, path, headers, body) => new Promise((resolve, reject) => {
  const request = https.request({ hostname, port, method, path, agent, headers }, (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (chunk) => (text += chunk)).on("end", () => resolve(JSON.parse(text)));
  });
  request.on("error", reject).end(body);
});
(async () => {
  await send("GET", "/v1/version", {});
  const login = await send("POST", "/v1/session/login", { "content-type": "application/json" }, JSON.stringify({ username, password }));
  let count = 0;
  for (let next = "/v1/auth/access-tokens/?limit=1000"; next;) {
    const page = await send("GET", next, { authorization: "Bearer " + login.bearer_token });
    count += page.entries.length;
    next = page.paging.next;
  }
  agent.destroy();
  process.stdout.write(String(count));
})();
`;

interface Measured {
  /** From the start of the process to its end. */
  readonly ms: number;
  readonly peakMb: number;
  readonly out: string;
}

const telling = `data:text/javascript,import{writeSync}from"node:fs";import{createRequire}from"node:module";const require=createRequire("file:///");process.on("exit",()=>writeSync(3,String(${encodeURIComponent(peakMb)})))`;

function runOnce(args: readonly string[], { url, ca_file, username, password }: Listening): Measured {
  const { hostname, port } = new URL(url);
  const env = {
    ...process.env,
    QUMULO_HOST: hostname,
    QUMULO_PORT: port,
    QUMULO_CA_FILE: ca_file,
    QUMULO_USERNAME: username,
    QUMULO_PASSWORD: password,
  };
  const started = performance.now();
  const { status, stderr, output } = spawnSync(process.execPath, ["--import", telling, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    maxBuffer: 2 ** 28,
  });
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`It ended with ${String(status)}: ${String(stderr)}`);
  return { ms, peakMb: Number(output[3]), out: String(output[1]) };
}

/** Programs in turn, so that a change of the machine's load meets all alike: the best time of each. */
function measure(programs: Readonly<Record<string, readonly string[]>>, line: Listening): Map<string, Measured> {
  const all = new Map<string, readonly Measured[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const [name, args] of Object.entries(programs)) all.set(name, [...(all.get(name) ?? []), runOnce(args, line)]);
  }
  return new Map([...all].map(([name, measured]) => [name, best(measured)]));
}

function best(measured: readonly Measured[]): Measured {
  return {
    ms: Math.min(...measured.map(({ ms }) => ms)),
    peakMb: median(measured.map((one) => one.peakMb)),
    out: measured[0]?.out ?? "",
  };
}

async function measureCluster(folder: string, tokens: number): Promise<ReadonlyMap<string, Measured>> {
  const seed = path.join(folder, `${tokens}.json`);
  await writeFile(seed, JSON.stringify(seedOf(tokens)));
  const { child, line } = await startSimulator(["--seed", seed, "--latency", String(latencyMs)]);
  try {
    const measured = measure(
      {
        [requests]: ["-e", bareProgram],
        ...Object.fromEntries(formats.map((format) => [format, [command, "tokens", "--format", format]])),
      },
      line,
    );
    if (measured.get(requests)?.out !== String(tokens)) throw new Error("It has read another number of tokens.");
    process.stdout.write(`${tokens} access tokens, ${latencyMs} ms for an answer (best of ${runs})\n`);
    for (const [name, { ms, peakMb: peak }] of measured)
      process.stdout.write(`  ${name.padEnd(20)} ${ms.toFixed(0).padStart(6)} ms ${peak.toFixed(0).padStart(6)} MB\n`);
    return measured;
  } finally {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
}

/** What more tokens add: the start of a process and the login are in both. */
function growth(few: Measured | undefined, many: Measured | undefined): Pick<Measured, "ms" | "peakMb"> {
  if (few === undefined || many === undefined) throw new Error("It was not measured.");
  return { ms: many.ms - few.ms, peakMb: many.peakMb - few.peakMb };
}

const folder = await mkdtemp(path.join(tmpdir(), "bench-tokens-"));
try {
  const few = await measureCluster(folder, fewTokens);
  const many = await measureCluster(folder, manyTokens);
  for (const format of formats) {
    const what = `tokens --format ${format} of ${manyTokens}`;
    const own = growth(few.get(format), many.get(format));
    const bare = growth(few.get(requests), many.get(requests));
    report({ what: `${what}, compared with its requests`, got: own.ms / bare.ms, bar: timeBar, kind: "at most" });
    const kilobytes = (own.peakMb * 1024) / (manyTokens - fewTokens);
    report({ what: `${what}, KB of memory for each`, got: kilobytes, bar: kilobytesPerTokenBar, kind: "at most" });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
