import { type Clock, systemClock } from "../vocabulary/clock.ts";
import type { CoreVersion } from "../vocabulary/core-version.ts";
import { longestTimerMs } from "../vocabulary/duration.ts";
import { findUnknownKey, type KeysOf } from "../vocabulary/known-keys.ts";
import type { Secret } from "../vocabulary/secret.ts";
import { type AccessTokens, accessTokensOf } from "./access-tokens.ts";
import { ClusterClock } from "./cluster-clock.ts";
import { type ClusterInformation, clusterInformationOf } from "./cluster-information.ts";
import { type Identities, identitiesOf } from "./identities.ts";
import { KnownSecrets } from "./known-secrets.ts";
import { type LocalGroups, localGroupsOf } from "./local-groups.ts";
import { type LocalUsers, localUsersOf } from "./local-users.ts";
import { logIn } from "./login.ts";
import type { Proxy } from "./proxy.ts";
import { RestClient } from "./rest-client.ts";
import { type RoleMembers, roleMembersOf } from "./role-members.ts";
import { type Roles, rolesOf } from "./roles.ts";
import { type Credentials, startSession } from "./session.ts";
import type { Trust } from "./tls.ts";
import { openTransport, type Transport } from "./transport.ts";
import { getCoreVersion } from "./version.ts";
import { type Sessions, sessionsOf } from "./who-am-i.ts";

/** How to reach a cluster, and as whom. */
export interface ClusterOptions {
  /** Host name or address, without scheme and port. */
  readonly host: string;
  /** @default 8000 */
  readonly port?: number | undefined;
  /** @default none: only what needs no login can be asked, such as the version */
  readonly credentials?: Credentials | undefined;
  /** @default the system's certificate authorities */
  readonly trust?: Trust | undefined;
  /**
   * The HTTP proxy through which the cluster is reached: see {@link parseProxy}. The environment is not looked at.
   *
   * @default no proxy
   */
  readonly proxy?: Proxy | undefined;
  /**
   * How long one attempt of one request may take.
   *
   * @default 30 seconds
   */
  readonly requestTimeoutMs?: number | undefined;
  /**
   * How many times a request is retried, where that is safe.
   *
   * @default 4 times
   */
  readonly maxRetries?: number | undefined;
  /**
   * The first wait between two attempts; each further one is twice as long.
   *
   * @default 250 milliseconds
   */
  readonly retryWaitMs?: number | undefined;
  /**
   * The clock of this machine.
   *
   * @default the machine's clock
   */
  readonly clock?: Clock | undefined;
}

/** A client of one cluster, by area of its REST API. It connects with the first request. */
export interface Cluster {
  /** Access tokens of all users. */
  readonly accessTokens: AccessTokens;
  /** Roles and the privileges that they give. */
  readonly roles: Roles;
  /** Who has which role. */
  readonly roleMembers: RoleMembers;
  /** Users that the cluster itself keeps. */
  readonly localUsers: LocalUsers;
  /** Groups that the cluster itself keeps, and their members. */
  readonly localGroups: LocalGroups;
  /** Looks up users and groups of every domain. */
  readonly identities: Identities;
  /** Who is logged in, and logins of others. */
  readonly sessions: Sessions;
  /** The name, id, version and nodes of the cluster. */
  readonly information: ClusterInformation;
  /** The time on the cluster, as its latest answer told it. */
  readonly clock: Clock;
  /** The version of Qumulo Core; `undefined` when the cluster writes it in an unknown way. Needs no login. */
  coreVersion(): Promise<CoreVersion | undefined>;
  /**
   * The same cluster over the same connections, for work that this signal ends: waits, retries and reads stop with a
   * `ClusterError` of the kind `aborted`. A write that was sent is awaited, so that its outcome is known.
   */
  until(signal: AbortSignal): Cluster;
  /** Closes the connections. */
  close(): Promise<void>;
}

const longestRetryWaitMs = 30_000;

const clusterOptions: KeysOf<ClusterOptions> = {
  host: true,
  port: true,
  credentials: true,
  trust: true,
  proxy: true,
  requestTimeoutMs: true,
  maxRetries: true,
  retryWaitMs: true,
  clock: true,
};

const credentialsKeys: Readonly<Record<Credentials["kind"], Readonly<Record<string, true>>>> = {
  login: { kind: true, username: true, password: true },
  // With the path of the file that a bearer token was read from.
  "bearer-token": { kind: true, bearerToken: true, path: true },
};

