import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { type SettingName, settingNames, variableOf } from "../../connection/settings.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { type CommandContext, CommandError, CommandOutcome } from "../command-error.ts";
import { controlSecretVariable } from "./control.ts";
import { adminPasswordVariable } from "./flags.ts";
import type { Running } from "./render.ts";

/** The exit status of a shell that does not find a program. */
const notFound = 127;

/** Settings that are kept, because they neither choose the cluster nor log in to it. */
const keptSettings: readonly SettingName[] = ["request_timeout", "max_retries"];

/**
 * Runs a program that finds the cluster in its environment, in place of the one that the environment named before.
 *
 * Ctrl-C reaches the program as well, and it may have something to clean up: the cluster stays until it has ended.
 *
 * @throws {CommandOutcome} with the program's own exit status where that is not 0
 * @throws {CommandError} when it cannot be started
 */
export async function runWithCluster(
  [program = "", ...args]: readonly string[],
  { simulator, caFile, control }: Running,
  { env }: Pick<CommandContext, "env">,
): Promise<void> {
  const others = settingNames
    .filter((name) => !keptSettings.includes(name))
    .map((name) => [variableOf(name), undefined] as const);
  const child = spawn(program, args, {
    stdio: "inherit",
    env: {
      ...env,
      ...Object.fromEntries(others),
      [adminPasswordVariable]: undefined,
      QUMULO_HOST: simulator.host,
      QUMULO_PORT: String(simulator.port),
      QUMULO_USERNAME: simulator.username,
      QUMULO_PASSWORD: simulator.adminPassword.reveal(),
      QUMULO_CA_FILE: caFile,
      QUMULO_SIMULATOR_CONTROL_URL: control?.url,
      QUMULO_SIMULATOR_CONTROL_SOCKET: control?.socket,
      [controlSecretVariable]: control?.secret?.reveal(),
    },
  });
  const exitCode = await endOf(child, program);
  if (exitCode !== 0) throw new CommandOutcome(exitCode);
}

async function endOf(child: ChildProcess, program: string): Promise<number> {
  // These reach one process alone, other than Ctrl-C.
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  const signals = ["SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, passOn);
  try {
    await once(child, "close");
  } catch (cause) {
    throw new CommandError(`${program} cannot be run: ${reasonOf(cause)}. Give a program that is on the PATH.`, {
      cause,
      exitCode: notFound,
    });
  } finally {
    for (const name of signals) process.off(name, passOn);
  }
  const { exitCode, signalCode } = child;
  return exitCode ?? 128 + (signalCode === null ? 0 : constants.signals[signalCode]);
}
