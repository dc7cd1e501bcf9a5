import * as v from "valibot";
import {
  describeVersion,
  getNode,
  listNodes,
  readNodeState,
  readSettings,
  replaceSettings,
} from "../../rules/cluster.ts";
import { etagOf } from "../../rules/etags.ts";
import type { Answer, Route } from "../api-request.ts";
import { text } from "../json-body.ts";

type Settings = ReturnType<typeof readSettings>;
type Node = ReturnType<typeof getNode>;

const settingsSchema = v.object({ cluster_name: text });

/**
 * What a cluster says of itself.
 *
 * @param coreVersion - such as `7.8.2`
 */
export function clusterRoutes(coreVersion: string): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/v1/version",
      operation: "readVersion",
      handle() {
        const { revisionId, buildId, flavor, buildDate } = describeVersion(coreVersion);
        return { body: { revision_id: revisionId, build_id: buildId, flavor, build_date: buildDate } };
      },
    },
    {
      method: "GET",
      path: "/v1/node/state",
      operation: "readNodeState",
      handle(_request, context) {
        const { nodeId, clusterId } = readNodeState(context);
        return { body: { node_id: nodeId, state: "ACTIVE", cluster_id: clusterId } };
      },
    },
    {
      method: "GET",
      path: "/v1/cluster/settings",
      operation: "readClusterSettings",
      handle: (_request, context) => settingsAnswer(readSettings(context)),
    },
    {
      method: "PUT",
      path: "/v1/cluster/settings",
      operation: "writeClusterSettings",
      handle(request, context) {
        const asked = { name: request.body(settingsSchema).cluster_name, ifMatch: request.ifMatch };
        return settingsAnswer(replaceSettings(context, asked));
      },
    },
    {
      method: "GET",
      path: "/v1/cluster/nodes/",
      operation: "readNodes",
      handle: (_request, context) => ({ body: listNodes(context).map(nodeJson) }),
    },
    {
      method: "GET",
      path: "/v1/cluster/nodes/{id}",
      operation: "readNodes",
      handle: (request, context) => ({ body: nodeJson(getNode(context, request.param("id"))) }),
    },
  ];
}

function settingsAnswer({ name, settingsRevision }: Settings): Answer {
  return { body: { cluster_name: name }, etag: etagOf(settingsRevision) };
}

function nodeJson({ id, name, uuid, macAddress, serialNumber }: Node): object {
  return {
    id,
    node_status: "online",
    node_name: name,
    uuid,
    label: macAddress,
    model_number: "QVIRT",
    serial_number: serialNumber,
    mac_address: macAddress,
  };
}
