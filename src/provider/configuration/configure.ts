import type { ConfigureContext } from "../../framework/provider.ts";
import type { Cluster } from "../../client/cluster.ts";
import { type CoreVersion, isOlderVersion } from "../../client/core-version.ts";
import type { Credentials } from "../../client/session.ts";
import { ClusterError } from "../../client/cluster-error.ts";
import { DiagnosticError, type DiagnosticText } from "../../framework/diagnostics.ts";
import type { Clock } from "../../vocabulary/clock.ts";
import { parseDuration } from "../../vocabulary/duration.ts";
import { type Connection, type Login, RunMemory } from "../connection.ts";
import { claimedTokenId } from "../own-access-token.ts";
import type { ProviderSchema } from "../provider-schema.ts";
import { bareHost, halfLoginFault, settingFaults } from "./check.ts";
import { explainConnection, explainLogin } from "./connection-diagnostics.ts";
import { findCredentials } from "./credentials.ts";
import { type Address, configuredSettings, type Environment, type Settings, withEnvironment } from "./settings.ts";
import { type FoundProxy, findProxy } from "./proxy.ts";
import { importBearerTokenIn } from "./import-bearer-token.ts";
import { findTrust } from "./trust.ts";

/** What the provider takes from outside of its configuration. */
export interface Surroundings {
  readonly environment: Environment;
  readonly clock: Clock;
  /**
   * Milliseconds since some moment, by which answers of the cluster grow old.
   *
   * @default those of the process
   */
  readonly elapsedMs?: () => number;
}

const defaultPort = 8_000;
/** The first version that has access tokens. */
const oldestVersion = [5, 3, 0];

/** Connects to the cluster as the configuration says, and the environment where that is silent. */
export async function configure(
  { config, diagnostics, signal }: ConfigureContext<ProviderSchema>,
  surroundings: Surroundings,
): Promise<Connection> {
  const settings = withEnvironment(configuredSettings(config), surroundings.environment);
  return connect(settings, { ...surroundings, diagnostics, signal });
}

/**
 * Connects to the cluster: asks for its version, which proves host, port and certificate, then logs in.
 *
 * @throws {DiagnosticError} for the first thing that is in the way, with what to change
 */
export async function connect(
  settings: Settings,
  {
    environment,
    clock,
    elapsedMs,
    diagnostics,
    signal,
  }: Surroundings & Pick<ConfigureContext<ProviderSchema>, "diagnostics" | "signal">,
): Promise<Connection> {
  for (const fault of settingFaults(settings)) throw new DiagnosticError(fault);
  const address = addressOf(settings);
  const credentials = await findCredentials(settings, { address, environment });
  const trust = await findTrust(settings, diagnostics);
  const proxy = findProxy(settings, { address, environment });
  if (trust.kind === "insecure") diagnostics.warning(insecureWarning(address));
  // Only now: a run that ends before it needs the cluster does not load the client.
  const { openCluster } = await import("../../client/cluster.ts");
  const { shareReads } = await import("../../client/share-reads.ts");
  const cluster = openCluster({
    ...address,
    credentials,
    trust,
    proxy: proxy?.proxy,
    clock,
    requestTimeoutMs: settings.request_timeout && parseDuration(settings.request_timeout.text),
    maxRetries: settings.max_retries && Number(settings.max_retries.text),
  });
  const coreVersion = await greet(cluster.until(signal), address, proxy);
  await logIn(cluster.until(signal), credentials, settings);
  const { shared, direct } = shareReads(cluster, elapsedMs);
  return {
    cluster: shared,
    sharedCluster: shared,
    directCluster: direct,
    coreVersion,
    clock: cluster.clock,
    memory: new RunMemory(),
    login: loginOf(credentials),
    claimedTokenId: credentials.kind === "login" ? undefined : claimedTokenId(credentials.bearerToken),
    importBearerToken: importBearerTokenIn(environment),
  };
}

/** Checks the configuration as far as it is known, without the environment of a run that may be elsewhere. */
export function validateConfiguration(
  { config, diagnostics }: Pick<ConfigureContext<ProviderSchema>, "config" | "diagnostics">,
  environment: Environment,
): void {
  const configured = configuredSettings(config);
  for (const fault of settingFaults(configured)) diagnostics.error(fault);
  const isLoginUnknown = config.username.kind === "unknown" || config.password.kind === "unknown";
  const halfLogin = isLoginUnknown ? undefined : halfLoginFault(withEnvironment(configured, environment));
  if (halfLogin?.attribute !== undefined) diagnostics.error(halfLogin);
}

/**
 * Where the settings say that the cluster is.
 *
 * @throws {DiagnosticError} when they do not
 */
export function addressOf(settings: Settings): Address {
  if (settings.host === undefined) {
    throw new DiagnosticError({
      summary: "No cluster to connect to",
      detail: `Set host in the provider's configuration, or QUMULO_HOST, to the name or address of a cluster, such as "cluster.example.com".`,
      attribute: ["host"],
    });
  }
  const port = settings.port === undefined ? defaultPort : Number(settings.port.text);
  return { host: bareHost(settings.host.text), port };
}

function loginOf(credentials: Credentials): Login | undefined {
  return credentials.kind === "login" ? credentials : undefined;
}

function insecureWarning({ host }: Address): DiagnosticText {
  return {
    summary: "Certificate of the cluster is not checked",
    detail: `insecure is true: whoever stands between here and ${host} can read and use the password or the bearer token. Use ca_file or certificate_sha256 instead.`,
    attribute: ["insecure"],
  };
}

async function greet(
  cluster: Cluster,
  address: Address,
  proxy: FoundProxy | undefined,
): Promise<CoreVersion | undefined> {
  let version: CoreVersion | undefined;
  try {
    version = await cluster.coreVersion();
  } catch (error) {
    if (error instanceof ClusterError) throw explainConnection(error, address, proxy);
    throw error;
  }
  if (version !== undefined) refuseOldCore(version, address);
  return version;
}

/**
 * Refuses a cluster that has no access tokens yet.
 *
 * @throws {DiagnosticError} that names both versions
 */
export function refuseOldCore(version: CoreVersion, address: Address): void {
  if (!isOlderVersion(version, oldestVersion)) return;
  throw new DiagnosticError({
    summary: "Qumulo Core is too old",
    detail: `The cluster at ${address.host} runs Qumulo Core ${version.join(".")}, and this provider needs ${oldestVersion.join(".")} or later, the first version with access tokens. Upgrade the cluster.`,
    attribute: ["host"],
  });
}

async function logIn(cluster: Cluster, credentials: Credentials, settings: Settings): Promise<void> {
  try {
    // A login proves itself; a bearer token has to be tried.
    await (credentials.kind === "login" ? cluster.sessions.start() : cluster.sessions.whoAmI());
  } catch (error) {
    if (error instanceof ClusterError) {
      throw explainLogin(error, settings, credentials.kind === "login" ? undefined : credentials.bearerToken);
    }
    throw error;
  }
}
