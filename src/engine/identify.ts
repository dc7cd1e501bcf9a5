import { rmdir } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "./errors.ts";
import { engineEnvironment } from "./environment.ts";
import { homeFolder } from "./home-folder.ts";
import { type Environment, runProgram } from "./program.ts";
import { compareVersions } from "./version.ts";

/** Which of the two programs an engine is. */
export type EngineName = "opentofu" | "terraform";

/** A Terraform or OpenTofu program that was seen to run. */
export interface Engine {
  readonly name: EngineName;
  /** Such as `1.12.6`. */
  readonly version: string;
  /** Absolute path of the executable. */
  readonly program: string;
}

/** The oldest versions the provider works with. */
export const oldestVersions: Readonly<Record<EngineName, string>> = { opentofu: "1.6.0", terraform: "1.5.0" };

/** What people call the engines. */
export const engineTitles: Readonly<Record<EngineName, string>> = { opentofu: "OpenTofu", terraform: "Terraform" };

/** Writes an engine for people: `OpenTofu 1.12.6`. */
export function renderEngine(engine: Pick<Engine, "name" | "version">): string {
  return `${engineTitles[engine.name]} ${engine.version}`;
}

/** Whether the provider works with an engine this old. */
export function isSupported(engine: Pick<Engine, "name" | "version">): boolean {
  return compareVersions(engine.version, oldestVersions[engine.name]) >= 0;
}

/**
 * Asks a program which engine it is.
 *
 * The text form of `version` is read, since the JSON form of both engines says `terraform_version` and names neither.
 *
 * @throws {EngineError} `unusable` when the program does not run or answers as neither engine does
 */
export async function identifyEngine(program: string, env: Environment): Promise<Engine> {
  const result = await runProgram(program, ["version"], { cwd: process.cwd(), env: engineEnvironment({ env }) }).catch(
    (cause: unknown) => {
      throw new EngineError("unusable", `${program} could not be started. Is it built for this machine?`, { cause });
    },
  );
  await removeEmptySettings(env);
  const match = /^(OpenTofu|Terraform) v(\d+\.\d+\.\d+\S*)/m.exec(result.stdout);
  const [, title, version] = match ?? [];
  if (result.exitCode !== 0 || version === undefined) {
    const said = (result.stderr + result.stdout).trim().split("\n")[0] ?? "";
    throw new EngineError("unusable", `${program} is neither OpenTofu nor Terraform: "version" gave "${said}".`, {
      result,
    });
  }
  return { name: title === "OpenTofu" ? "opentofu" : "terraform", version, program };
}

/**
 * OpenTofu makes a folder for settings in the home folder also when it is only asked for its version. It goes again while it is
 * empty, also when another process has made it: several may ask at once.
 */
async function removeEmptySettings(env: Environment): Promise<void> {
  await rmdir(path.join(homeFolder(env), ".terraform.d")).catch(() => undefined);
}
