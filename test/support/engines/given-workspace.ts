import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect } from "@jest/globals";
import { type EngineAbility, isAble } from "../../../src/engine/abilities.ts";
import type { ProgramResult } from "../../../src/engine/errors.ts";
import { type Engine, renderEngine } from "../../../src/engine/identify.ts";
import { engineEnvironment } from "../../../src/engine/environment.ts";
import type { Environment } from "../../../src/engine/program.ts";
import { type EngineFolder, runEngine } from "../../../src/engine/run.ts";
import { runsOn } from "./engines-of-files.ts";
import { getAcceptanceGround } from "./acceptance-ground.ts";
import { complaintsIn, expectNoComplaints, listening } from "./engine-complaints.ts";
import { givenAttachedProvider } from "../provider/attached-provider.ts";
import { type GivenCluster, type GivenOptions, givenCluster } from "../simulator/given-cluster.ts";
import { mirrorConfig, providersIn, requiredProviders } from "./workspace-files.ts";

/** An engine, and how it comes to the provider. */
export interface TestedEngine extends Engine {
  /**
   * Attaches to one process of the provider for the whole test, for tests of which its start is not the point: it is
   * most of what a run costs.
   *
   * @default false: every run starts the processes that it needs
   */
  readonly attaches?: boolean;
}

/** A plan, with what the engine printed and what it says in JSON. */
export interface ShownPlan extends ProgramResult {
  readonly hasChanges: boolean;
}

/** A folder with a configuration, an engine that works in it, and a cluster of its own that it manages. */
export interface Workspace {
  readonly engine: Engine;
  readonly cluster: GivenCluster;
  readonly folder: string;
  /** How the engine works in the folder, for runs that are watched or stopped. */
  readonly place: EngineFolder & { readonly cliConfigFile: string };
  /** Replaces main.tf. */
  write(hcl: string): Promise<void>;
  /** Runs any command of the engine, whatever its outcome. */
  run(...args: readonly string[]): Promise<ProgramResult>;
  /** Runs with further environment variables, or without some. One of the provider's own takes a process of its own. */
  runWith(extra: Environment, ...args: readonly string[]): Promise<ProgramResult>;
  /** Applies; a failure fails the test with the engine's words. */
  apply(...args: readonly string[]): Promise<ProgramResult>;
  /** Plans; a failure fails the test. */
  plan(...args: readonly string[]): Promise<ShownPlan>;
  /** Destroys; a failure fails the test. */
  destroy(): Promise<ProgramResult>;
  /** Attribute values of one object in state. */
  state(address: string): Promise<Readonly<Record<string, unknown>>>;
  /** Value of an output. */
  output(name: string): Promise<unknown>;
  /** What the engine warns of in its own log. A run that asks for another log leaves nothing here. */
  readonly logFile: string;
  /** The state file's text. */
  stateText(): Promise<string>;
}

const attachVariable = "TF_REATTACH_PROVIDERS";
const folders: string[] = [];

afterEach(async () => {
  const ended = folders.splice(0);
  try {
    for (const folder of ended) await expectNoComplaints(logFileOf(folder));
  } finally {
    for (const folder of ended) {
      for (const place of [folder, logFileOf(folder)]) await rm(place, { recursive: true, force: true });
    }
  }
});

/** Beside the folder, which tests look into. */
function logFileOf(folder: string): string {
  return `${folder}.log`;
}

/** Declares the same tests for every engine, attached to the provider: those of which its processes are not the point. */
export function onEveryEngineAttached(declare: (engine: TestedEngine) => void): void {
  declareOn(enginesOfThisFile().map(attaching), declare);
}

/** Declares the same tests for every engine, which starts the provider by itself: as a practitioner's does. */
export function onEveryEngine(declare: (engine: TestedEngine) => void): void {
  declareOn(enginesOfThisFile(), declare);
}

/** Declares the same tests for every engine that has something, attached to the provider. */
export function onEnginesWith(ability: EngineAbility, declare: (engine: TestedEngine) => void): void {
  declareOn(
    enginesOfThisFile()
      .filter((engine) => isAble(engine, ability))
      .map(attaching),
    declare,
  );
}

/** Declares tests on OpenTofu alone, attached to the provider: those of which the engine is not the point. */
export function onOpenTofu(declare: (engine: TestedEngine) => void): void {
  const engines = getAcceptanceGround().engines.filter(({ name }) => name === "opentofu");
  declareOn(engines.map(attaching), declare);
}

/** Every engine, but for those that the file whose tests are declared leaves out. */
function enginesOfThisFile(): readonly Engine[] {
  const file = path.basename(expect.getState().testPath ?? "");
  return getAcceptanceGround().engines.filter((engine) => runsOn(file, engine));
}

function attaching(engine: Engine): TestedEngine {
  return { ...engine, attaches: true };
}

function declareOn(engines: readonly TestedEngine[], declare: (engine: TestedEngine) => void): void {
  if (engines.length === 0) throw new Error("There is no engine to test on.");
  for (const engine of engines) {
    describe(`on ${renderEngine(engine)}`, () => {
      declare(engine);
    });
  }
}

