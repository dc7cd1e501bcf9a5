import type { Clock } from "../../vocabulary/clock.ts";
import { type ClusterRecord, clusterKey } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import type { CoreVersion } from "../../vocabulary/core-version.ts";

/** Where sources are silent, the other way in which a cluster may behave. All are off unless asked for. */
export interface Variations {
  /** A 401 comes without a body; clients must cope with both. */
  readonly emptyUnauthorized?: boolean;
  /** Adding a member to a role twice answers 200 instead of 409. */
  readonly repeatedMemberAccepted?: boolean;
  /** The local group Administrators is a member of the role Administrators from the start. */
  readonly administratorsGroupHoldsRole?: boolean;
  /** There is the built-in role Qumulo-Support, as on clusters that are registered with Nexus. */
  readonly supportRole?: boolean;
  /** A look-up by the name of a user or group that was deleted is refused, also when another has that name by now. */
  readonly removedNamesLinger?: boolean;
}

/** What every rule works with. */
export interface Context {
  readonly store: Store;
  readonly clock: Clock;
  readonly variations: Variations;
  /** What the cluster runs at present; the store may hold what a later version knew. */
  readonly coreVersion: CoreVersion;
}

/** The one record of the cluster itself. */
export function clusterRecord(context: Context): ClusterRecord {
  const record = context.store.find("cluster", clusterKey);
  if (record === undefined) throw new Error("The store holds no cluster: it was never seeded.");
  return record;
}

/** Changes fields of the cluster's own record. */
export function changeCluster(context: Context, change: Partial<ClusterRecord>): void {
  context.store.put("cluster", clusterKey, { ...clusterRecord(context), ...change });
}

/** A revision that no object had before. */
export function nextRevision(context: Context): number {
  const lastRevision = clusterRecord(context).lastRevision + 1;
  changeCluster(context, { lastRevision });
  return lastRevision;
}

/** The order of decimal numbers in text form, of any length, without leading zeros. */
export function compareDecimals(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}
