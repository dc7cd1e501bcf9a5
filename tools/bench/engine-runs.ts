import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProgressRenderer } from "../../src/engine/build/progress.ts";
import { findEngine } from "../../src/engine/find.ts";
import { renderEngine } from "../../src/engine/identify.ts";
import { ControlClient } from "../../src/simulator/index.ts";
import { cpuMsOf, startSimulator } from "./cluster.ts";
import { peakMb } from "./measuring.ts";

/** What one run of an engine has used. */
export interface EngineRun {
  readonly ms: number;
  /** User and system time of the engine, without the provider. */
  readonly engineCpuMs: number;
  /** User and system time of all processes of the provider together. */
  readonly providerCpuMs: number;
  /** User and system time of the simulator meanwhile. */
  readonly simulatorCpuMs: number;
  /** What the simulator was asked meanwhile. */
  readonly requests: number;
  /** Of the largest process of the provider. */
  readonly peakMb: number;
}

/** A folder with a configuration, and how an engine works in it. */
export interface BenchPlace {
  readonly engine: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly simulator: Simulator;
}

type Simulator = Awaited<ReturnType<typeof startSimulator>> & { readonly control: ControlClient };

interface Usage extends NodeJS.ResourceUsage {
  readonly peakMb: number;
}

const usageVariable = "BENCH_USAGE";
/** Writes what a process of the provider has used when it ends. */
const telling = `process.on("exit", () => require("node:fs").appendFileSync(
  process.env.${usageVariable}, JSON.stringify({ ...process.resourceUsage(), peakMb: ${peakMb} }) + "\\n"));`;
/** Runs a program, and writes into the file `times` what that and all that it has started have used of the processor. */
const timing = `"$@"; status=$?; times > times; exit $status`;

/** A simulator that tells how often it was asked. It counts for itself: writing each request to a file would be measured too. */
export async function startCountingSimulator(folder: string): Promise<Simulator> {
  const socket = path.join(folder, "control", "control.sock");
  return { ...(await startSimulator(["--control-socket", socket])), control: new ControlClient({ socket }) };
}

/** The provider that is measured: that of another build, before a change, where `BENCH_PROVIDER` names its folder. */
const provider = path.resolve(process.env["BENCH_PROVIDER"] ?? path.join(import.meta.dirname, "../../dist"));

/** The engine with which benchmarks measure, found as the demo does; says which one. */
export async function findBenchEngine(): Promise<string> {
  const found = await findEngine({
    modulesFolder: path.resolve(import.meta.dirname, "../../engine"),
    env: process.env,
    onProgress: createProgressRenderer(process.stderr),
  });
  // Engines differ among themselves by more than what is measured here.
  process.stdout.write(`Measured with ${renderEngine(found)}: ${found.program}\n`);
  return found.program;
}

/** What a configuration begins with. */
export const providerHcl = `
terraform {
  required_providers {
    qumulo = { source = "cdktf-qumulo/qumulo" }
  }
}
`;

/**
 * Objects of four types, a quarter each: users, roles, memberships and access tokens.
 *
 * Each has a block of its own, as CDKTF synthesizes them: where blocks with \`count\` name each other, an engine reads all
 * objects of a block for each of them, which takes more than all else.
 */
export function qumuloObjects(count: number): string {
  const four = (index: number): string => `
resource "qumulo_local_user" "n${index}" {
  name = "svc-${index}"
}
resource "qumulo_role" "n${index}" {
  name        = "role-${index}"
  description = "Reads quotas"
  privileges  = ["PRIVILEGE_QUOTA_READ"]
}
resource "qumulo_role_member" "n${index}" {
  role_name = qumulo_role.n${index}.name
  auth_id   = qumulo_local_user.n${index}.id
}
resource "qumulo_access_token" "n${index}" {
  user       = "auth_id:\${qumulo_local_user.n${index}.id}"
  expires_in = "90d"
}
`;
  return `${providerHcl}${repeat(four, count)}`;
}

