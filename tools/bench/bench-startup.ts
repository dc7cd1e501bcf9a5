import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createCertificate } from "../../src/plugin/certificate.ts";
import { pluginEnvironment } from "../plugin-environment.ts";
import { median, timeEmptyProgram } from "./measuring.ts";
import { report } from "./results.ts";

const dist = path.resolve(import.meta.dirname, "../../dist");
/** That of another build, before a change, where `BENCH_PROVIDER` names its folder. */
const provider = path.join(process.env["BENCH_PROVIDER"] ?? dist, "terraform-provider-qumulo");
/** What a start may cost at most, as a multiple of an empty program. */
const bar = 1.25;
const warmUpRuns = 5;

/** The environment in which an engine starts a provider. */
function engineEnvironment(): NodeJS.ProcessEnv {
  const { certificateDer } = createCertificate({ now: new Date(), curve: "P-521" });
  return {
    ...process.env,
    ...pluginEnvironment,
    PLUGIN_CLIENT_CERT: `-----BEGIN CERTIFICATE-----\n${certificateDer.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}

/** From spawn to the whole handshake line of the provider, started as engines do. */
async function timeProvider(env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now();
  const child = spawn(provider, [], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  let text = "";
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  const elapsed = performance.now() - started;
  child.kill("SIGTERM");
  await ended;
  if (!/^1\|6\|(?:unix|tcp)\|[^|]+\|grpc\|[^|\n]+\n$/.test(text)) throw new Error(`The provider said: ${text}`);
  return elapsed;
}

/** Measures both in turn, so that a change of the machine's load meets both alike. */
async function main(runs: number): Promise<void> {
  const env = engineEnvironment();
  const times = { empty: [] as number[], provider: [] as number[] };
  for (let run = -warmUpRuns; run < runs; run += 1) {
    const empty = await timeEmptyProgram();
    const started = await timeProvider(env);
    if (run < 0) continue;
    times.empty.push(empty);
    times.provider.push(started);
  }
  const [empty, started] = [median(times.empty), median(times.provider)];
  const ratio = started / empty;
  process.stdout.write(
    `node -e 0, spawn to exit:            ${empty.toFixed(1)} ms (median of ${runs})\n` +
      `provider, spawn to handshake line:  ${started.toFixed(1)} ms (median of ${runs})\n`,
  );
  report({ what: "spawn to handshake line, compared with an empty program", got: ratio, bar, kind: "at most" });
}

await main(Number(process.argv[2] ?? 40));
