import type { Cluster } from "../client/cluster.ts";
import type { Credentials } from "../client/session.ts";
import type { Clock } from "../vocabulary/clock.ts";
import type { CoreVersion } from "../vocabulary/core-version.ts";
import type { Secret } from "../vocabulary/secret.ts";
import { OwnRights } from "./rights/own-rights.ts";
import { RunTokens } from "./run/access-tokens.ts";
import { JudgedUsers } from "./run/judged-users.ts";
import { RunUsers } from "./run/local-users.ts";
import { LostRequests } from "./run/lost-requests.ts";
import { MadeGroupMembers } from "./run/made-group-members.ts";
import { Notices } from "./run/notices.ts";
import { PlannedNames } from "./run/planned-names.ts";
import { PlannedRights } from "./run/planned-rights.ts";
import { Queues } from "./run/queues.ts";
import { RoleClaims } from "./run/role-claims.ts";

/** A user's name and password. */
export type Login = Pick<Extract<Credentials, { readonly kind: "login" }>, "username" | "password">;

/** What every operation of the provider receives: clients for one cluster, and what this run has learned about it. */
export interface Connection {
  /** For reading and planning: equal requests that are made at the same time or again share one answer. */
  readonly reads: Cluster;
  /**
   * For writing, and for reads that a write depends on: sends every request to the cluster. After a write, `reads` asks the
   * cluster again.
   */
  readonly writes: Cluster;
  /** `undefined` when the cluster writes its version in an unknown format; it then counts as new enough. */
  readonly coreVersion: CoreVersion | undefined;
  /** The time on the cluster. */
  readonly clock: Clock;
  readonly memory: RunMemory;
  /** How the provider itself logs in; `undefined` when it works with a bearer token. */
  readonly login: Login | undefined;
  /** The access token that the provider's own bearer token says it is of. */
  readonly claimedTokenId: string | undefined;
  /** The secret of the access token that is being imported, from `QUMULO_IMPORT_BEARER_TOKEN`. */
  readonly importBearerToken: Secret | undefined;
}

/**
 * The cluster as one operation uses it, with the choice already made whether reads are shared, and which signal ends the
 * requests.
 */
export interface Reach extends Omit<Connection, "reads" | "writes"> {
  readonly cluster: Cluster;
}

/** The cluster for looking at it: shared reads, until the signal aborts. */
export function reading(connection: Connection, signal: AbortSignal): Reach {
  return { ...connection, cluster: connection.reads.until(signal) };
}

/** The cluster for changing it: everything is asked anew, until the signal aborts. */
export function writing(connection: Connection, signal: AbortSignal): Reach {
  return { ...connection, cluster: connection.writes.until(signal) };
}

/**
 * What one process of the provider has learnt and done, to ask the cluster less often: each store says who writes it, who
 * reads it, and when it is stale.
 *
 * It lives as long as the configuration: for one plan or one apply.
 */
export class RunMemory {
  readonly accessTokens = new RunTokens();
  readonly judgedUsers = new JudgedUsers();
  readonly localUsers = new RunUsers();
  readonly lostRequests = new LostRequests();
  readonly madeGroupMembers = new MadeGroupMembers();
  readonly notices = new Notices();
  readonly ownRights = new OwnRights();
  readonly plannedNames = new PlannedNames();
  readonly plannedRights = new PlannedRights();
  readonly queues = new Queues();
  readonly roleClaims = new RoleClaims();
}
