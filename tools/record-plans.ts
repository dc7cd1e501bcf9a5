import { execFileSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openCluster } from "../src/client/index.ts";
import { findCachedEngine } from "../src/engine/build/build.ts";
import { type EnginePin, pinnedOpenTofu, terraform1164, terraform157 } from "../src/engine/build/pins.ts";
import {
  renderMirrorConfig,
  renderOverrideConfig,
  writeCliConfig,
} from "../src/engine/cli-configuration/cli-config.ts";
import { findNewerTerraform } from "../src/engine/find.ts";
import { type Engine, renderEngine } from "../src/engine/identify.ts";
import { type EngineFolder, readShow, runApply, runEngine, runInit, runPlan } from "../src/engine/run.ts";
import { type Simulator, startSimulator } from "../src/simulator/index.ts";
import { Secret } from "../src/vocabulary/secret.ts";
import { combinationEdits, edit, edits, type Edits, releaseEdits } from "./plans/edits.ts";

const root = path.resolve(import.meta.dirname, "..");
const target = path.join(root, "test/audit/plans");
const password = "Canary-Administrator-1";
const sources = ["registry.terraform.io/cdktf-qumulo/qumulo", "registry.opentofu.org/cdktf-qumulo/qumulo"];
const header = `terraform {\n  required_providers {\n    qumulo = { source = "cdktf-qumulo/qumulo" }\n  }\n}\n\n`;

/** What engines before 1.7 do not know. */
const withoutRemoved = ([, after]: Edits[number]): boolean => !after.startsWith("removed");

interface Ground extends EngineFolder {
  readonly clusters: readonly [Simulator, Simulator];
}

/**
 * Records plans of real engines against simulated clusters, for tests that need no engine. Needs a build. With
 * `combinations` on the command line, it records only those of the rarer actions, with `clusters` only those of several
 * clusters, with `fleet` only those of several plans, with `names` only those of data sources, with `unknown` only those in which
 * much is decided during apply, and with `actions` only those with actions.
 */
