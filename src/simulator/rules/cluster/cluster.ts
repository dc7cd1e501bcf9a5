import { randomUUID } from "node:crypto";
import type { ClusterRecord, NodeRecord } from "../../store/records.ts";
import { ApiError, found } from "../api-error.ts";
import { changeCluster, clusterRecord, type Context, nextRevision } from "../context.ts";
import { requireMatch } from "../etags.ts";
import { type CoreVersion, renderCoreVersion } from "../../../vocabulary/core-version.ts";

export type { NodeRecord as Node } from "../../store/records.ts";

/**
 * What the cluster runs.
 *
 * @see OpenAPI 7.8.2, GET /v1/version
 */
export interface Version {
  /** "Qumulo Core " and the version. */
  readonly revisionId: string;
  readonly buildId: string;
  readonly flavor: string;
  /** RFC 3339. */
  readonly buildDate: string;
}

/** What a cluster with this Core version answers about its version. */
export function describeVersion(coreVersion: CoreVersion): Version {
  return {
    revisionId: `Qumulo Core ${renderCoreVersion(coreVersion)}`,
    buildId: "350717.1.41",
    flavor: "release",
    buildDate: "2026-02-10T09:12:00Z",
  };
}

/** The cluster's name, and the revision of its settings. */
export function readSettings(context: Context): Pick<ClusterRecord, "name" | "settingsRevision"> {
  return clusterRecord(context);
}

/**
 * Renames the cluster.
 *
 * @throws {ApiError} 412; 400 for an empty name
 * @see OpenAPI 7.8.2; names are assumed
 */
export function replaceSettings(
  context: Context,
  asked: { readonly name: string; readonly ifMatch: string | undefined },
): Pick<ClusterRecord, "name" | "settingsRevision"> {
  const before = clusterRecord(context);
  requireMatch(asked.ifMatch, before.settingsRevision);
  if (asked.name === "") throw new ApiError("undecodable", "cluster_name: a cluster needs a name");
  if (asked.name !== before.name) {
    changeCluster(context, { name: asked.name, settingsRevision: nextRevision(context) });
  }
  return clusterRecord(context);
}

/** A virtual node as a new cluster has it. */
export function newNode(clusterName: string, id: number): NodeRecord {
  const address = (0x12_3455 + id)
    .toString(16)
    .padStart(6, "0")
    .slice(-6)
    .replace(/(..)(..)(..)/, "$1:$2:$3");
  return {
    id,
    name: `${clusterName}-${id}`,
    uuid: randomUUID(),
    macAddress: `52:54:00:${address}`,
    serialNumber: `QVIRT-${id.toString().padStart(4, "0")}`,
  };
}

/** All nodes. */
export function listNodes(context: Context): readonly NodeRecord[] {
  return clusterRecord(context).nodes;
}

/**
 * One node.
 *
 * @param id - as it stands in the path
 * @throws {ApiError} 404
 */
export function getNode(context: Context, id: string): NodeRecord {
  return found(
    listNodes(context).find((node) => node.id.toString() === id),
    "notFound",
    `node ${id.slice(0, 80)}`,
  );
}

/**
 * The node that answers, which is always the first, and the cluster's id.
 *
 * @see OpenAPI 7.8.2, GET /v1/node/state
 */
export function readNodeState(context: Context): { readonly nodeId: number; readonly clusterId: string } {
  return { nodeId: 1, clusterId: clusterRecord(context).clusterId };
}
