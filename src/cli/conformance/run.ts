import { addressOf } from "../../connection/connect.ts";
import { findProxy } from "../../connection/proxy.ts";
import type { Address, Settings } from "../../connection/settings.ts";
import { findTrust } from "../../connection/trust.ts";
import { viewOf } from "../../terminal/view.ts";
import { renderCoreVersion } from "../../vocabulary/core-version.ts";
import { parseDuration } from "../../vocabulary/duration.ts";
import { type CommandContext, CommandError, CommandOutcome } from "../command-error.ts";
import { type BearerTokenFlags, type ClusterConnection, clusterSettings, onCluster } from "../connect.ts";
import { type ProgressFlags, progressTo } from "../progress.ts";
import { deliverReport } from "../report-output.ts";
import { type Line, openLine } from "./asking/line.ts";
import { NotKnown } from "./asking/not-known.ts";
import { simulatedVersion } from "./asking/reference.ts";
import { startRun } from "./asking/start-run.ts";
import { cleanUp, prepare } from "./clean-up.ts";
import { confirm } from "./confirm.ts";
import { type Asking, judge } from "./judge.ts";
import { probes } from "./probes.ts";
import { renderJson } from "./render-json.ts";
import { renderText } from "./render-text.ts";
import { type ConformanceReport, countsOf, type Judged } from "./report.ts";

/** The flags of `conformance`. */
export interface ConformanceFlags extends BearerTokenFlags, ProgressFlags {
  readonly readOnly?: boolean;
  readonly yes?: boolean;
  readonly format: "text" | "json";
  readonly output?: string;
}

/** The exit status when the cluster does something else than the simulator. */
const differs = 1;
/** The exit status when an answer is not known, or something could not be removed. */
const partlyUnknown = 3;

/**
 * Runs the command `conformance`.
 *
 * @throws {CommandOutcome} with status 1 when the cluster differs, with 3 when something is not known or left on the cluster
 * @throws {CommandError} with status 2 when a flag is wrong or the report cannot be written, with 3 when nothing could be asked
 */
export async function runConformance(flags: ConformanceFlags, context: CommandContext): Promise<void> {
  const settings = clusterSettings(flags, context);
  if (flags.readOnly !== true && flags.yes !== true) await confirm(settings.host?.text ?? "", context);
  const { report, isClean } = await asked(settings, flags, context);
  await deliver(report, flags, context);
  const counts = countsOf(report.judged);
  if (counts.not_known > 0 || !isClean) throw new CommandOutcome(partlyUnknown);
  if (counts.differs > 0) throw new CommandOutcome(differs);
}

interface Answered {
  readonly report: ConformanceReport;
  /** Whether nothing that was made is left on the cluster. */
  readonly isClean: boolean;
}

async function asked(settings: Settings, flags: ConformanceFlags, context: CommandContext): Promise<Answered> {
  try {
    return await onCluster(settings, context, async (connection) => onLine({ settings, connection }, flags, context));
  } catch (error) {
    if (error instanceof NotKnown) throw nothingKnown(`${error.message}.`, error);
    if (!(error instanceof CommandError) || error.exitCode !== 1) throw error;
    throw nothingKnown(error.message, error);
  }
}

function nothingKnown(message: string, cause: Error): CommandError {
  return new CommandError(message.split("\n"), { cause, exitCode: partlyUnknown });
}

interface Reached {
  readonly settings: Settings;
  readonly connection: ClusterConnection;
}

async function onLine(reached: Reached, flags: ConformanceFlags, context: CommandContext): Promise<Answered> {
  const { coreVersion, credentials } = reached.connection;
  const line = await lineTo(reached.settings, context);
  try {
    const run = await startRun(line, credentials, context.stop);
    const asking = {
      probes,
      run,
      simulatedVersion: simulatedVersion(coreVersion),
      isReadOnly: flags.readOnly === true,
      progress: progressTo(flags, context),
    };
    const { judged, isClean } = asking.isReadOnly
      ? { judged: await judge(asking), isClean: true }
      : await judgeAndCleanUp(asking, addressOf(reached.settings), context);
    const report = {
      version: context.version,
      clusterVersion: coreVersion && renderCoreVersion(coreVersion),
      simulatedVersion: asking.simulatedVersion,
      isReadOnly: asking.isReadOnly,
      judged,
    };
    return { report, isClean };
  } finally {
    await line.close();
  }
}

/** Asks, and leaves nothing behind, however the asking ends. */
async function judgeAndCleanUp(
  asking: Asking,
  address: Address,
  context: CommandContext,
): Promise<{ readonly judged: readonly Judged[]; readonly isClean: boolean }> {
  const { run } = asking;
  await prepare(run, context);
  let judged: readonly Judged[];
  try {
    judged = await judge(asking);
  } catch (error) {
    await cleanUp(run, address, context);
    throw error;
  }
  return { judged, isClean: await cleanUp(run, address, context) };
}

async function lineTo(settings: Settings, { env: environment }: CommandContext): Promise<Line> {
  const address = addressOf(settings);
  const { request_timeout: timeout, max_retries: retries } = settings;
  return openLine({
    ...address,
    // What is to be warned of was told when the connection was tried.
    trust: await findTrust(settings),
    proxy: findProxy(settings, { address, environment })?.proxy,
    requestTimeoutMs: timeout && parseDuration(timeout.text),
    maxRetries: retries && Number(retries.text),
  });
}

async function deliver(report: ConformanceReport, flags: ConformanceFlags, context: CommandContext): Promise<void> {
  const json = renderJson(report);
  context.writeOut(flags.format === "json" ? json : renderText(report, viewOf(context)));
  if (flags.output !== undefined) await deliverReport(json, flags, context);
}
