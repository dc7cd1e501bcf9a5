/**
 * Records the state that a version of the provider leaves, what `show -json` says of it, and the simulated cluster that it
 * belongs to, beside the configuration in a folder of `test/acceptance/states`. Takes the folder's name, and the `dist`
 * folder of that version, this clone's if there is none. Later versions are tested on what it writes: run it once, when the
 * version is released.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { format } from "prettier";
import { findCachedEngine } from "../src/engine/build/build.ts";
import { pinnedOpenTofu } from "../src/engine/build/pins.ts";
import { renderOverrideConfig, writeCliConfig } from "../src/engine/cli-configuration/cli-config.ts";
import type { Environment } from "../src/engine/program.ts";
import { readShow, runApply, runEngine } from "../src/engine/run.ts";
import { type Simulator, startSimulator } from "../src/simulator/index.ts";

const root = path.resolve(import.meta.dirname, "..");
const states = path.join(root, "test/acceptance/states");
const header = `terraform {\n  required_providers {\n    qumulo = { source = "cdktf-qumulo/qumulo" }\n  }\n}\n\n`;
/** Where the tests of these states start their clusters' clocks. */
const clock = { now: () => new Date("2026-03-02T08:00:00Z") };

async function main([name, dist = path.join(root, "dist")]: readonly string[]): Promise<void> {
  if (name === undefined) throw new Error(`Say which folder of ${states} to write into.`);
  const folder = path.join(states, name);
  const scratch = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-record-"));
  const simulator = await startSimulator({ clock });
  try {
    await writeFile(path.join(scratch, "main.tf"), header + (await readFile(path.join(folder, "main.tf"), "utf8")));
    const shown = await applyAll({ scratch, dist: path.resolve(dist), simulator });
    const state: unknown = JSON.parse(await readFile(path.join(scratch, "terraform.tfstate"), "utf8"));
    await writeJson(path.join(folder, "state.json"), state);
    await writeJson(path.join(folder, "show.json"), shown);
    await writeJson(path.join(folder, "cluster.json"), simulator.exportSeed());
  } finally {
    await simulator.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function writeJson(file: string, content: unknown): Promise<void> {
  await writeFile(file, await format(JSON.stringify(content), { parser: "json", printWidth: 120 }));
}

interface Recording {
  readonly scratch: string;
  readonly dist: string;
  readonly simulator: Simulator;
}

/** Applies twice, the second time with another value of what a configuration rotates by, and shows the state. */
async function applyAll({ scratch, dist, simulator }: Recording): Promise<unknown> {
  const engine = await findCachedEngine(pinnedOpenTofu, process.env);
  if (engine === undefined) throw new Error("OpenTofu is not in the cache: run the acceptance tests once.");
  const cliConfigFile = path.join(scratch, "cli.tfrc");
  await writeCliConfig(
    cliConfigFile,
    renderOverrideConfig({ sources: ["registry.opentofu.org/cdktf-qumulo/qumulo"], folder: dist }),
  );
  const caFile = path.join(scratch, "ca.pem");
  await writeFile(caFile, simulator.certificatePem);
  const extra: Environment = {
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_USERNAME: simulator.username,
    QUMULO_PASSWORD: simulator.adminPassword.reveal(),
    QUMULO_CA_FILE: caFile,
  };
  const place = { engine, folder: scratch, cliConfigFile, extra };
  await runApply({ ...place, extra: { ...extra, TF_VAR_keeper: "first" } });
  await runApply(place);
  const { exitCode, stdout } = await runEngine(place, ["plan", "-no-color", "-detailed-exitcode"]);
  if (exitCode !== 0) throw new Error(`What was applied is not what is configured:\n${stdout}`);
  return readShow(place);
}

await main(process.argv.slice(2));
