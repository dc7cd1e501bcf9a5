import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { parseTime, timeForm } from "../../simulator/adjustable-clock.ts";
import { offerExport } from "../../simulator/export-socket.ts";
import {
  AdjustableClock,
  type FaultDeclaration,
  FaultTextError,
  parseFault,
  SeedError,
  type Simulator,
  SimulatorError,
  type SimulatorOptions,
  startSimulator,
} from "../../simulator/index.ts";
import { readSeedFile, renderSeed, type SeedFile, SeedFileError } from "../../simulator/seeds/seed-file.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { Secret } from "../../vocabulary/secret.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import { withCertificateFile } from "./certificate-file.ts";
import { fileClock } from "./clock.ts";
import { readControlFlags, withControl } from "./control.ts";
import { exportCluster } from "./export-cluster.ts";
import { findGivenPassword, type SimulateFlags } from "./flags.ts";
import { ping } from "./ping.ts";
import { renderJson, renderText, type Running } from "./render.ts";
import { runWithCluster } from "./run-with-cluster.ts";
import { openRequestLog, type RequestLogFile } from "./request-log-file.ts";
import { parseVariations } from "./variations.ts";

/** Runs the command `simulate`, until it is stopped, or the program that it runs has ended. */
export async function simulate(flags: SimulateFlags, context: CommandContext): Promise<void> {
  if (flags.export !== undefined) {
    await exportCluster({ ...flags, export: flags.export }, context);
    return;
  }
  if (flags.ping === true) {
    await ping(flags);
    return;
  }
  const faults = flags.fault.map(readFault);
  const clock = clockOf(flags, context);
  const control = await readControlFlags(flags, clock instanceof AdjustableClock ? clock : undefined, context);
  const log = flags.requestLog === undefined ? undefined : await openRequestLog(flags.requestLog, context);
  try {
    const simulator = await start({ flags, clock, log }, context);
    // From here on it ends in order, and not before: a large seed is read and planted without a pause.
    const { stop } = context;
    try {
      // Where they cannot be written, it shows now and not at the end.
      if (flags.counters !== undefined) await writeCounters(flags.counters, simulator);
      for (const fault of faults) simulator.failNext(fault);
      if (!simulator.isNew) noteUnused(flags, context);
      await withControl(simulator, control, async (access) => {
        await serve({ simulator, control: access }, flags, { ...context, stop });
      });
    } finally {
      await simulator.close();
      if (flags.counters !== undefined) await writeCounters(flags.counters, simulator);
    }
  } finally {
    await log?.close();
  }
}

/** Says which flags have no effect because the cluster exists already and is used as it is. */
function noteUnused({ data = "", seed, clusterName }: SimulateFlags, context: CommandContext): void {
  const unused = [...(seed === undefined ? [] : ["--seed"]), ...(clusterName === undefined ? [] : ["--cluster-name"])];
  if (unused.length === 0) return;
  const verb = unused.length === 1 ? "was" : "were";
  context.writeError(`note: ${data} holds a cluster already, so ${unused.join(" and ")} ${verb} not used.\n`);
}

async function serve(offered: Omit<Running, "caFile">, flags: SimulateFlags, context: CommandContext): Promise<void> {
  const { simulator } = offered;
  await withCertificateFile(simulator, async (caFile) => {
    const running = { ...offered, caFile };
    const withdraw = await offer(simulator, context);
    try {
      if (flags.command !== undefined) {
        await runWithCluster(flags.command, running, context);
        return;
      }
      context.writeOut(flags.json === true ? renderJson(running) : renderText(running, flags, context.env));
      if (!context.stop.aborted) await once(context.stop, "abort");
    } finally {
      await withdraw();
    }
  });
}

/** Offers exports to other processes. If that fails, the simulator still works, but its cluster cannot be exported. */
async function offer(simulator: Simulator, context: CommandContext): Promise<() => Promise<void>> {
  try {
    return await offerExport(simulator, () => renderSeed(simulator.exportSeed()));
  } catch (error) {
    const reason = reasonOf(error);
    context.writeError(`warning: simulate --export cannot reach this cluster while it runs: ${reason}\n`);
    return async () => Promise.resolve();
  }
}

