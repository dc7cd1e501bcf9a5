import { Diagnostics, DiagnosticError, type DiagnosticText } from "../framework/diagnostics.ts";
import { settingFaults } from "../provider/configuration/check.ts";
import { connect } from "../provider/configuration/configure.ts";
import { type Settings, withEnvironment } from "../provider/configuration/settings.ts";
import type { Connection } from "../provider/connection.ts";
import { systemClock } from "../vocabulary/clock.ts";
import { shown } from "../vocabulary/shown-text.ts";
import { type CommandContext, CommandError, wrongUsage } from "./command-error.ts";
import type { ConnectionFlags } from "./connection-flags.ts";

/** The flags that say where a bearer token is to be had, and from where the cluster is reached. */
export interface BearerTokenFlags extends ConnectionFlags {
  readonly credentialsFile?: string;
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
  // A password is no access token: one that is there for the provider is not looked at.
  const settings = clusterSettings(flags, { env: { ...env, QUMULO_USERNAME: "", QUMULO_PASSWORD: "" } });
  if (settings.bearer_token === undefined && settings.credentials_file === undefined) {
    throw new CommandError(
      "There is no bearer token. Set QUMULO_BEARER_TOKEN, or give --credentials-file or QUMULO_CREDENTIALS_FILE. It is never an argument: others on this machine see those.",
      { exitCode: wrongUsage },
    );
  }
  return settings;
}

/**
 * Works on the cluster of these settings, and closes the connection afterwards.
 *
 * @throws {CommandError} for whatever the cluster, or the way to it, refuses
 */
export async function onCluster<T>(
  settings: Settings,
  context: CommandContext,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const diagnostics = new Diagnostics();
  try {
    const { env: environment, stop: signal } = context;
    const connection = await connect(settings, { environment, clock: systemClock, diagnostics, signal });
    try {
      return await work({ ...connection, cluster: connection.cluster.until(signal) });
    } finally {
      await connection.cluster.close();
    }
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    throw new CommandError(sentencesOf(error.text), { cause: error });
  } finally {
    for (const warning of diagnostics.all) context.writeError(`warning: ${shown(sentencesOf(warning))}\n`);
  }
}

/** What flags say, and the environment where they are silent. */
export function settingsOf(flags: BearerTokenFlags, env: CommandContext["env"]): Settings {
  return withEnvironment(flagSettings(flags), env);
}

function flagSettings(flags: BearerTokenFlags): Settings {
  const { host, port, caFile, certificateSha256, insecure, credentialsFile } = flags;
  return {
    ...flagSetting("host", host),
    ...flagSetting("port", port),
    ...flagSetting("ca_file", caFile),
    ...flagSetting("certificate_sha256", certificateSha256),
    ...flagSetting("insecure", insecure?.toString()),
    ...flagSetting("credentials_file", credentialsFile),
  };
}

function flagSetting(name: keyof Settings, text: string | undefined): Settings {
  return text === undefined ? {} : { [name]: { name, text, variable: undefined } };
}

/** The attributes of the provider that its messages name, as the command line calls them. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [
    /Set username and password, or bearer_token, or credentials_file \([^)]*\)/g,
    "Set QUMULO_USERNAME and QUMULO_PASSWORD, or QUMULO_BEARER_TOKEN, or give --credentials-file",
  ],
  [/Set (?:username|password) too, or /g, "Set "],
  [/The engine asked to stop\. /g, ""],
  [/(?<!\w)ca_file(?!\w)/g, "--ca-file"],
  [/(?<!\w)ca_pem(?!\w)/g, "QUMULO_CA_PEM"],
  [/(?<!\w)certificate_sha256(?!\w)/g, "--certificate-sha256"],
  [/(?<!\w)credentials_file(?!\w)/g, "--credentials-file"],
  [/(?<!\w)bearer_token(?!\w)/g, "QUMULO_BEARER_TOKEN"],
  [/(?<!\w)request_timeout(?!\w)/g, "QUMULO_REQUEST_TIMEOUT"],
  [/(?:Give|set) proxy (as|to)(?= ")/g, "set QUMULO_PROXY $1"],
  [/insecure is true:/g, "With --insecure,"],
];

/** A message of the provider, for the command line. */
function sentencesOf({ summary, detail }: DiagnosticText): string {
  return spelledOut(`${summary}. ${detail}`);
}

/** A message of the provider, for the command line: what was met, and what to do. */
export function inFlags({ summary, detail }: DiagnosticText): { readonly found: string; readonly todo: string } {
  return { found: spelledOut(`${summary}.`), todo: spelledOut(detail) };
}

function spelledOut(text: string): string {
  return spellings.reduce((before, [name, spelling]) => before.replaceAll(name, spelling), text);
}
