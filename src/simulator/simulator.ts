import { isIPv6 } from "node:net";
import { renderCoreVersion } from "../vocabulary/core-version.ts";
import { errorCode } from "../vocabulary/error-code.ts";
import type { Secret } from "../vocabulary/secret.ts";
import { ExchangeRecords, type UnknownPath } from "./exchange-records.ts";
import type { CounterSnapshot } from "./http/counters.ts";
import type { FaultDeclaration, PendingFault } from "./http/faults.ts";
import type { RequestLogEntry } from "./http/request-log.ts";
import { Router } from "./http/router.ts";
import { routesOf } from "./http/routes.ts";
import { ApiServer } from "./http/server.ts";
import { certificateFile } from "./kept-certificate.ts";
import { type ClusterSetup, type OpenCluster, openMemoryCluster, openStoredCluster } from "./open-cluster.ts";
import { replaceCluster } from "./replace-cluster.ts";
import { completeSamlLogin } from "./rules/access/saml.ts";
import { ApiError } from "./rules/api-error.ts";
import type { Context } from "./rules/context.ts";
import { latestCoreVersion } from "./rules/core-version.ts";
import { exportSeed } from "./seeds/export-seed.ts";
import type { Seed } from "./seeds/seed.ts";
import { SimulatorError } from "./simulator-error.ts";
import { refuseUnknownOptions, setupOf, type SimulatorOptions } from "./simulator-options.ts";
import { StoreError } from "./store/store-error.ts";