interface Start {
  readonly flags: SimulateFlags;
  readonly clock: Clock;
  readonly log: RequestLogFile | undefined;
}

async function start({ flags, clock, log }: Start, context: CommandContext): Promise<Simulator> {
  const seedFile = await findSeed(flags);
  try {
    return await startSimulator({
      ...optionsOf(flags, context),
      clock,
      // The simulator parses it, whatever it is.
      ...(seedFile === undefined ? {} : { seed: seedFile.value as NonNullable<SimulatorOptions["seed"]> }),
      onRequest: (entry) => log?.write(entry),
      onUnknownPath: (_method, _path, explanation) => {
        context.writeError(`warning: ${explanation}\n`);
      },
      onNotStored: (explanation) => {
        context.writeError(`error: ${explanation}\n`);
      },
      onDefect: (error) => {
        context.writeError(
          `error: the simulator failed: ${error instanceof Error ? (error.stack ?? "") : String(error)}\n`,
        );
      },
    });
  } catch (error) {
    if (error instanceof SeedError && seedFile !== undefined) throw seedFault(seedFile.describe(error));
    if (!(error instanceof SimulatorError)) throw error;
    throw new CommandError(isTaken(error) ? takenMessage(flags.port) : error.message, {
      cause: error,
      ...(error.kind === "option" ? { exitCode: wrongUsage } : {}),
    });
  }
}

async function findSeed({ seed }: SimulateFlags): Promise<SeedFile | undefined> {
  if (seed === undefined) return undefined;
  try {
    return await readSeedFile(seed);
  } catch (error) {
    throw error instanceof SeedFileError ? seedFault(error) : error;
  }
}

function seedFault(error: SeedFileError): CommandError {
  const [first = "", ...others] = error.lines;
  return new CommandError([`--seed ${first}`, ...others], { cause: error });
}

function optionsOf(flags: SimulateFlags, context: CommandContext): SimulatorOptions {
  const password = flags.adminPassword ?? findGivenPassword(flags, context.env);
  return {
    port: flags.port,
    host: flags.host,
    latencyMs: flags.latency,
    variations: parseVariations(flags.vary),
    ...(password === undefined ? {} : { adminPassword: new Secret(password) }),
    ...(flags.data === undefined ? {} : { dataFolder: flags.data }),
    ...(flags.coreVersion === undefined ? {} : { coreVersion: flags.coreVersion }),
    ...(flags.clusterName === undefined ? {} : { clusterName: flags.clusterName }),
  };
}

function clockOf({ clock, clockFile }: SimulateFlags, context: CommandContext): Clock {
  if (clock !== undefined && clockFile !== undefined) {
    throw new CommandError(
      "--clock and --clock-file exclude each other: the first stands still, the second is moved.",
      {
        exitCode: wrongUsage,
      },
    );
  }
  if (clockFile !== undefined) return fileClock(clockFile, context);
  if (clock === undefined) return new AdjustableClock();
  const time = parseTime(clock);
  if (time === undefined)
    throw new CommandError(`--clock ${JSON.stringify(clock)} is not a time: ${timeForm} is needed.`, {
      exitCode: wrongUsage,
    });
  return new AdjustableClock({ time, isRunning: false });
}

function readFault(text: string): FaultDeclaration {
  try {
    return parseFault(text);
  } catch (error) {
    if (!(error instanceof FaultTextError)) throw error;
    throw new CommandError(`--fault: ${error.message}`, { cause: error, exitCode: wrongUsage });
  }
}

function isTaken({ cause }: SimulatorError): boolean {
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "EADDRINUSE";
}

function takenMessage(port: number): string {
  return `Port ${port} is taken: another program listens there. Choose another one with --port N, or --port 0 for any free one.`;
}

async function writeCounters(file: string, simulator: Simulator): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(simulator.counters(), undefined, 2)}\n`);
  } catch (cause) {
    throw new CommandError(`--counters ${file} cannot be written: ${reasonOf(cause)}.`, { cause });
  }
}
