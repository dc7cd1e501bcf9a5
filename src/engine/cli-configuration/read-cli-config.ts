import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { homeFolder } from "../home-folder.ts";
import type { EngineName } from "../identify.ts";
import { type Environment } from "../program.ts";
import { type InstallationMethod, parseInstallation } from "./provider-installation.ts";

/** One file of CLI configuration that an engine reads. */
export interface CliConfigFile {
  readonly file: string;
  /** Where this file says that providers come from; `undefined` when it does not. */
  readonly methods: readonly InstallationMethod[] | undefined;
}

/** The CLI configuration of one engine. */
export interface FoundCliConfig {
  readonly files: readonly CliConfigFile[];
  /** The file that the environment names and that cannot be read: the engine warns, and goes on without any. */
  readonly missing: { readonly variable: string; readonly file: string } | undefined;
}

/**
 * Reads the CLI configuration as an engine finds it: the file that `TF_CLI_CONFIG_FILE` names and nothing else, or
 * the user's own file and the `*.tfrc` files of the settings folder.
 */
export async function readCliConfig(engine: EngineName, env: Environment): Promise<FoundCliConfig> {
  const variable = ["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"].find((name) => given(env[name]) !== undefined);
  if (variable === undefined) {
    const own = [await usualFile(engine, env), ...(await settingsFiles(engine, env))];
    const files = await Promise.all(own.map(readOne));
    return { files: files.filter((file) => file !== undefined), missing: undefined };
  }
  const named = env[variable] ?? "";
  const file = await readOne(named);
  return file === undefined ? { files: [], missing: { variable, file: named } } : { files: [file], missing: undefined };
}

async function readOne(file: string): Promise<CliConfigFile | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : { file, methods: parseInstallation(text) };
}

/** Terraform knows `~/.terraformrc`; OpenTofu has a file of its own, and takes Terraform's where that is the only one. */
async function usualFile(engine: EngineName, env: Environment): Promise<string> {
  const [ofTofu, ofTerraform] = [".tofurc", ".terraformrc"].map((name) => path.join(homeFolder(env), name));
  if (ofTofu === undefined || ofTerraform === undefined) return "";
  if (engine === "terraform") return ofTerraform;
  if (await isThere(ofTofu)) return ofTofu;
  if (await isThere(ofTerraform)) return ofTerraform;
  const xdgConfig = given(env["XDG_CONFIG_HOME"]);
  return xdgConfig === undefined ? ofTofu : path.join(xdgConfig, "opentofu", "tofurc");
}

async function settingsFiles(engine: EngineName, env: Environment): Promise<readonly string[]> {
  const usual = path.join(homeFolder(env), ".terraform.d");
  const xdgConfig = given(env["XDG_CONFIG_HOME"]);
  const isMoved = engine === "opentofu" && xdgConfig !== undefined && !(await isThere(usual));
  const folder = isMoved ? path.join(xdgConfig, "opentofu") : usual;
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(".tfrc")).map((name) => path.join(folder, name));
}

/**
 * The folders in which an engine looks for providers by itself, as long as no CLI configuration says where they come
 * from.
 */
export function impliedMirrors(engine: EngineName, env: Environment): readonly string[] {
  const home = homeFolder(env);
  const xdgData = given(env["XDG_DATA_HOME"]);
  const own = [
    path.resolve("terraform.d"),
    path.join(home, ".terraform.d"),
    ...(engine === "opentofu" && xdgData !== undefined ? [path.join(xdgData, "opentofu")] : []),
  ];
  return [...own, ...systemFolders(home, env)].map((folder) => path.join(folder, "plugins"));
}

/** Both engines take the platform's folders under Terraform's name. */
function systemFolders(home: string, env: Environment): readonly string[] {
  if (process.platform === "darwin") {
    return [home, "/"].map((root) => path.join(root, "Library/Application Support/io.terraform"));
  }
  const ofUser = given(env["XDG_DATA_HOME"]) ?? "";
  const ofAll = given(env["XDG_DATA_DIRS"]) ?? "/usr/local/share:/usr/share";
  const first = path.isAbsolute(ofUser) ? ofUser : path.join(home, ".local/share");
  return [first, ...ofAll.split(":").filter((folder) => path.isAbsolute(folder))].map((folder) =>
    path.join(folder, "terraform"),
  );
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

function given(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
