import { claimedTokenId, accessTokenPrefix } from "../client/claimed-token-id.ts";
import { ClusterError } from "../client/cluster-error.ts";
import type { Cluster } from "../client/cluster.ts";
import type { Credentials } from "../client/session.ts";
import type { Clock } from "../vocabulary/clock.ts";
import { coreFeatures, isCoreWith } from "../vocabulary/core-features.ts";
import type { CoreVersion } from "../vocabulary/core-version.ts";
import { parseDuration } from "../vocabulary/duration.ts";
import type { Secret } from "../vocabulary/secret.ts";
import { bareHost, settingFaults } from "./check-settings.ts";
import { findCredentials } from "./credentials.ts";
import { ConnectError, type Fault, type TokenOrigin, type UnreachableReason } from "./fault.ts";
import { findProxy } from "./proxy.ts";
import type { FoundProxy, Address, Environment, Settings } from "./settings.ts";
import { findTrust } from "./trust.ts";

/** What a caller takes from its process, apart from the settings. */
export interface Surroundings {
  readonly environment: Environment;
  readonly clock: Clock;
  /**
   * Milliseconds since some fixed moment, used to measure how old an answer is.
   *
   * @default those of the process
   */
  readonly elapsedMs?: () => number;
  /**
   * Longest first wait before a request is sent again.
   *
   * @default the client's
   */
  readonly retryWaitMs?: number;
}

/** A cluster that was reached and has accepted the credentials. */
export interface OpenConnection {
  /** For reading: equal requests that are made at the same time or again share one answer. */
  readonly shared: Cluster;
  /** For writing: sends every request to the cluster. */
  readonly direct: Cluster;
  /** `undefined` when the cluster writes its version in an unknown format; it then counts as new enough. */
  readonly coreVersion: CoreVersion | undefined;
  /** The time on the cluster. */
  readonly clock: Clock;
  readonly credentials: Credentials;
}

const defaultPort = 8_000;

/**
 * Connects to the cluster. It reads the version first, which checks host, port and certificate before anything secret is sent,
 * and then logs in.
 *
 * `warn` is called for settings that work but should be changed.
 *
 * @throws {ConnectError} for the first problem that prevents the connection
 */
export async function connect(
  settings: Settings,
  context: Surroundings & { readonly signal: AbortSignal; readonly warn: (fault: Fault) => void },
): Promise<OpenConnection> {
  const { environment, clock, elapsedMs, retryWaitMs, signal, warn } = context;
  for (const fault of settingFaults(settings)) throw new ConnectError(fault);
  const address = addressOf(settings);
  const credentials = await findCredentials(settings, { address, environment });
  const trust = await findTrust(settings, warn);
  const proxy = findProxy(settings, { address, environment });
  if (trust.kind === "insecure") warn({ kind: "certificate-unchecked", address });
  // Loaded only now: a run that ends before it needs the cluster does not load the client.
  const { openCluster } = await import("../client/cluster.ts");
  const { shareReads } = await import("../client/shared-reads/share-reads.ts");
  const cluster = openCluster({
    ...address,
    credentials,
    trust,
    proxy: proxy?.proxy,
    clock,
    retryWaitMs,
    requestTimeoutMs: settings.request_timeout && parseDuration(settings.request_timeout.text),
    maxRetries: settings.max_retries && Number(settings.max_retries.text),
  });
  const coreVersion = await readVersion(cluster.until(signal), address, proxy);
  await logIn(cluster.until(signal), credentials, settings);
  return { ...shareReads(cluster, elapsedMs), coreVersion, clock: cluster.clock, credentials };
}

/**
 * Where the settings say that the cluster is.
 *
 * @throws {ConnectError} when they do not
 */
export function addressOf({ host, port }: Settings): Address {
  if (host === undefined) throw new ConnectError({ kind: "host-missing" });
  return { host: bareHost(host.text), port: port === undefined ? defaultPort : Number(port.text) };
}

async function readVersion(
  cluster: Cluster,
  address: Address,
  proxy: FoundProxy | undefined,
): Promise<CoreVersion | undefined> {
  const version = await cluster.coreVersion().catch((error: unknown) => {
    if (!(error instanceof ClusterError)) throw error;
    throw new ConnectError(unreachableFault(error, address, proxy), { cause: error });
  });
  const fault = version && oldCoreFault(version, address);
  if (fault !== undefined) throw new ConnectError(fault);
  return version;
}

/** Why the first request did not reach a Qumulo cluster. */
export function unreachableFault(error: ClusterError, address: Address, proxy: FoundProxy | undefined): Fault {
  return { kind: "unreachable", reason: unreachableReason(error), address, proxy, error };
}

function unreachableReason({ fault, kind, status = 0 }: ClusterError): UnreachableReason {
  if (fault !== undefined) return fault;
  if (kind === "timeout" || kind === "aborted") return kind;
  // A cluster that is busy, starting or failing answers so, and so does a gateway before one that is down.
  return kind === "answer" && (status === 429 || status >= 500) ? "busy" : "not-qumulo";
}

/** Finds that a cluster has no access tokens yet. */
export function oldCoreFault(version: CoreVersion, address: Address): Fault | undefined {
  if (isCoreWith("accessTokens", version)) return undefined;
  return { kind: "core-too-old", address, version, oldest: coreFeatures.accessTokens.since };
}

async function logIn(cluster: Cluster, credentials: Credentials, settings: Settings): Promise<void> {
  try {
    // A login proves itself; a bearer token has to be tried.
    await (credentials.kind === "login" ? cluster.sessions.start() : cluster.sessions.whoAmI());
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new ConnectError(loginFault(error, settings, credentials), { cause: error });
  }
}

function loginFault(error: ClusterError, settings: Settings, credentials: Credentials): Fault {
  const { username, password, bearer_token: bearerToken, credentials_file: file } = settings;
  if (error.status !== 401) return { kind: "login-failed", error };
  if (username !== undefined) return { kind: "login-rejected", username, password };
  const origin = credentials.kind === "login" ? "other" : originOf(credentials.bearerToken);
  return { kind: "bearer-token-rejected", setting: bearerToken ?? file, origin };
}

/**
 * Clusters give the same answer whatever is wrong with a bearer token. Its text shows what it was issued for, and so where to
 * look.
 */
function originOf(bearerToken: Secret): TokenOrigin {
  const id = claimedTokenId(bearerToken);
  if (id !== undefined) return { accessTokenId: id };
  return bearerToken.reveal().startsWith(accessTokenPrefix) ? "access-token" : "other";
}
