import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import * as v from "valibot";
import { type Cluster, openCluster, Secret } from "../src/client/index.ts";
import { createProgressRenderer } from "../src/engine/build/progress.ts";
import { renderMirrorConfig, writeCliConfig } from "../src/engine/cli-configuration/cli-config.ts";
import { findEngine } from "../src/engine/find.ts";
import { type Engine, renderEngine } from "../src/engine/identify.ts";
import { type CdktfProgram, interruptCdktf, runCdktf } from "./demo/cdktf.ts";
import { cleanUp, cleanUpAtEnd, say, stop, stopped } from "./demo/narration.ts";
import { installProgram } from "./demo/program-folder.ts";
import { expectNothingLeft, expectReadableNodes, expectRepaired, expectWorkingToken, widenRole } from "./demo/proof.ts";
import { type SimulatedCluster, startSimulatedCluster, stopSimulatedCluster } from "./demo/simulated-cluster.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");
const stack = "service-account";

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-demo-"));
  cleanUpAtEnd(async () => rm(folder, { recursive: true, force: true }));
  say("Building the provider and the command line");
  await run("npx", ["tsx", "tools/build.ts"], { cwd: root });
  const engine = await chooseEngine();
  const cluster = await prepareCluster();
  const program = await prepareProgram(folder, engine, cluster);
  await tellTheStory(program, cluster);
}

async function chooseEngine(): Promise<Engine> {
  const engine = await findEngine({
    modulesFolder: path.join(root, "engine"),
    env: process.env,
    onProgress: createProgressRenderer(process.stderr),
    stop: stopped,
  });
  say(`Planning and applying with ${renderEngine(engine)} (${engine.program})`);
  return engine;
}

async function prepareCluster(): Promise<SimulatedCluster> {
  const cluster = await startSimulatedCluster(path.join(root, "dist/cdktf-qumulo.js"));
  cleanUpAtEnd(async () => stopSimulatedCluster(cluster));
  say(`A simulated Qumulo cluster listens at ${cluster.url}`);
  return cluster;
}

async function prepareProgram(folder: string, engine: Engine, cluster: SimulatedCluster): Promise<CdktfProgram> {
  const mirror = path.join(folder, "mirror");
  await run(process.execPath, [path.join(root, "dist/cdktf-qumulo.js"), "install", "--mirror", mirror]);
  const cliConfig = path.join(folder, "cli.tfrc");
  const sources = ["registry.terraform.io", "registry.opentofu.org"].map((host) => `${host}/cdktf-qumulo/qumulo`);
  await writeCliConfig(cliConfig, renderMirrorConfig({ sources, mirror, others: "nowhere" }));
  say("The provider is installed in a temporary mirror");
  const home = path.join(folder, "home");
  await mkdir(home);
  const programFolder = path.join(folder, stack);
  await installProgram({ root, library: root }, stack, programFolder);
  return {
    folder: programFolder,
    onOutput: (text) => process.stdout.write(text.replace(/^(?=.)/gm, "    ")),
    env: {
      HOME: home,
      TERRAFORM_BINARY_NAME: engine.program,
      TF_CLI_CONFIG_FILE: cliConfig,
      QUMULO_HOST: cluster.host,
      QUMULO_PORT: String(cluster.port),
      QUMULO_USERNAME: cluster.username,
      QUMULO_PASSWORD: cluster.password,
      QUMULO_CA_FILE: cluster.ca_file,
    },
  };
}

async function tellTheStory(program: CdktfProgram, cluster: SimulatedCluster): Promise<void> {
  const admin = await openAs(cluster, {
    kind: "login",
    username: cluster.username,
    password: new Secret(cluster.password),
  });

  say("examples/service-account through the real cdktf command line: the plan, then the deploy");
  await runCdktf(program, ["deploy", "--auto-approve", "--skip-provider-lock"]);

  say("The bearer token is masked above; read from the state, it logs in and may do only what its role allows");
  const bearerToken = await readBearerToken(program);
  const tokenId = await expectWorkingToken(await openAs(cluster, { kind: "bearer-token", bearerToken }));
  await expectReadableNodes(cluster, bearerToken);

  say("A second plan is empty");
  await expectPrinted(program, ["diff", "--skip-provider-lock"], /No changes/);

  say(
    "Someone adds a privilege to the role on the cluster; the next plan shows it, and the deploy takes it away again",
  );
  await widenRole(admin);
  await expectPrinted(program, ["deploy", "--auto-approve", "--skip-provider-lock"], /- "PRIVILEGE_DEBUG"/);
  await expectRepaired(admin);

  say("Destroy leaves nothing");
  await runCdktf(program, ["destroy", "--auto-approve"]);
  await expectNothingLeft(admin, tokenId);
}

async function openAs(
  cluster: SimulatedCluster,
  credentials: NonNullable<Parameters<typeof openCluster>[0]["credentials"]>,
): Promise<Cluster> {
  const authorities = await readFile(cluster.ca_file, "utf8");
  const opened = openCluster({
    host: cluster.host,
    port: cluster.port,
    credentials,
    trust: { kind: "authorities", authoritiesPem: authorities },
  });
  cleanUpAtEnd(async () => opened.close());
  return opened;
}

async function expectPrinted(program: CdktfProgram, args: readonly string[], expected: RegExp): Promise<void> {
  const printed = await runCdktf(program, args);
  if (!expected.test(printed)) throw new Error(`cdktf ${args.join(" ")} did not print ${String(expected)}.`);
}

const stateSchema = v.object({ outputs: v.object({ bearer_token: v.object({ value: v.string() }) }) });

async function readBearerToken(program: CdktfProgram): Promise<Secret> {
  const file = path.join(program.folder, `terraform.${stack}.tfstate`);
  const state = v.parse(stateSchema, JSON.parse(await readFile(file, "utf8")));
  return new Secret(state.outputs.bearer_token.value);
}

function interrupt(): void {
  stop();
  interruptCdktf();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function end(error?: unknown): Promise<void> {
  await cleanUp();
  if (stopped.aborted) {
    process.stderr.write("\nInterrupted; everything is cleaned up.\n");
    process.exitCode = 130;
  } else if (error === undefined) {
    say("Done: nothing is left, on the cluster or here");
  } else {
    process.stderr.write(`\n${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
void main().then(async () => end(), end);
