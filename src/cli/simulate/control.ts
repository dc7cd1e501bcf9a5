import { readFile } from "node:fs/promises";
import {
  type AdjustableClock,
  type ControlOptions,
  type OfferedControl,
  Secret,
  serveControl,
  type Simulator,
  SimulatorError,
} from "../../simulator/index.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import type { SimulateFlags } from "./flags.ts";

/** The variable that holds the bearer secret of the control API. */
export const controlSecretVariable = "QUMULO_SIMULATOR_CONTROL_SECRET";

/** Where the control API is to be offered. */
export type ControlPlan = Omit<ControlOptions, "secret"> & { readonly secret?: Secret };

/** Where the control API is offered, and what it asks for. */
export interface ControlAccess extends Pick<OfferedControl, "url" | "socket"> {
  readonly secret: Secret | undefined;
}

/**
 * Where the control API is to be offered; `undefined` when nobody asked for it.
 *
 * @param clock - what the API moves; `undefined` where a file does
 *
 * @throws {CommandError} when flags exclude each other, or the secret is missing or cannot be read
 */
export async function readControlFlags(
  flags: SimulateFlags,
  clock: AdjustableClock | undefined,
  { env }: Pick<CommandContext, "env">,
): Promise<ControlPlan | undefined> {
  const { controlSocket: socket, controlPort: port, controlHost: host, controlSecretFile } = flags;
  const moved = clock === undefined ? {} : { clock };
  if (socket !== undefined && port !== undefined) {
    throw wrong("--control-socket and --control-port exclude each other: the control API is at one place.");
  }
  if (port === undefined) {
    const lost = host !== undefined ? "--control-host" : controlSecretFile !== undefined ? "--control-secret-file" : "";
    if (lost !== "") throw wrong(`${lost} goes with --control-port, which is not given.`);
    return socket === undefined ? undefined : { socket, ...moved };
  }
  const secret = await readSecret(controlSecretFile, env);
  return { port, secret, ...moved, ...(host === undefined ? {} : { host }) };
}

async function readSecret(file: string | undefined, env: CommandContext["env"]): Promise<Secret> {
  const given = env[controlSecretVariable] ?? "";
  if (file !== undefined) return new Secret((await readText(file)).trim());
  if (given !== "") return new Secret(given);
  throw wrong(
    `--control-port needs a secret, which requests then carry. Put one into ${controlSecretVariable}, or into a file for --control-secret-file: "openssl rand -hex 24" makes one.`,
  );
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new CommandError(`--control-secret-file ${file} cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}

/**
 * Does something while the control API is offered, where that is planned.
 *
 * @throws {CommandError} when it cannot be offered there
 */
export async function withControl(
  simulator: Simulator,
  plan: ControlPlan | undefined,
  use: (control: ControlAccess | undefined) => Promise<void>,
): Promise<void> {
  if (plan === undefined) {
    await use(undefined);
    return;
  }
  const offered = await offer(simulator, plan);
  try {
    await use({ ...offered, secret: plan.secret });
  } finally {
    await offered.close();
  }
}

async function offer(simulator: Simulator, plan: ControlPlan): Promise<OfferedControl> {
  try {
    return await serveControl(simulator, plan);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    const exitCode = error.kind === "option" ? wrongUsage : 1;
    throw new CommandError(error.message, { cause: error, exitCode });
  }
}

function wrong(message: string): CommandError {
  return new CommandError(message, { exitCode: wrongUsage });
}
