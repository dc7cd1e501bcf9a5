import type { Cluster } from "../client/cluster.ts";
import { settingFaults } from "../connection/check-settings.ts";
import { connect, type OpenConnection } from "../connection/connect.ts";
import { ConnectError, type Fault } from "../connection/fault.ts";
import type { Words } from "../connection/render/words.ts";
import { givenSettings, type Settings, withEnvironment } from "../connection/settings.ts";
import { systemClock } from "../vocabulary/clock.ts";
import { shown } from "../vocabulary/shown-text.ts";
import { type CommandContext, CommandError, wrongUsage } from "./command-error.ts";
import type { ConnectionFlags } from "./connection-flags.ts";
import { renderFlagFault } from "./setting-words.ts";

/** The flags that say where a bearer token is to be had, and from where the cluster is reached. */
export interface BearerTokenFlags extends ConnectionFlags {
  readonly credentialsFile?: string;
}

/** A cluster that a command may ask, until it is stopped. */
export interface ClusterConnection extends Pick<OpenConnection, "coreVersion" | "clock" | "credentials"> {
  readonly cluster: Cluster;
}

/**
 * The settings of flags and environment, with whatever credentials they have: a login, or a bearer token.
 *
 * @throws {CommandError} when something is malformed, or there is no cluster to ask
 */
export function clusterSettings(flags: BearerTokenFlags, { env }: Pick<CommandContext, "env">): Settings {
  const settings = settingsOf(flags, env);
  for (const fault of settingFaults(settings)) throw new CommandError(sentencesOf(fault), { exitCode: wrongUsage });
  if (settings.host !== undefined) return settings;
  throw new CommandError("There is no cluster to ask. Give --host, or set QUMULO_HOST, such as cluster.example.com.", {
    exitCode: wrongUsage,
  });
}

/**
 * The settings of flags and environment, with a bearer token or a file that holds one, and no login.
 *
 * @throws {CommandError} when something is missing or malformed
 */
export function bearerTokenSettings(flags: BearerTokenFlags, { env }: CommandContext): Settings {
  // A password is not an access token: one that is there for the provider is not looked at.
  const settings = clusterSettings(flags, { env: { ...env, QUMULO_USERNAME: "", QUMULO_PASSWORD: "" } });
  if (settings.bearer_token === undefined && settings.credentials_file === undefined) {
    throw new CommandError(
      "There is no bearer token. Set QUMULO_BEARER_TOKEN, or give --credentials-file or QUMULO_CREDENTIALS_FILE. It cannot be an argument, since other users of this machine could see it.",
      { exitCode: wrongUsage },
    );
  }
  return settings;
}

/**
 * Works on the cluster of these settings, and closes the connection afterwards.
 *
 * @throws {CommandError} for every failure of the cluster, or of the connection to it
 */
export async function onCluster<T>(
  settings: Settings,
  context: CommandContext,
  work: (connection: ClusterConnection) => Promise<T>,
): Promise<T> {
  return onToldCluster({ settings }, context, work);
}

/** A cluster, and how its settings are named where they are at fault: by flags and variables, if that is left out. */
export interface ToldCluster {
  readonly settings: Settings;
  readonly words?: Words;
}

/**
 * Works on a cluster as {@link onCluster} does, and names its settings as whoever reads of a fault has written them.
 *
 * @throws {CommandError} for every failure of the cluster, or of the connection to it
 */
export async function onToldCluster<T>(
  { settings, words }: ToldCluster,
  context: CommandContext,
  work: (connection: ClusterConnection) => Promise<T>,
): Promise<T> {
  const { env: environment, stop: signal } = context;
  const warn = (fault: Fault): void => {
    context.writeError(`warning: ${shown(sentencesOf(fault, words))}\n`);
  };
  try {
    const { shared, ...connection } = await connect(settings, { environment, clock: systemClock, signal, warn });
    try {
      return await work({ ...connection, cluster: shared.until(signal) });
    } finally {
      await shared.close();
    }
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    throw new CommandError(sentencesOf(error.fault, words), { cause: error });
  }
}

/** The settings of the flags, and those of the environment that the flags leave out. */
export function settingsOf(flags: BearerTokenFlags, env: CommandContext["env"]): Settings {
  const { host, port, caFile, certificateSha256, insecure, credentialsFile } = flags;
  const given = givenSettings({
    host,
    port,
    ca_file: caFile,
    certificate_sha256: certificateSha256,
    insecure: insecure?.toString(),
    credentials_file: credentialsFile,
  });
  return withEnvironment(given, env);
}

function sentencesOf(fault: Fault, words?: Words): string {
  const { found, todo } = renderFlagFault(fault, words);
  return `${found} ${todo}`;
}
