import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { buildEngine, type BuildOptions } from "../../../src/engine/build/build.ts";
import { pinnedOpenTofu, terraform1164, terraform157 } from "../../../src/engine/build/pins.ts";
import { createProgressRenderer } from "../../../src/engine/build/progress.ts";
import { writeCliConfig } from "../../../src/engine/cli-configuration/cli-config.ts";
import { findNewerTerraform } from "../../../src/engine/find.ts";
import { runInit } from "../../../src/engine/run.ts";
import { libraryPeers, linkPackages } from "../../../tools/demo/program-folder.ts";
import { installTarball, packPackage } from "../../../tools/release/npm-package.ts";
import { addTimeProvider } from "../provider/others/time-provider.ts";
import { acceptanceVariable, type AcceptanceGround } from "./acceptance-ground.ts";
import { mirrorConfig, requiredProviders } from "./workspace-files.ts";

const run = promisify(execFile);

/**
 * Prepares what every acceptance test needs, once: the installed package, the engines, and a mirror with the provider,
 * the stand-ins for the providers `null` and `vault`, and the provider `time`. What cannot be had fails the run.
 */
export default async function setUp(): Promise<void> {
  const root = path.resolve(__dirname, "../../..");
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-acceptance-"));
  await run("npx", ["tsx", "tools/build.ts"], { cwd: root });
  const library = await installLibrary(root, folder);
  const mirror = path.join(folder, "mirror");
  await run(process.execPath, [path.join(library, "dist/cdktf-qumulo.js"), "install", "--mirror", mirror]);
  await addStandIn(root, mirror, { name: "null", version: "3.2.4" });
  await addStandIn(root, mirror, { name: "vault", version: "5.11.0" });
  const building = {
    modulesFolder: path.join(root, "engine"),
    env: process.env,
    onProgress: createProgressRenderer(process.stderr),
  };
  const engines = await prepareEngines(building);
  await addTimeProvider(mirror, building);
  const initialized = await initializeFolders(engines, { folder, mirror });
  const ground: AcceptanceGround = { root, library, folder, mirror, initialized, engines };
  process.env[acceptanceVariable] = JSON.stringify(ground);
}

/** Packs what is built, and installs it as npm does. What programs bring along for it are links. */
async function installLibrary(root: string, folder: string): Promise<string> {
  const place = path.join(folder, "package");
  await installTarball(path.join(folder, await packPackage(root, folder)), place);
  const packages = path.join(place, "node_modules");
  await linkPackages(root, packages, libraryPeers);
  return path.join(packages, "cdktf-qumulo");
}

async function prepareEngines(options: BuildOptions): Promise<AcceptanceGround["engines"]> {
  const tofu = await buildEngine(pinnedOpenTofu, options);
  const oldest = await buildEngine(terraform157, options);
  const newest = await buildEngine(terraform1164, options);
  const installed = await findNewerTerraform(terraform157.version, process.env);
  const isAnother = installed !== undefined && installed.version !== newest.version;
  return [tofu, oldest, ...(isAnother ? [installed] : []), newest];
}

async function initializeFolders(
  engines: AcceptanceGround["engines"],
  { folder, mirror }: Pick<AcceptanceGround, "folder" | "mirror">,
): Promise<AcceptanceGround["initialized"]> {
  const cliConfigFile = path.join(folder, "cli.tfrc");
  await writeCliConfig(cliConfigFile, mirrorConfig(mirror));
  const folders: Record<string, string> = {};
  for (const [index, engine] of engines.entries()) {
    const place = path.join(folder, `initialized-${index}`);
    await mkdir(place);
    await writeFile(path.join(place, "main.tf"), requiredProviders(["null", "time"]));
    await runInit({ engine, folder: place, cliConfigFile, extra: { HOME: folder } });
    folders[engine.program] = place;
  }
  return folders;
}

/** Puts what stands in for a provider of HashiCorp into a mirror, for both registries. */
async function addStandIn(
  root: string,
  mirror: string,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<void> {
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const target = path.join(mirror, host, "hashicorp", name, version, platform);
    await mkdir(target, { recursive: true });
    const outfile = path.join(target, `terraform-provider-${name}_v${version}`);
    await build({
      entryPoints: [path.join(root, `test/support/provider/others/${name}-provider-main.ts`)],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      banner: { js: "#!/usr/bin/env node" },
      logLevel: "error",
    });
    await chmod(outfile, 0o755);
    // As in the provider's own folder: a file without an ending is what the next package.json says, in /tmp or wherever.
    await writeFile(path.join(target, "package.json"), JSON.stringify({ type: "commonjs" }));
  }
}