/**
 * As many objects of the engine's own, with the same dependencies, which need no provider: what no provider goes
 * below.
 */
export function engineObjects(count: number): string {
  const four = (index: number): string => `
resource "terraform_data" "user${index}" {
  input = { name = "svc-${index}" }
}
resource "terraform_data" "role${index}" {
  input = { name = "role-${index}", description = "Reads quotas", privileges = ["PRIVILEGE_QUOTA_READ"] }
}
resource "terraform_data" "member${index}" {
  input = { role_name = terraform_data.role${index}.output.name, auth_id = terraform_data.user${index}.id }
}
resource "terraform_data" "token${index}" {
  input = { user = "auth_id:\${terraform_data.user${index}.id}", expires_in = "90d" }
}
`;
  return repeat(four, count);
}

function repeat(four: (index: number) => string, count: number): string {
  return Array.from({ length: Math.floor(count / 4) }, (_, index) => four(index)).join("");
}

/** Prepares a folder, in which the engine takes the provider from that of its build. */
export function preparePlace(
  folder: string,
  hcl: string,
  { engine, simulator }: Pick<BenchPlace, "engine" | "simulator">,
): BenchPlace {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "main.tf"), hcl);
  const [cli, tell] = [path.join(folder, "cli.tfrc"), path.join(folder, "tell.cjs")];
  writeFileSync(
    cli,
    `provider_installation {\n  dev_overrides {\n    "cdktf-qumulo/qumulo" = "${provider}"\n  }\n  direct {}\n}\n`,
  );
  writeFileSync(tell, telling);
  const { line } = simulator;
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: cli,
    QUMULO_HOST: "127.0.0.1",
    QUMULO_PORT: new URL(line.url).port,
    QUMULO_USERNAME: line.username,
    QUMULO_PASSWORD: line.password,
    QUMULO_CA_FILE: line.ca_file,
    CHECKPOINT_DISABLE: "1",
    NODE_OPTIONS: [process.env["NODE_OPTIONS"] ?? "", `--require=${tell}`].join(" ").trim(),
    [usageVariable]: path.join(folder, "usage"),
  };
  return { engine, folder, env, simulator };
}

/** Runs the engine in a folder. */
export async function runIn(
  { engine, folder, env, simulator }: BenchPlace,
  args: readonly string[],
): Promise<EngineRun> {
  const usage = path.join(folder, "usage");
  writeFileSync(usage, "");
  const [requests, simulatorCpuMs] = [await countRequests(simulator), await cpuMsOf(simulator.child)];
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", timing, "sh", engine, ...args], {
    cwd: folder,
    env,
    maxBuffer: 2 ** 30,
  });
  const ms = performance.now() - started;
  if (status !== 0)
    throw new Error(`${args.join(" ")} ended with ${String(status)}: ${String(stdout)}${String(stderr)}`);
  const lines = readFileSync(usage, "utf8").split("\n");
  // Written by the line above.
  const used = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Usage);
  const providerCpuMs =
    used.reduce((sum, { userCPUTime, systemCPUTime }) => sum + userCPUTime + systemCPUTime, 0) / 1_000;
  return {
    ms,
    engineCpuMs: childrenCpuMs(readFileSync(path.join(folder, "times"), "utf8")) - providerCpuMs,
    providerCpuMs,
    simulatorCpuMs: (await cpuMsOf(simulator.child)) - simulatorCpuMs,
    requests: (await countRequests(simulator)) - requests,
    peakMb: Math.max(0, ...used.map(({ peakMb: mb }) => mb)),
  };
}

async function countRequests({ control }: Simulator): Promise<number> {
  return (await control.readRequests(1)).total;
}

/** What `times` of a shell says of its children: minutes and seconds, of the user and of the system, in the second line. */
function childrenCpuMs(times: string): number {
  const parts = [...(times.split("\n")[1] ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`The shell says: ${times}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1_000, 0);
}