async function main(): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-record-"));
  try {
    const mirror = path.join(scratch, "mirror");
    execFileSync(process.execPath, [path.join(root, "dist/cdktf-qumulo.js"), "install", "--mirror", mirror]);
    const cliConfigFile = path.join(scratch, "cli.tfrc");
    await writeCliConfig(cliConfigFile, renderMirrorConfig({ sources, mirror, others: "nowhere" }));
    await mkdir(target, { recursive: true });
    if (process.argv.includes("names")) {
      await recordNames(scratch, cliConfigFile);
      return;
    }
    if (process.argv.includes("fleet")) {
      await recordFleet(scratch, cliConfigFile);
      return;
    }
    if (!process.argv.includes("unknown")) await recordActions(scratch, cliConfigFile);
    if (process.argv.includes("actions")) return;
    await recordUnknown(scratch, cliConfigFile);
    if (process.argv.includes("unknown")) return;
    await recordClusters(scratch, cliConfigFile);
    if (process.argv.includes("clusters")) return;
    await recordFleet(scratch, cliConfigFile);
    await recordNames(scratch, cliConfigFile);
    await recordCombinations(scratch, cliConfigFile);
    if (process.argv.includes("combinations")) return;
    for (const pin of [pinnedOpenTofu, terraform157]) {
      const engine = await getCachedEngine(pin);
      if (pin === pinnedOpenTofu) await recordLater(scratch, engine);
      await recordEngine({ engine, folder: path.join(scratch, engine.name), cliConfigFile }, recordIn);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function getCachedEngine(pin: EnginePin): Promise<Engine> {
  const engine = await findCachedEngine(pin, process.env);
  if (engine === undefined) throw new Error(`${renderEngine(pin)} is not in the cache: run the acceptance tests once.`);
  return engine;
}

/** Actions that a change starts, and such that a flag of the plan does. */
async function recordActions(scratch: string, cliConfigFile: string): Promise<void> {
  const engine = await getCachedEngine(terraform1164);
  await recordEngine({ engine, folder: path.join(scratch, "terraform-actions"), cliConfigFile }, async (ground) => {
    const hcl = header + (await readFile(path.join(root, "tools/plans/actions.tf"), "utf8"));
    await write(ground, hcl);
    await runInit(ground);
    await record(ground, "action-triggers");
    await runApply(ground);
    await write(ground, edit(hcl, [[`rotate_before_expiry = "14d"`, `rotate_when_changed = { by = "one" }`]]));
    await runApply(ground);
    await write(ground, edit(hcl, [[`rotate_before_expiry = "14d"`, `rotate_when_changed = { by = "two" }`]]));
    await record(ground, "action-rotation");
    await runApply(ground);
    await record(ground, "action-revocation", ["-invoke=action.qumulo_revoke_access_tokens.leak"]);
    await record(ground, "action-disabling", ["-invoke=action.qumulo_disable_access_token.suspect"]);
  });
}

/** OpenTofu, and the newer Terraform that is on the PATH. */
async function newEngines(): Promise<readonly Engine[]> {
  const engines = [
    await findCachedEngine(pinnedOpenTofu, process.env),
    await findNewerTerraform(terraform157.version, process.env),
  ];
  return engines.map((engine) => {
    if (engine === undefined) throw new Error("OpenTofu must be in the cache, and a newer Terraform on the PATH.");
    return engine;
  });
}

/** Aliases that lead to one cluster, or may do so; and with OpenTofu, instances of which each leads to another one. */
async function recordClusters(scratch: string, cliConfigFile: string): Promise<void> {
  for (const engine of await newEngines()) {
    const folder = path.join(scratch, `${engine.name}-clusters`);
    await recordEngine({ engine, folder, cliConfigFile }, async (ground) => {
      await write(ground, header + (await readFile(path.join(root, "tools/plans/aliases.tf"), "utf8")));
      await runInit(ground);
      await record(ground, "aliases");
    });
    if (engine.name !== "opentofu") continue;
    await recordEngine({ engine, folder: `${folder}-instances`, cliConfigFile }, async (ground) => {
      await write(ground, header + (await readFile(path.join(root, "tools/plans/instances.tf"), "utf8")));
      const [eu, us] = ground.clusters.map(({ port }) => ({ port }));
      const one = { ...ground, extra: { ...ground.extra, TF_VAR_clusters: JSON.stringify({ eu }) } };
      await runInit(one);
      await runApply(one);
      await record({ ...ground, extra: { ...ground.extra, TF_VAR_clusters: JSON.stringify({ eu, us }) } }, "instances");
    });
  }
}

/** Two plans that are harmless each by itself and not together on one cluster, one of another cluster, and a state of both. */
async function recordFleet(scratch: string, cliConfigFile: string): Promise<void> {
  const read = async (name: string): Promise<string> => readFile(path.join(root, "tools/plans", name), "utf8");
  const [rights, accounts, both] = await Promise.all(
    ["fleet-rights.tf", "fleet-accounts.tf", "two-clusters.tf"].map(read),
  );
  for (const engine of await newEngines()) {
    const folder = path.join(scratch, `${engine.name}-fleet`);
    await recordEngine({ engine, folder, cliConfigFile }, async (ground) => {
      const [east, west] = ground.clusters.map(({ port }) => header + String(rights).replace("= 0", `= ${port}`));
      const [provider = ""] = String(east).split('resource "qumulo_role"');
      const token = `\nresource "qumulo_access_token" "svc" {\n  user       = "local:svc"\n  expires_in = "30d"\n}\n`;
      const steps: readonly (readonly [string, string, string])[] = [
        ["rights", String(east), String(east).replace("QUOTA_READ", "ROLE_WRITE")],
        ["accounts", provider + String(accounts), provider + String(accounts) + token],
      ];
      for (const [name, before, after] of steps) {
        const own = { ...ground, folder: path.join(folder, name) };
        await mkdir(own.folder);
        await write(own, before);
        await runInit(own);
        await runApply(own);
        await write(own, after);
      }
      for (const [name] of steps) await record({ ...ground, folder: path.join(folder, name) }, `fleet-${name}`);
      await write(ground, String(west) + String(accounts));
      await runInit(ground);
      await record(ground, "fleet-west");
      const own = { ...ground, folder: path.join(folder, "both") };
      await mkdir(own.folder);
      await write(
        own,
        header + String(both).replaceAll('"svc"', '"svc-both"').replaceAll('"keepers"', '"keepers-both"'),
      );
      await runInit(own);
      await runApply(own);
      await save(own, "two-clusters-state", await readShow(own));
    });
  }
}

/** What data sources tell of accounts that another configuration manages. */
async function recordNames(scratch: string, cliConfigFile: string): Promise<void> {
  const [before, after] = await Promise.all(
    ["names-before.tf", "names.tf"].map(async (name) => readFile(path.join(root, "tools/plans", name), "utf8")),
  );
  for (const engine of await newEngines()) {
    const folder = path.join(scratch, `${engine.name}-names`);
    await recordEngine({ engine, folder, cliConfigFile }, async (ground) => {
      const other = { ...ground, folder: path.join(folder, "before") };
      await mkdir(other.folder);
      await write(other, header + String(before));
      await runInit(other);
      await runApply(other);
      await write(ground, header + String(after));
      await runInit(ground);
      await record(ground, "names");
    });
  }
}

/** What is decided during apply, and what a run opens for itself. */
async function recordUnknown(scratch: string, cliConfigFile: string): Promise<void> {
  for (const engine of await newEngines()) {
    const folder = path.join(scratch, `${engine.name}-unknown`);
    await recordEngine({ engine, folder, cliConfigFile }, async (ground) => {
      const [unknown, ephemeral] = await Promise.all(
        ["unknown.tf", "ephemeral.tf"].map(async (name) => readFile(path.join(root, "tools/plans", name), "utf8")),
      );
      await write(ground, header + String(unknown) + String(ephemeral));
      await runInit(ground);
      await record(ground, "unknown");
    });
  }
}

async function recordCombinations(scratch: string, cliConfigFile: string): Promise<void> {
  for (const engine of await newEngines()) {
    const folder = path.join(scratch, `${engine.name}-combinations`);
    await recordEngine({ engine, folder, cliConfigFile }, async (ground) => {
      const hcl = header + (await readFile(path.join(root, "tools/plans/combinations.tf"), "utf8"));
      await write(ground, hcl);
      await runInit(ground);
      await runApply(ground);
      const all = engine.name === "opentofu" ? [...combinationEdits, ...releaseEdits] : combinationEdits;
      await write(ground, edit(hcl, all));
      await record(ground, "combinations");
      // OpenTofu does not say whether a plan is complete.
      if (engine.name === "terraform") await record(ground, "incomplete", ["-target=qumulo_role.watching"]);
    });
  }
}

/** With a later version of the provider, which has a type of resource that the audit does not know. */
async function recordLater(scratch: string, engine: Engine): Promise<void> {
  const folder = path.join(scratch, "later");
  const cliConfigFile = path.join(scratch, "later.tfrc");
  await mkdir(path.join(folder, "bin"), { recursive: true });
  const program = path.join(folder, "bin", "terraform-provider-qumulo");
  const source = path.join(root, "tools/plans/later-provider.ts");
  await writeFile(program, `#!/bin/sh\ncd "${root}" && exec "${process.execPath}" --import tsx "${source}"\n`);
  await chmod(program, 0o755);
  await writeCliConfig(cliConfigFile, renderOverrideConfig({ sources, folder: path.dirname(program) }));
  await recordEngine({ engine, folder, cliConfigFile }, async (ground) => {
    await write(ground, header + (await readFile(path.join(root, "tools/plans/later.tf"), "utf8")));
    await record(ground, "later");
  });
}

async function recordEngine(
  { engine, folder, cliConfigFile }: Pick<Ground, "engine" | "folder" | "cliConfigFile">,
  recordPlans: (ground: Ground) => Promise<void>,
): Promise<void> {
  const clock = { now: () => new Date("2026-03-02T08:00:00Z") };
  const start = async (): Promise<Simulator> => startSimulator({ clock, adminPassword: new Secret(password) });
  const clusters = [await start(), await start()] as const;
  const [first, second] = clusters;
  const caFile = path.join(folder, "ca.pem");
  await cp(path.join(root, "tools/plans/account.tf"), path.join(folder, "account/main.tf"));
  await writeFile(caFile, first.certificatePem);
  const extra = {
    QUMULO_HOST: first.host,
    QUMULO_PORT: String(first.port),
    QUMULO_USERNAME: first.username,
    QUMULO_PASSWORD: password,
    QUMULO_CA_FILE: caFile,
    TF_VAR_first_port: String(first.port),
    TF_VAR_second_port: String(second.port),
    TF_VAR_second_password: password,
  };
  try {
    await recordPlans({ engine, folder, cliConfigFile, extra, clusters });
  } finally {
    for (const cluster of clusters) await cluster.close();
  }
}

async function recordIn(ground: Ground): Promise<void> {
  const { engine } = ground;
  const hcl = header + (await readFile(path.join(root, "tools/plans/before.tf"), "utf8"));
  await write(ground, hcl);
  await runInit(ground);
  await record(ground, "creation");
  await runApply(ground, { plan: "saved" });
  await save(ground, "state", await readShow(ground));
  await changeOutside(ground);
  await record(ground, "refresh-only", ["-refresh-only"]);
  if (engine.name === "opentofu") await recordPartly(ground);
  const isOld = engine.name === "terraform";
  await write(ground, edit(hcl, isOld ? edits.filter(withoutRemoved) : edits));
  await record(ground, "changes");
  if (isOld) return;
  await recordDeposed(ground, hcl);
}

async function recordPartly(ground: Ground): Promise<void> {
  const token = `module.account["metrics"].qumulo_access_token.this`;
  await record(ground, "targeted", ["-target=module.account", `-replace=${token}`]);
  await record(ground, "destruction", ["-destroy"]);
}

/** Makes drift, and an account to import. */
async function changeOutside({ clusters: [first] }: Ground): Promise<void> {
  const cluster = openCluster({
    host: first.host,
    port: first.port,
    credentials: { kind: "login", username: first.username, password: new Secret(password) },
    trust: { kind: "authorities", authoritiesPem: first.certificatePem },
  });
  const privileges = ["PRIVILEGE_METRICS_READ", "PRIVILEGE_AUDIT_WRITE"];
  await cluster.roles.update("svc-metrics-role", { privileges }, undefined);
  const stranger = { name: "stranger", primaryGroup: "513", uid: undefined, homeDirectory: undefined };
  await cluster.localUsers.create({ ...stranger, password: new Secret("Canary-Password-2") });
  await cluster.close();
}

/** A replacement whose old half could not be deleted leaves a deposed object; a plan that then fails is kept as errored. */
async function recordDeposed(ground: Ground, hcl: string): Promise<void> {
  const name = `"svc-leaver-token"`;
  const lifecycle = `\n  lifecycle {\n    create_before_destroy = true\n  }\n  rotate_when_changed = { keeper = ${name} }\n`;
  const replaced = edit(hcl, [
    [`resource "qumulo_access_token" "replaced" {\n`, `resource "qumulo_access_token" "replaced" {${lifecycle}`],
  ]);
  await write(ground, replaced);
  await runApply(ground);
  ground.clusters[0].failNext({
    method: "DELETE",
    path: /access-tokens/,
    with: { kind: "status", status: 500 },
    times: 20,
  });
  await runEngine(ground, ["apply", "-no-color", "-auto-approve", "-replace=qumulo_access_token.replaced"]);
  ground.clusters[0].clearFaults();
  await record(ground, "deposed");
  const past = `resource "qumulo_access_token" "late" {\n  user            = "local:operator"\n  expiration_time = "2020-01-01T00:00:00Z"\n}\n`;
  await write(ground, replaced + past);
  await runEngine(ground, ["plan", "-no-color", "-out=saved"]);
  await save(ground, "errored", await readShow(ground, "saved"));
}

async function write({ folder }: Ground, hcl: string): Promise<void> {
  await writeFile(path.join(folder, "main.tf"), hcl);
}

async function record(ground: Ground, name: string, args: readonly string[] = []): Promise<void> {
  await runPlan(ground, { out: "saved", args });
  await save(ground, name, await readShow(ground, "saved"));
}

async function save({ engine, clusters }: Ground, name: string, shown: unknown): Promise<void> {
  let text = JSON.stringify(shown);
  for (const [index, { port }] of clusters.entries()) text = text.replaceAll(String(port), String(8001 + index));
  // No bearer token of a recording opens anything, but scanners cannot know that.
  const file = `${engine.name}-${name}.json`;
  await writeFile(path.join(target, file), `${JSON.stringify(JSON.parse(text), undefined, 1)}\n`);
  process.stdout.write(`${file}\n`);
}

await main();
