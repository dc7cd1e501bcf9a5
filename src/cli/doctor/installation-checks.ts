import { readFile } from "node:fs/promises";
import {
  findExecutable,
  findInstalled,
  type InstalledProvider,
} from "../../engine/cli-configuration/installed-provider.ts";
import { type InstallationMethod, isAbout, isMatch } from "../../engine/cli-configuration/provider-installation.ts";
import { type FoundCliConfig, impliedMirrors, readCliConfig } from "../../engine/cli-configuration/read-cli-config.ts";
import { type EngineName, engineTitles } from "../../engine/identify.ts";
import { isExecutable } from "../../engine/program.ts";
import { type CommandContext, CommandError } from "../command-error.ts";
import { completeSource, providerPlatform, registryHosts } from "../install/run.ts";
import { ownName } from "../own-name.ts";
import type { Check } from "./check.ts";
import { findStartFault } from "./start-fault.ts";

/** Which engine's installation is looked at, and whether a deploy here would use it. */
export interface InstallationPlace {
  readonly engine: EngineName;
  readonly isNeeded: boolean;
}

/** Looks whether an engine finds the provider, in this version, and whether it can start it. */
export async function checkProvider({ engine, isNeeded }: InstallationPlace, context: CommandContext): Promise<Check> {
  const id = `provider_${engine}` as const;
  try {
    const found = await lookForProvider(engine, context);
    if (isNeeded || found.status !== "fails") return { id, ...found };
    const todo = `${found.todo ?? ""} As long as ${engineTitles[engine]} is not used here, nothing needs to be done.`;
    return { id, ...found, status: "attention", todo: todo.trim() };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { id, status: "fails", found: error.message, todo: "Deploy from another machine." };
  }
}

type CheckOutcome = Omit<Check, "id">;

async function lookForProvider(engine: EngineName, context: CommandContext): Promise<CheckOutcome> {
  const host = registryHosts[engine];
  const source = completeSource(host);
  const target = { source, platform: providerPlatform() };
  const config = await readCliConfig(engine, context.env);
  const methods = config.files.find((file) => file.methods !== undefined)?.methods;
  const override = methods?.flatMap(({ folders }) => overrideOf(folders, source, host)).at(0);
  if (override !== undefined) return checkOverride(override, source, context);
  const mirrors = methods === undefined ? impliedMirrors(engine, context.env) : mirrorsOf(methods, source, host);
  const installed = (await Promise.all(mirrors.map(async (mirror) => findInstalled(mirror, target)))).flat();
  if (installed.length > 0) return judge(installed, context);
  const remote = methods?.find((method) => isRemote(method) && isAbout(method, source, host));
  if (remote !== undefined) return fromElsewhere(remote);
  return nothingIn({ mirrors, source, config }, context);
}

function overrideOf(folders: Readonly<Record<string, string>>, source: string, host: string): readonly string[] {
  return Object.entries(folders).flatMap(([pattern, folder]) => (isMatch(pattern, source, host) ? [folder] : []));
}

function mirrorsOf(methods: readonly InstallationMethod[], source: string, host: string): readonly string[] {
  return methods.flatMap((method) =>
    method.kind === "filesystem_mirror" && method.place !== undefined && isAbout(method, source, host)
      ? [method.place]
      : [],
  );
}

function isRemote({ kind }: InstallationMethod): boolean {
  return kind === "network_mirror" || kind === "oci_mirror";
}

function fromElsewhere({ kind, place }: InstallationMethod): CheckOutcome {
  const found = `It comes from the ${kind} ${place ?? ""}`.trim();
  return {
    status: "attention",
    found: `${found}, which this command does not check.`,
    todo: `Run "init" in a configuration to see whether it has this version.`,
  };
}

function nothingIn(
  {
    mirrors,
    source,
    config,
  }: { readonly mirrors: readonly string[]; readonly source: string; readonly config: FoundCliConfig },
  context: CommandContext,
): CheckOutcome {
  const install = `${ownName(context)} install`;
  const ruling = config.files.find(({ methods }) => methods !== undefined)?.file;
  if (ruling === undefined) {
    return {
      status: "fails",
      found: `${source} is in none of the engine's default folders: ${mirrors.join(", ")}.`,
      todo: `Run "${install}".`,
    };
  }
  const places =
    mirrors.length === 0
      ? `${ruling} names no mirror for it`
      : `it is not in ${mirrors.join(", ")}, which ${ruling} names`;
  return {
    status: "fails",
    found: `${source} is not found: ${places}.`,
    todo: `Run "${install} --mirror ${mirrors[0] ?? "DIR"}", and make sure that the block it prints is in ${ruling}.`,
  };
}

async function checkOverride(folder: string, source: string, context: CommandContext): Promise<CheckOutcome> {
  const file = await findExecutable(folder, source);
  if (file === undefined) {
    return {
      status: "fails",
      found: `dev_overrides names ${folder}, and there is no terraform-provider-qumulo in it.`,
      todo: 'Put the provider there ("npm run build" in a clone), or remove the line from the CLI configuration.',
    };
  }
  const fault = await startFault(file, context);
  if (fault !== undefined) return fault;
  return {
    status: "attention",
    found: `${file}, by dev_overrides: it is used whatever version a configuration asks for.`,
    todo: "Remove the line from the CLI configuration to use the version that is installed.",
    facts: { file },
  };
}

async function judge(installed: readonly InstalledProvider[], context: CommandContext): Promise<CheckOutcome> {
  const own = installed.find(({ version }) => version === context.version);
  if (own === undefined) {
    const versions = installed.map(({ version, file }) => `${version} (${file})`).join(", ");
    return {
      status: "attention",
      found: `Version ${versions} is installed, and this program has version ${context.version}.`,
      todo: `Run "${ownName(context)} install" to give both the same version.`,
      facts: { versions: installed.map(({ version }) => version) },
    };
  }
  const fault = own.isPacked ? undefined : await startFault(own.file, context);
  if (fault !== undefined) return fault;
  return { status: "works", found: `${own.version} (${own.file}).`, facts: { version: own.version, file: own.file } };
}

async function startFault(file: string, context: CommandContext): Promise<CheckOutcome | undefined> {
  const { env } = context;
  if (!(await isExecutable(file))) {
    return {
      status: "fails",
      found: `${file} is not executable.`,
      todo: `Run chmod +x ${JSON.stringify(file)}, or "${ownName(context)} install" again. Is its file system mounted with noexec?`,
    };
  }
  const start = (await readFile(file)).subarray(0, 2_000).toString("latin1");
  const fault = await findStartFault(start, env);
  return fault && { status: "fails", ...fault, found: `${file} cannot be started: ${fault.found}` };
}
