import { type Clock, systemClock } from "../vocabulary/clock.ts";
import type { CoreVersion } from "../vocabulary/core-version.ts";
import { findUnknownKey, type KeysOf } from "../vocabulary/known-keys.ts";
import { Secret } from "../vocabulary/secret.ts";
import type { RequestLogEntry } from "./http/request-log.ts";
import { type ClusterSetup, randomPassword } from "./open-cluster.ts";
import { requireStrongPassword } from "./rules/accounts/passwords.ts";
import { ApiError } from "./rules/api-error.ts";
import { createCluster } from "./rules/cluster/new-cluster.ts";
import type { Variations } from "./rules/context.ts";
import { acceptedCoreVersions, latestCoreVersion, parseCoreVersion } from "./rules/core-version.ts";
import { applySeed } from "./seeds/apply-seed.ts";
import { parseSeed } from "./seeds/parse-seed.ts";
import { type Seed, seededAdminPassword } from "./seeds/seed.ts";
import { SimulatorError } from "./simulator-error.ts";

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

/**
 * Refuses options that nothing reads. A seed's own keys are checked where it is parsed.
 *
 * @throws {SimulatorError} naming the first one, and what was probably meant
 */
export function refuseUnknownOptions(options: SimulatorOptions): void {
  const unknown = findUnknownKey(options, simulatorOptions);
  if (unknown !== undefined) throw new SimulatorError("option", `There is no option ${unknown.key}. ${unknown.advice}`);
  const variation = findUnknownKey(options.variations ?? {}, knownVariations);
  if (variation === undefined) return;
  throw new SimulatorError("option", `There is no variation ${variation.key}. ${variation.advice}`);
}

/**
 * How the cluster of these options is opened, and what a new one is filled with.
 *
 * @throws {SimulatorError} when an option breaks the cluster's rules
 * @throws {SeedError} when the seed is not one
 */
export function setupOf(options: SimulatorOptions, host: string): ClusterSetup {
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