/** A cluster in this process. */
export interface Simulator extends AsyncDisposable {
  /** Such as `https://127.0.0.1:40123`, without a slash at the end. */
  readonly url: string;
  /** The address that it listens on. */
  readonly host: string;
  /** The port that it listens on. */
  readonly port: number;
  /** The certificate, which is its own CA. */
  readonly certificatePem: string;
  /** The file that holds the certificate; absent without a data folder. */
  readonly certificateFile?: string;
  /** SHA-256 of the certificate's DER form: 64 hexadecimal digits, lower case, no colons. */
  readonly certificateSha256: string;
  /** The version of Qumulo Core, such as `7.8.2`. */
  readonly coreVersion: string;
  /** Whether this start has made the cluster; a data folder may hold one already, which no seed has filled then. */
  readonly isNew: boolean;
  /** Always `admin`. */
  readonly username: string;
  /** Password of `admin`. */
  readonly adminPassword: Secret;
  /** All exchanges so far, oldest first; the latest 100 000 at most. */
  readonly requests: readonly RequestLogEntry[];
  /** Requests to paths that the simulator does not serve, oldest first. */
  readonly unknownPaths: readonly UnknownPath[];
  /** Failures of the simulator itself; empty unless it has a defect. */
  readonly defects: readonly unknown[];
  /** How often what happened since the start. */
  readonly counters: () => CounterSnapshot;
  /** Describes the cluster as it is now, so that another one can be made from it; see {@link Seed}. */
  readonly exportSeed: () => Seed;
  /**
   * Stands for the browser and the identity provider in a single sign-on: this user of Active Directory has signed in.
   *
   * @param loginId - as `POST /v1/session/start-saml-login` answered it
   * @param userName - such as `jane@lab.example.com` or `LAB\\jane`
   * @returns the verification code that the browser shows, for `POST /v1/session/retrieve-saml-login`
   * @throws {SimulatorError} for an unknown or expired login, or a user who may not log in so
   */
  readonly completeSamlLogin: (loginId: string, userName: string) => string;
  /** Makes coming exchanges fail. */
  readonly failNext: (declaration: FaultDeclaration) => void;
  /** How many declared failures have not happened yet. */
  readonly faultsLeft: () => number;
  /** The declared failures that have not happened yet, in the order of their declaration. */
  readonly pendingFaults: () => readonly PendingFault[];
  /** Forgets the declared failures that have not happened yet. */
  readonly clearFaults: () => void;
  /** Empties {@link Simulator.requests} and {@link Simulator.unknownPaths}; the counters go on. */
  readonly clearRequests: () => void;
  /**
   * Puts a new cluster in the place of the present one, also in the data folder, as one change: it holds what every cluster has
   * and what the seed describes. Address, certificate and the password of `admin` stay; sessions and access tokens end.
   *
   * @throws {SeedError} when no cluster can be made from the seed; the present one then stays as it is
   */
  readonly replaceCluster: (seed: Seed) => void;
  /**
   * Begins again: a new cluster with the seed of the start, if there was one, no declared failures, and no remembered requests.
   * A clock that was given is not touched.
   */
  readonly reset: () => void;
  /** Stops at once, also with open connections and unanswered requests. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a Qumulo Core cluster in this process: HTTPS with a certificate of its own, empty but for what every cluster has.
 *
 * @throws {SimulatorError} when an option is unknown, it cannot listen there, the password breaks the cluster's rules, the version is none that
 * it knows, a text is empty, or the data folder cannot be used: then `cause` is a `StoreError`, which tells why
 *
 * @example
 * import { openCluster } from "cdktf-qumulo/client";
 * import { startSimulator } from "cdktf-qumulo/simulator";
 *
 * const simulator = await startSimulator({ seed: { version: 1, users: [{ name: "svc-backup" }] } });
 * const cluster = openCluster({
 *   host: simulator.host,
 *   port: simulator.port,
 *   credentials: { kind: "login", username: simulator.username, password: simulator.adminPassword },
 *   trust: { kind: "fingerprint", certificateSha256: simulator.certificateSha256 },
 * });
 * await cluster.localUsers.findByName("svc-backup");
 * await cluster.close();
 * await simulator.close();
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  refuseUnknownOptions(options);
  const { port = 0, host = "127.0.0.1" } = options;
  const setup = setupOf(options, host);
  const cluster = await openCluster(options, setup);
  const { context, certificate, adminPassword } = cluster;
  const records = new ExchangeRecords({ ...options, coreVersion: context.coreVersion });
  const server = new ApiServer({
    ...certificate,
    router: new Router(routesOf(context.coreVersion)),
    context,
    latencyMs: options.latencyMs ?? 0,
    listeners: records,
    onRequest: records.onRequest,
  });
  const boundPort = await serve(cluster, server, { port, host });
  return {
    url: `https://${isIPv6(host) ? `[${host}]` : host}:${boundPort}`,
    host,
    port: boundPort,
    certificatePem: certificate.certificatePem,
    ...(options.dataFolder === undefined ? {} : { certificateFile: certificateFile(options.dataFolder) }),
    certificateSha256: certificate.sha256,
    coreVersion: renderCoreVersion(context.coreVersion),
    isNew: cluster.isNew,
    username: "admin",
    adminPassword,
    requests: records.requests,
    unknownPaths: records.unknownPaths,
    defects: records.defects,
    counters: () => records.counters.snapshot(),
    // Also what this version does not show.
    exportSeed: () => exportSeed({ ...context, coreVersion: latestCoreVersion }),
    completeSamlLogin: (loginId, userName) => completeLogin(context, loginId, userName),
    ...controlsOf(server, cluster),
    clearRequests: records.clear,
    replaceCluster: (seed) => {
      replaceCluster(cluster, setupOf({ ...options, seed }, host));
    },
    reset: () => {
      replaceCluster(cluster, setup);
      server.faults.clear();
      records.clear();
    },
  };
}

async function openCluster({ dataFolder }: SimulatorOptions, setup: ClusterSetup): Promise<OpenCluster> {
  if (dataFolder === undefined) return openMemoryCluster(setup);
  try {
    return await openStoredCluster(dataFolder, setup);
  } catch (error) {
    throw placed(error);
  }
}

async function serve(
  cluster: OpenCluster,
  server: ApiServer,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<number> {
  try {
    const boundPort = await listen(server, port, host);
    await cluster.announce({ host, port: boundPort });
    return boundPort;
  } catch (error) {
    await server.close();
    await cluster.close();
    throw placed(error);
  }
}

/** What is wrong with the data folder, as an error of the simulator. */
function placed(error: unknown): unknown {
  return error instanceof StoreError ? new SimulatorError("place", error.message, { cause: error }) : error;
}

type Controls = Pick<
  Simulator,
  "failNext" | "faultsLeft" | "pendingFaults" | "clearFaults" | "close" | typeof Symbol.asyncDispose
>;

function controlsOf(server: ApiServer, cluster: OpenCluster): Controls {
  const close = async (): Promise<void> => {
    await server.close();
    await cluster.close();
  };
  return {
    failNext: (declaration) => {
      server.faults.declare(declaration);
    },
    faultsLeft: () => server.faults.left,
    pendingFaults: () => server.faults.pending,
    clearFaults: () => {
      server.faults.clear();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function completeLogin(context: Context, loginId: string, userName: string): string {
  try {
    return context.store.transaction(() => completeSamlLogin(context, loginId, userName));
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    throw new SimulatorError("place", `${cause.message}.`, { cause });
  }
}

async function listen(server: ApiServer, port: number, host: string): Promise<number> {
  try {
    return await server.listen(port, host);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SimulatorError(
      "place",
      `The simulator cannot listen at ${host} port ${port}: ${reason}. ${adviceOn(cause)}`,
      {
        cause,
      },
    );
  }
}

const hostFaults: ReadonlySet<string | undefined> = new Set(["ENOTFOUND", "EAI_AGAIN", "EADDRNOTAVAIL", "EINVAL"]);

function adviceOn(cause: unknown): string {
  if (hostFaults.has(errorCode(cause))) return "Choose an address of this machine, such as 127.0.0.1.";
  return "Choose another port, or 0 for any free one.";
}
