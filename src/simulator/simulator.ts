import { isIPv6 } from "node:net";
import { type Clock, systemClock } from "../vocabulary/clock.ts";
import { type CoreVersion, renderCoreVersion } from "../vocabulary/core-version.ts";
import { errorCode } from "../vocabulary/error-code.ts";
import { findUnknownKey, type KeysOf } from "../vocabulary/known-keys.ts";
import { Secret } from "../vocabulary/secret.ts";
import { ExchangeRecords, type UnknownPath } from "./exchange-records.ts";
import type { CounterSnapshot } from "./http/counters.ts";
import type { FaultDeclaration } from "./http/faults.ts";
import type { RequestLogEntry } from "./http/request-log.ts";
import { Router } from "./http/router.ts";
import { routesOf } from "./http/routes.ts";
import { ApiServer } from "./http/server.ts";
import { certificateFile } from "./kept-certificate.ts";
import {
  type ClusterSetup,
  type OpenCluster,
  openMemoryCluster,
  openStoredCluster,
  randomPassword,
} from "./open-cluster.ts";
import { completeSamlLogin } from "./rules/access/saml.ts";
import { requireStrongPassword } from "./rules/accounts/passwords.ts";
import { ApiError } from "./rules/api-error.ts";
import { createCluster } from "./rules/cluster/new-cluster.ts";
import type { Context, Variations } from "./rules/context.ts";
import { acceptedCoreVersions, latestCoreVersion, parseCoreVersion } from "./rules/core-version.ts";
import { applySeed } from "./seeds/apply-seed.ts";
import { exportSeed } from "./seeds/export-seed.ts";
import { parseSeed } from "./seeds/parse-seed.ts";
import { type Seed, seededAdminPassword } from "./seeds/seed.ts";
import { StoreError } from "./store/store-error.ts";

/** How a simulator is started; all of it may be left out. */
export interface SimulatorOptions {
  /** Port to listen at; 0, also when absent, lets the system choose. */
  readonly port?: number;
  /**
   * Address to listen at; 127.0.0.1 when absent. The certificate stands for it, for localhost, 127.0.0.1, ::1 and the
   * machine's name; a data folder's stands for the address that it was made with.
   */
  readonly host?: string;
  /**
   * Where the cluster and its certificate are kept: a folder of its own, made when there is none. Every change that was
   * answered is there, whatever ends the process. A cluster that is there goes on as it is, without `clusterName` and
   * `seed`. When absent, everything is in memory and gone with the simulator.
   */
  readonly dataFolder?: string;
  /**
   * Password of `admin`, by the cluster's own rules; a random one when absent. In a data folder it becomes admin's
   * password if it was not; one that was chosen must be given each time, as the folder tells only a random one again.
   */
  readonly adminPassword?: string | Secret;
  /** What time it is on the cluster; the machine's clock when absent. */
  readonly clock?: Clock;
  /** How long every answer is held back; 0 when absent. */
  readonly latencyMs?: number;
  /** Name of the cluster; that of the seed when absent, and `simulator` without a seed. */
  readonly clusterName?: string;
  /**
   * The version of Qumulo Core, such as `7.2.0` or `5.3.3.1`, from 5.0.0 on: what came later is missing. 7.8.2, the
   * latest, when absent.
   */
  readonly coreVersion?: string;
  /**
   * What a new cluster holds in addition to what every cluster has. `adminPassword` wins over the seed's; a seed without
   * `admin` leaves the password as it would be without a seed.
   */
  readonly seed?: Seed;
  /** Other behavior where Qumulo's documents do not say which it is; see {@link Variations}. */
  readonly variations?: Variations;
  /** Called for every exchange, just before its answer is sent. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
  /**
   * Called for every request to a path that the simulator does not serve; the request is answered 404. `explanation` is
   * a line for people: what was asked, and what is served.
   */
  readonly onUnknownPath?: (method: string, path: string, explanation: string) => void;
  /**
   * Called when the data folder could not take a change, as on a full disk, with what happened and what to do. The change
   * does not count, and its request is answered with 500.
   *
   * @default does nothing
   */
  readonly onNotStored?: (explanation: string) => void;
  /** Called for a failure of the simulator itself; the request is answered 500. */
  readonly onDefect?: (error: unknown) => void;
}

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
  /** Forgets the declared failures that have not happened yet. */
  readonly clearFaults: () => void;
  /** Stops at once, also with open connections and unanswered requests. */
  readonly close: () => Promise<void>;
}

