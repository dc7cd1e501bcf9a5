import { chmod, copyFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderMirrorConfig } from "../../engine/cli-configuration/cli-config.ts";
import { readCliConfig } from "../../engine/cli-configuration/read-cli-config.ts";
import { homeFolder } from "../../engine/home-folder.ts";
import type { EngineName } from "../../engine/identify.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { makeFolder } from "../../vocabulary/make-folder.ts";
import { lateFiles } from "../../vocabulary/provider-files.ts";
import { type CommandContext, CommandError } from "../command-error.ts";

/** Source address of the provider, as configurations name it. */
export const providerSource = "cdktf-qumulo/qumulo";

/** The registry that each engine assumes if a source address does not name one. */
export const registryHosts = {
  opentofu: "registry.opentofu.org",
  terraform: "registry.terraform.io",
} as const satisfies Readonly<Record<EngineName, string>>;

/** The provider's source address as each engine completes it. */
export const completeSources: readonly string[] = Object.values(registryHosts).map(completeSource);

/** The provider's source address with the host of a registry. */
export function completeSource(host: string): string {
  return `${host}/${providerSource}`;
}

/** What to put into a filesystem mirror. */
export interface MirrorContent {
  /** The provider executable, with what it loads late next to it. */
  readonly providerFile: string;
  readonly version: string;
}

/** Go's names for what Node runs on, as provider packages use them. */
const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64", arm: "arm", ia32: "386" };

/** The flags of `install`. */
export interface InstallFlags {
  /** The filesystem mirror to fill, instead of a folder that both engines search by themselves. */
  readonly mirror?: string;
}

/** Runs the command `install`. */
export async function install(flags: InstallFlags, context: CommandContext): Promise<void> {
  const mirror = path.resolve(flags.mirror ?? (await impliedMirror(context.env)));
  const files = await fillMirror(mirror, context);
  context.writeOut(`Installed ${providerSource} ${context.version} for OpenTofu and Terraform:\n`);
  for (const file of files) context.writeOut(`  ${file}\n`);
  context.writeOut(flags.mirror === undefined ? impliedAdvice(context.version) : mirrorAdvice(mirror));
  const overruling = flags.mirror === undefined ? await findOverrulingConfig(context.env) : undefined;
  if (overruling !== undefined) context.writeError(overruledAdvice(overruling, mirror));
}

/**
 * Writes the provider into a filesystem mirror, in its unpacked layout, once for the registry of each engine.
 *
 * @returns the executables written
 * @throws {CommandError} when the provider is not built, this machine cannot run it, or the mirror cannot be written
 */
export async function fillMirror(mirror: string, content: MirrorContent): Promise<readonly string[]> {
  const needed = [content.providerFile, ...lateFiles.map((late) => beside(content.providerFile, late))];
  if ((await Promise.all(needed.map(isThere))).includes(false)) {
    throw new CommandError(`There is no provider at ${content.providerFile}. In a clone, run "npm run build" first.`);
  }
  const platform = providerPlatform();
  const files = completeSources.map((source) =>
    path.join(mirror, source, content.version, platform, `terraform-provider-qumulo_v${content.version}`),
  );
  try {
    for (const file of files) await placeProvider(content.providerFile, file);
  } catch (cause) {
    throw new CommandError(`${mirror} cannot be written: ${reasonOf(cause)}.`, {
      cause,
    });
  }
  return files;
}

function beside(file: string, name: string): string {
  return path.join(path.dirname(file), name);
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

async function placeProvider(providerFile: string, file: string): Promise<void> {
  const folder = path.dirname(file);
  await makeFolder(folder);
  for (const late of lateFiles) await placeFile(beside(providerFile, late), path.join(folder, late), 0o644);
  // Without it Node would take the file for an ES module wherever a folder above says so of its own files.
  await writeFile(path.join(folder, "package.json"), '{ "type": "commonjs" }\n');
  await placeFile(providerFile, file, 0o755);
}

/** Copies a file. An engine may be starting the old one at this moment: it sees the old one or the new one. */
async function placeFile(source: string, file: string, mode: number): Promise<void> {
  const fresh = path.join(path.dirname(file), `.provider-${process.pid}`);
  try {
    await copyFile(source, fresh);
    await chmod(fresh, mode);
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

/**
 * This machine, as provider packages name it: `linux_amd64`.
 *
 * @throws {CommandError} on a machine that the provider does not run on
 */
export function providerPlatform(): string {
  const architecture = architectures[process.arch];
  if (process.platform === "win32" || architecture === undefined) {
    throw new CommandError(
      `The provider does not run on ${process.platform} ${process.arch}. It needs Linux, macOS or another Unix; on Windows, use WSL.`,
    );
  }
  return `${process.platform}_${architecture}`;
}

/**
 * A folder that both engines search without any configuration.
 *
 * OpenTofu moves its settings from `XDG_CONFIG_HOME` to `~/.terraform.d` as soon as that folder exists, so it is not
 * made where this would happen; both engines also search the platform's folder for Terraform's data.
 */
async function impliedMirror(env: CommandContext["env"]): Promise<string> {
  const home = homeFolder(env);
  const usual = path.join(home, ".terraform.d");
  const xdgConfig = env["XDG_CONFIG_HOME"] ?? "";
  if (xdgConfig === "" || (await stat(usual).catch(() => undefined)) !== undefined) return path.join(usual, "plugins");
  if (process.platform === "darwin") return path.join(home, "Library/Application Support/io.terraform/plugins");
  const xdgData = env["XDG_DATA_HOME"] ?? "";
  return path.join(path.isAbsolute(xdgData) ? xdgData : path.join(home, ".local/share"), "terraform/plugins");
}

/** A CLI configuration that says where providers come from, which makes engines skip the folders they imply. */
async function findOverrulingConfig(env: CommandContext["env"]): Promise<string | undefined> {
  const engines = ["opentofu", "terraform"] as const;
  const configs = await Promise.all(engines.map(async (engine) => readCliConfig(engine, env)));
  return configs.flatMap(({ files }) => files).find(({ methods }) => methods !== undefined)?.file;
}

function impliedAdvice(version: string): string {
  return `
Both engines find it there without further configuration. A configuration asks for it like this:

  terraform {
    required_providers {
      qumulo = {
        source  = "${providerSource}"
        version = "${version}"
      }
    }
  }
`;
}

function mirrorAdvice(mirror: string): string {
  return `
Put this into the CLI configuration (~/.tofurc or ~/.terraformrc, or the file that TF_CLI_CONFIG_FILE names):

${renderMirrorConfig({ sources: completeSources, mirror })}`;
}

function overruledAdvice(file: string, mirror: string): string {
  return `
warning: ${file} has a provider_installation block, so engines do not look into ${mirror} by themselves.
Add it to that block:

${renderMirrorConfig({ sources: completeSources, mirror })}`;
}
