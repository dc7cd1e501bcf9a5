import { EngineError, type ProgramResult } from "./errors.ts";
import { engineEnvironment } from "./environment.ts";
import { type Engine, renderEngine } from "./identify.ts";
import { type Environment, type OutputPiece, runProgram } from "./program.ts";

/** A configuration folder and how an engine works in it. */
export interface EngineFolder {
  readonly engine: Engine;
  /** Absolute path of the folder with the configuration. */
  readonly folder: string;
  /**
   * The environment to start from.
   *
   * @default the process's own
   */
  readonly env?: Environment | undefined;
  /** Variables to set for every run, above all else. */
  readonly extra?: Environment | undefined;
  /** @default an empty CLI configuration */
  readonly cliConfigFile?: string | undefined;
  /** Hears the output of every run as it comes. */
  readonly onOutput?: ((piece: OutputPiece) => void) | undefined;
  /** Interrupts the engine as one Ctrl-C would: it finishes what is in flight and saves its state. */
  readonly stop?: AbortSignal | undefined;
}

/** What `plan` may be asked. */
export interface PlanOptions {
  /** File to save the plan to. */
  readonly out?: string;
  readonly destroy?: boolean;
  readonly refreshOnly?: boolean;
  /** Prints JSON lines instead of text. */
  readonly json?: boolean;
  /** Further arguments, such as `-replace=…`. */
  readonly args?: readonly string[];
}

/** What `apply` and `destroy` may be asked. */
export interface ApplyOptions {
  /** Prints JSON lines instead of text. */
  readonly json?: boolean;
  /** Further arguments, such as `-parallelism=1`. */
  readonly args?: readonly string[];
}

/** A finished plan. */
export interface PlanResult extends ProgramResult {
  /** Whether applying the plan would change anything, outputs included. */
  readonly hasChanges: boolean;
}

/**
 * Runs any command of an engine, without color and without questions, whatever its outcome.
 *
 * @throws {EngineError} `unusable` when the engine cannot be started
 */
export async function runEngine(place: EngineFolder, args: readonly string[]): Promise<ProgramResult> {
  const { engine, env = process.env, cliConfigFile, extra } = place;
  return runProgram(engine.program, args, {
    cwd: place.folder,
    env: engineEnvironment({ env, cliConfigFile, extra }),
    onOutput: place.onOutput,
    stop: place.stop,
    stopWith: "SIGINT",
    // In the terminal's own group the engine would get Ctrl-C twice, and a second one makes it drop what is in flight.
    ownGroup: true,
  }).catch((cause: unknown) => {
    throw new EngineError("unusable", `${engine.program} could not be started in ${place.folder}.`, { cause });
  });
}

/** Installs providers and prepares the folder. */
export async function runInit(place: EngineFolder, args: readonly string[] = []): Promise<ProgramResult> {
  return succeed(place, ["init", "-no-color", ...args]);
}

/** Checks the configuration. */
export async function runValidate(place: EngineFolder): Promise<ProgramResult> {
  return succeed(place, ["validate", "-no-color"]);
}

/** Plans. */
export async function runPlan(place: EngineFolder, options: PlanOptions = {}): Promise<PlanResult> {
  const args = [
    "plan",
    "-no-color",
    "-detailed-exitcode",
    ...(options.out === undefined ? [] : [`-out=${options.out}`]),
    ...(options.destroy === true ? ["-destroy"] : []),
    ...(options.refreshOnly === true ? ["-refresh-only"] : []),
    ...(options.json === true ? ["-json"] : []),
    ...(options.args ?? []),
  ];
  const result = await succeed(place, args, [0, 2]);
  return { ...result, hasChanges: result.exitCode === 2 };
}

/** Applies a saved plan, or plans and applies at once when there is none. */
export async function runApply(
  place: EngineFolder,
  options: ApplyOptions & { readonly plan?: string } = {},
): Promise<ProgramResult> {
  const plan = options.plan === undefined ? ["-auto-approve"] : [];
  const file = options.plan === undefined ? [] : [options.plan];
  return succeed(place, ["apply", "-no-color", ...plan, ...applyArgs(options), ...file]);
}

/** Destroys all that the folder manages. */
export async function runDestroy(place: EngineFolder, options: ApplyOptions = {}): Promise<ProgramResult> {
  return succeed(place, ["destroy", "-no-color", "-auto-approve", ...applyArgs(options)]);
}

/** Imports an existing object by its id. */
export async function runImport(place: EngineFolder, address: string, id: string): Promise<ProgramResult> {
  return succeed(place, ["import", "-no-color", address, id]);
}

/**
 * Reads a saved plan, or the state when no plan is named, as the engine's JSON. Sensitive values are in it in clear.
 *
 * @returns the parsed document, of no known shape
 */
export async function readShow(place: EngineFolder, plan?: string): Promise<unknown> {
  const { stdout } = await succeed(place, ["show", "-no-color", "-json", ...(plan === undefined ? [] : [plan])]);
  return JSON.parse(stdout);
}

/**
 * Reads all outputs, each with `value`, `type` and `sensitive`. Sensitive values are in it in clear.
 *
 * @returns the parsed document, of no known shape
 */
export async function readOutputs(place: EngineFolder): Promise<unknown> {
  const { stdout } = await succeed(place, ["output", "-no-color", "-json"]);
  return JSON.parse(stdout);
}

function applyArgs(options: ApplyOptions): readonly string[] {
  return [...(options.json === true ? ["-json"] : []), ...(options.args ?? [])];
}

async function succeed(
  place: EngineFolder,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<ProgramResult> {
  const result = await runEngine(place, args);
  if (result.exitCode !== undefined && accepted.includes(result.exitCode)) return result;
  const command = `${renderEngine(place.engine)}: ${args[0] ?? ""}`;
  if (place.stop?.aborted === true) throw new EngineError("interrupted", `${command} was interrupted.`, { result });
  const ending = result.exitCode === undefined ? `signal ${result.signal ?? "unknown"}` : `status ${result.exitCode}`;
  // With -json the diagnostics are on standard output.
  const said = (result.stderr.trim() === "" ? result.stdout : result.stderr).trim();
  throw new EngineError("command", `${command} in ${place.folder} ended with ${ending}.\n${said}`, { result });
}
