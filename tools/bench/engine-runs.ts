import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Listening } from "./bench-cluster.ts";

/** What one run of an engine has used. */
export interface EngineRun {
  readonly ms: number;
  /** User and system time of all processes of the provider together. */
  readonly providerCpuMs: number;
  /** Of the largest process of the provider. */
  readonly peakMb: number;
}

/** A folder with a configuration, and how an engine works in it. */
export interface BenchPlace {
  readonly engine: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

const usageVariable = "BENCH_USAGE";
/** Writes what a process of the provider has used when it ends. */
const telling = `process.on("exit", () => require("node:fs").appendFileSync(
  process.env.${usageVariable}, JSON.stringify(process.resourceUsage()) + "\\n"));`;

/** Objects of four types, a quarter each: users, roles, memberships and access tokens. */
export function qumuloObjects(count: number): string {
  const each = Math.floor(count / 4);
  return `
terraform {
  required_providers {
    qumulo = { source = "cdktf-qumulo/qumulo" }
  }
}
resource "qumulo_local_user" "all" {
  count = ${each}
  name  = "svc-\${count.index}"
}
resource "qumulo_role" "all" {
  count       = ${each}
  name        = "role-\${count.index}"
  description = "Reads quotas"
  privileges  = ["PRIVILEGE_QUOTA_READ"]
}
resource "qumulo_role_member" "all" {
  count     = ${each}
  role_name = qumulo_role.all[count.index].name
  auth_id   = qumulo_local_user.all[count.index].id
}
resource "qumulo_access_token" "all" {
  count      = ${each}
  user       = "auth_id:\${qumulo_local_user.all[count.index].id}"
  expires_in = "90d"
}
`;
}

/** As many objects of the engine's own, which need no provider: what no provider goes below. */
export function engineObjects(count: number): string {
  return `
resource "terraform_data" "all" {
  count = ${count}
  input = { name = "svc-\${count.index}", id = count.index }
}
`;
}

/** Prepares a folder, in which the engine takes the provider from another one. */
export function preparePlace(
  folder: string,
  hcl: string,
  { engine, provider, line }: { readonly engine: string; readonly provider: string; readonly line: Listening },
): BenchPlace {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "main.tf"), hcl);
  const [cli, tell] = [path.join(folder, "cli.tfrc"), path.join(folder, "tell.cjs")];
  writeFileSync(
    cli,
    `provider_installation {\n  dev_overrides {\n    "cdktf-qumulo/qumulo" = "${provider}"\n  }\n  direct {}\n}\n`,
  );
  writeFileSync(tell, telling);
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
  return { engine, folder, env };
}

/** Runs the engine in a folder. */
export function runIn({ engine, folder, env }: BenchPlace, args: readonly string[]): EngineRun {
  const usage = path.join(folder, "usage");
  writeFileSync(usage, "");
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(engine, args, { cwd: folder, env, maxBuffer: 2 ** 30 });
  const ms = performance.now() - started;
  if (status !== 0)
    throw new Error(`${args.join(" ")} ended with ${String(status)}: ${String(stdout)}${String(stderr)}`);
  const lines = readFileSync(usage, "utf8").split("\n");
  // Written by the line above.
  const used = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as NodeJS.ResourceUsage);
  return {
    ms,
    providerCpuMs: used.reduce((sum, { userCPUTime, systemCPUTime }) => sum + userCPUTime + systemCPUTime, 0) / 1_000,
    peakMb: Math.max(0, ...used.map(({ maxRSS }) => maxRSS / 1_024)),
  };
}
