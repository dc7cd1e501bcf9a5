import { buildEngine, type BuildOptions, findCachedEngine } from "./build/build.ts";
import { pinnedOpenTofu } from "./build/pins.ts";
import { EngineError } from "./errors.ts";
import { type Engine, identifyEngine, isSupported, oldestVersions, renderEngine } from "./identify.ts";
import { type Environment, findProgram } from "./program.ts";
import { compareVersions } from "./version.ts";

/** The environment variable that names the engine to use, as CDKTF reads it. */
export const engineVariable = "TERRAFORM_BINARY_NAME";

/** How to look for an engine. */
export interface FindOptions extends Omit<BuildOptions, "modulesFolder"> {
  /** Folder that holds the Go modules of the pinned engines; without it nothing is built. */
  readonly modulesFolder?: string | undefined;
}

/**
 * Finds an engine: the program that `TERRAFORM_BINARY_NAME` names, then `tofu`, then `terraform` on the `PATH`, then the
 * pinned OpenTofu, which is built where it is not yet in the user's cache.
 *
 * Programs on the `PATH` that do not run or are older than the provider supports are passed over.
 *
 * @throws {EngineError} `unusable` when the named program does not serve, otherwise `missing`, `build` or `interrupted`
 */
export async function findEngine(options: FindOptions): Promise<Engine> {
  const named = options.env[engineVariable] ?? "";
  if (named !== "") return getNamedEngine(named, options.env);
  const passedOver: string[] = [];
  for (const name of ["tofu", "terraform"]) {
    const program = await findProgram(name, options.env);
    if (program === undefined) continue;
    const engine = await identifyEngine(program, options.env).catch((error: unknown) => {
      passedOver.push(error instanceof Error ? error.message : String(error));
      return undefined;
    });
    if (engine !== undefined && isSupported(engine)) return engine;
    if (engine !== undefined) passedOver.push(tooOld(engine));
  }
  return getPinnedEngine(options, passedOver);
}

/**
 * A `terraform` on the `PATH` that is newer than the given version.
 *
 * @returns `undefined` when there is none, or none that runs
 */
export async function findNewerTerraform(version: string, env: Environment): Promise<Engine | undefined> {
  const program = await findProgram("terraform", env);
  if (program === undefined) return undefined;
  const engine = await identifyEngine(program, env).catch(() => undefined);
  return engine?.name === "terraform" && compareVersions(engine.version, version) > 0 ? engine : undefined;
}

async function getNamedEngine(name: string, env: Environment): Promise<Engine> {
  const program = await findProgram(name, env);
  if (program === undefined) {
    throw new EngineError(
      "unusable",
      `${engineVariable} is "${name}", and there is no such program. Set it to the path of tofu or terraform, or unset it to have one found.`,
    );
  }
  const engine = await identifyEngine(program, env);
  if (!isSupported(engine)) {
    throw new EngineError("unusable", `${engineVariable} is "${name}". ${tooOld(engine)} Install a newer one.`);
  }
  return engine;
}

async function getPinnedEngine(options: FindOptions, passedOver: readonly string[]): Promise<Engine> {
  const { modulesFolder } = options;
  try {
    if (modulesFolder !== undefined) return await buildEngine(pinnedOpenTofu, { ...options, modulesFolder });
  } catch (error) {
    if (!(error instanceof EngineError) || error.reason !== "toolchain") throw error;
    throw new EngineError("missing", notFound([...passedOver, error.message]), { cause: error });
  }
  const cached = await findCachedEngine(pinnedOpenTofu, options.env);
  if (cached !== undefined) return cached;
  throw new EngineError("missing", notFound(passedOver));
}

function notFound(reasons: readonly string[]): string {
  return [
    "No OpenTofu or Terraform was found.",
    ...reasons.map((reason) => `  - ${reason}`),
    `Install OpenTofu (https://opentofu.org/docs/intro/install/) or Terraform so that "tofu" or "terraform" is on the PATH, or set ${engineVariable} to the program.`,
  ].join("\n");
}

function tooOld(engine: Engine): string {
  return `${renderEngine(engine)} (${engine.program}) is older than ${renderEngine({ name: engine.name, version: oldestVersions[engine.name] })}, the oldest that works.`;
}