/** Prepares a folder with this configuration, a cluster, and the provider installed from the mirror. */
export async function givenWorkspace(
  engine: TestedEngine,
  hcl: string,
  options: GivenOptions = {},
): Promise<Workspace> {
  const workspace = await givenFolder(engine, hcl, options);
  const initialized = getAcceptanceGround().initialized[engine.program];
  if (initialized === undefined) throw new Error(`${engine.program} was not initialized by the set-up`);
  for (const name of [".terraform", ".terraform.lock.hcl"]) {
    const copied = path.join(workspace.folder, name);
    await cp(path.join(initialized, name), copied, { recursive: true, verbatimSymlinks: true });
  }
  return workspace;
}

/** Prepares a folder with this configuration and a cluster; no provider is installed in it. */
export async function givenFolder(engine: TestedEngine, hcl: string, options: GivenOptions = {}): Promise<Workspace> {
  const cluster = await givenCluster(options);
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-workspace-"));
  folders.push(folder);
  const place = await attached(engine, await prepareFolder(engine, cluster, folder));
  const workspace = workspaceIn(place, cluster);
  await workspace.write(hcl);
  return workspace;
}

async function prepareFolder(engine: Engine, cluster: GivenCluster, folder: string): Promise<Workspace["place"]> {
  const { mirror } = getAcceptanceGround();
  const { simulator } = cluster;
  const cliConfigFile = path.join(folder, "cli.tfrc");
  await writeFile(cliConfigFile, mirrorConfig(mirror));
  await mkdir(path.join(folder, "trust"));
  const caFile = path.join(folder, "trust", "cluster.pem");
  await writeFile(caFile, simulator.certificatePem);
  return {
    engine,
    folder,
    cliConfigFile,
    extra: {
      QUMULO_HOST: simulator.host,
      QUMULO_PORT: String(simulator.port),
      QUMULO_USERNAME: simulator.username,
      QUMULO_PASSWORD: simulator.adminPassword.reveal(),
      QUMULO_CA_FILE: caFile,
      HOME: folder,
      ...listening(logFileOf(folder)),
    },
  };
}

async function attached(engine: TestedEngine, place: Workspace["place"]): Promise<Workspace["place"]> {
  if (engine.attaches !== true) return place;
  const { attach } = await givenAttachedProvider(engineEnvironment({ ...place, env: process.env }));
  return { ...place, extra: { ...place.extra, [attachVariable]: attach } };
}

function workspaceIn(place: Workspace["place"], cluster: GivenCluster): Workspace {
  const { engine, folder } = place;
  const run = async (...args: readonly string[]): Promise<ProgramResult> => heard(await runEngine(place, args));
  const showState = async (): Promise<ShownState> => {
    const { stdout } = succeed(await run("show", "-json"));
    // The engine's own documented format; a test that reads something else from it fails.
    return JSON.parse(stdout) as ShownState;
  };
  return {
    engine,
    cluster,
    folder,
    place,
    logFile: logFileOf(folder),
    run,
    write: async (hcl) => writeFile(path.join(folder, "main.tf"), requiredProviders(providersIn(hcl)) + hcl),
    runWith: async (extra, ...args) =>
      heard(await runEngine({ ...place, extra: { ...place.extra, ...forProcess(extra) } }, args)),
    apply: async (...args) => succeed(await run("apply", "-no-color", "-auto-approve", ...args)),
    async plan(...args) {
      const result = succeed(await run("plan", "-no-color", "-detailed-exitcode", ...args), [0, 2]);
      return { ...result, hasChanges: result.exitCode === 2 };
    },
    destroy: async () => succeed(await run("destroy", "-no-color", "-auto-approve")),
    async state(address) {
      const resources = (await showState()).values?.root_module?.resources ?? [];
      const found = resources.find((resource) => resource.address === address);
      if (found === undefined) throw new Error(`${address} is not in state`);
      return found.values;
    },
    output: async (name) => (await showState()).values?.outputs?.[name]?.value,
    stateText: async () => readFile(path.join(folder, "terraform.tfstate"), "utf8"),
  };
}

/** A process that is attached to has an environment of its own: what is meant for the provider takes another one. */
function forProcess(extra: Environment): Environment {
  const names = Object.keys(extra);
  const isForProvider = names.some((name) => /^(QUMULO_|TF_LOG|TMPDIR)/.test(name));
  // Who asks for a log reads it.
  const log = names.includes("TF_LOG") ? { TF_LOG_CORE: undefined, TF_LOG_PATH: undefined } : {};
  return { ...(isForProvider ? { [attachVariable]: undefined } : {}), ...log, ...extra };
}

interface ShownState {
  readonly values?: {
    readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
    readonly root_module?: {
      readonly resources?: readonly { readonly address: string; readonly values: Readonly<Record<string, unknown>> }[];
    };
  };
}

/** @throws {Error} when the engine has found fault with an answer of the provider, whatever the test expects */
function heard(result: ProgramResult): ProgramResult {
  const complaints = complaintsIn(`${result.stdout}\n${result.stderr}`);
  if (complaints.length > 0) throw new Error(`The engine complains about the provider:\n${result.stderr}`);
  return result;
}

function succeed(result: ProgramResult, accepted: readonly number[] = [0]): ProgramResult {
  if (result.exitCode !== undefined && accepted.includes(result.exitCode)) return result;
  throw new Error(`The engine ended with ${String(result.exitCode)}:\n${result.stdout}\n${result.stderr}`);
}

/** What an engine printed, both streams, with line breaks and frames of diagnostics made plain, so that sentences can be found. */
export function printed(result: ProgramResult): string {
  return `${result.stdout}\n${result.stderr}`
    .replace(/^[│╷╵|]\s?/gm, "")
    .replace(/\s+/g, " ")
    .trim();
}