const trustKeys: Readonly<Record<Trust["kind"], Readonly<Record<string, true>>>> = {
  authorities: { kind: true, authoritiesPem: true },
  fingerprint: { kind: true, certificateSha256: true },
  insecure: { kind: true },
};

/** What nothing reads, a misspelled `authoritiesPem` say, would connect in another way than was asked for. */
function refuseUnknownOptions({ credentials, trust, ...options }: ClusterOptions): void {
  refuseUnknownKey("", options, clusterOptions);
  if (credentials !== undefined) refuseUnknownVariant("credentials", credentials, credentialsKeys);
  if (trust !== undefined) refuseUnknownVariant("trust", trust, trustKeys);
}

function refuseUnknownVariant<T extends { readonly kind: string }>(
  option: string,
  given: T,
  variants: Readonly<Record<T["kind"], Readonly<Record<string, true>>>>,
): void {
  const kind: T["kind"] = given.kind;
  refuseUnknownKey(`${option}.kind `, { [kind]: true }, variants);
  refuseUnknownKey(`${option}.`, given, variants[kind]);
}

function refuseUnknownKey(place: string, given: object, keys: Readonly<Record<string, unknown>>): void {
  const unknown = findUnknownKey(given, keys);
  if (unknown !== undefined) throw new TypeError(`openCluster knows no ${place}${unknown.key}. ${unknown.advice}`);
}

/**
 * Opens a client of a cluster. It makes no request yet.
 *
 * @throws {TypeError} when an option is unknown
 *
 * @example
 * import { openCluster, readCredentialsFile } from "cdktf-qumulo/client";
 *
 * const credentials = await readCredentialsFile("/run/secrets/qumulo");
 * if (credentials.kind !== "bearer-token") throw new Error("There are no credentials.");
 * const cluster = openCluster({ host: "cluster.example.com", credentials });
 * for (const { name } of await cluster.localUsers.list()) console.log(name);
 * await cluster.close();
 */
export function openCluster(options: ClusterOptions): Cluster {
  refuseUnknownOptions(options);
  const clock = new ClusterClock(options.clock ?? systemClock);
  const transport = withClock(
    openTransport({
      host: options.host,
      port: options.port ?? 8_000,
      trust: options.trust ?? { kind: "authorities" },
      proxy: options.proxy,
      requestTimeoutMs: Math.min(options.requestTimeoutMs ?? 30_000, longestTimerMs),
    }),
    clock,
  );
  const retryPolicy = {
    maxRetries: options.maxRetries ?? 4,
    firstWaitMs: options.retryWaitMs ?? 250,
    longestWaitMs: Math.min(longestRetryWaitMs, options.requestTimeoutMs ?? longestRetryWaitMs),
  };
  const parts = { transport, retryPolicy, signal: undefined, secrets: new KnownSecrets() };
  const { credentials } = options;
  const session =
    credentials && startSession(credentials, loginOf(credentials, new RestClient({ ...parts, session: undefined })));
  const rest = new RestClient({ ...parts, session });
  return clusterOf(rest, { clock, close: async () => transport.close() });
}

function withClock(transport: Transport, clock: ClusterClock): Transport {
  return {
    async exchange(request, signal) {
      const answer = await transport.exchange(request, signal);
      clock.observe(answer.date);
      return answer;
    },
    close: async () => transport.close(),
  };
}

function loginOf(credentials: Credentials, open: RestClient): () => Promise<Secret> {
  return async () => {
    if (credentials.kind === "bearer-token") return credentials.bearerToken;
    return logIn(open, credentials.username, credentials.password);
  };
}

/** Each part is made when it is asked for: an operation has a cluster of its own, and uses one part or two. */
function clusterOf(rest: RestClient, shared: Pick<Cluster, "clock" | "close">): Cluster {
  return {
    ...shared,
    get accessTokens() {
      return accessTokensOf(rest);
    },
    get roles() {
      return rolesOf(rest);
    },
    get roleMembers() {
      return roleMembersOf(rest);
    },
    get localUsers() {
      return localUsersOf(rest);
    },
    get localGroups() {
      return localGroupsOf(rest);
    },
    get identities() {
      return identitiesOf(rest);
    },
    get sessions() {
      return sessionsOf(rest);
    },
    get information() {
      return clusterInformationOf(rest);
    },
    coreVersion: async () => getCoreVersion(rest),
    until: (signal) => clusterOf(rest.until(signal), shared),
  };
}