/** What a {@link SimulatorError} is about: what it was asked for, or where it was to run. */
export type SimulatorErrorKind = "option" | "place";

/** A simulator that cannot start. */
export class SimulatorError extends Error {
  override readonly name = "SimulatorError";
  /** What it is about, to branch on. */
  readonly kind: SimulatorErrorKind;

  constructor(kind: SimulatorErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
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
  const cluster = await openCluster(options, setupOf(options, host));
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
  };
}

const simulatorOptions: KeysOf<SimulatorOptions> = {
  port: true,
  host: true,
  dataFolder: true,
  adminPassword: true,
  clock: true,
  latencyMs: true,
  clusterName: true,
  coreVersion: true,
  seed: true,
  variations: true,
  onRequest: true,
  onUnknownPath: true,
  onNotStored: true,
  onDefect: true,
};

const knownVariations: KeysOf<Variations> = {
  emptyUnauthorized: true,
  repeatedMemberAccepted: true,
  administratorsGroupHoldsRole: true,
  supportRole: true,
  removedNamesLinger: true,
};

/** A seed's own keys are checked where it is parsed. */
function refuseUnknownOptions(options: SimulatorOptions): void {
  const unknown = findUnknownKey(options, simulatorOptions);
  if (unknown !== undefined) throw new SimulatorError("option", `There is no option ${unknown.key}. ${unknown.advice}`);
  const variation = findUnknownKey(options.variations ?? {}, knownVariations);
  if (variation === undefined) return;
  throw new SimulatorError("option", `There is no variation ${variation.key}. ${variation.advice}`);
}

function setupOf(options: SimulatorOptions, host: string): ClusterSetup {
  const { clock = systemClock, variations = {}, clusterName } = options;
  requireText({ host, clusterName });
  const coreVersion = checkCoreVersion(options.coreVersion);
  const seed = options.seed === undefined ? undefined : parseSeed(options.seed);
  const seeded = seededAdminPassword(seed);
  return {
    host,
    chosenPassword: options.adminPassword === undefined ? undefined : checkPassword(options.adminPassword),
    seededPassword: seeded === undefined ? undefined : checkPassword(seeded),
    contextOn: (store) => ({ store, clock, variations, coreVersion }),
    fill(context, adminPassword) {
      context.store.transaction(() => {
        createCluster(context, { name: clusterName ?? "simulator", adminPassword, guestPassword: randomPassword() });
      });
      if (seed === undefined) return;
      const cluster = clusterName === undefined ? seed.cluster : { ...seed.cluster, name: clusterName };
      applySeed({ ...context, coreVersion: latestCoreVersion }, { ...seed, cluster });
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

type Controls = Pick<Simulator, "failNext" | "faultsLeft" | "clearFaults" | "close" | typeof Symbol.asyncDispose>;

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

/** An empty host would mean every address of the machine. */
function requireText(texts: Readonly<Record<string, string | undefined>>): void {
  const empty = Object.keys(texts).find((name) => texts[name] === "");
  if (empty !== undefined) throw new SimulatorError("option", `${empty} is empty. Give a text, or leave it out.`);
}

function checkPassword(given: string | Secret): Secret {
  const password = typeof given === "string" ? new Secret(given) : given;
  try {
    requireStrongPassword(password);
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    const message = `The password for admin is not one that a cluster takes. ${cause.message}.`;
    throw new SimulatorError("option", message, { cause });
  }
  return password;
}

function checkCoreVersion(given: string | undefined): CoreVersion {
  if (given === undefined) return latestCoreVersion;
  const version = parseCoreVersion(given);
  if (version !== undefined) return version;
  throw new SimulatorError(
    "option",
    `${JSON.stringify(given)} is not a version of Qumulo Core that can be simulated. Give ${acceptedCoreVersions}.`,
  );
}
