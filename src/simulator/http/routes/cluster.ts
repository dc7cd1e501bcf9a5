import * as v from "valibot";
import {
  describeVersion,
  getNode,
  listNodes,
  readNodeState,
  readSettings,
  replaceSettings,
} from "../../rules/cluster/cluster.ts";
import { etagOf } from "../../rules/etags.ts";
import { nodeShape, nodeStateShape, settingsShape, versionShape } from "../answer-shapes.ts";
import { type Answer, type Route, withBody } from "../api-request.ts";
import { text } from "../json-body.ts";

type Settings = ReturnType<typeof readSettings>;
type Node = ReturnType<typeof getNode>;

const settingsSchema = v.object({ cluster_name: text });

/** What a cluster says of itself. */
export const clusterRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/version",
    operation: "readVersion",
    summary: "Tell which version the cluster runs",
    answer: versionShape,
    handle(_request, context) {
      const { revisionId, buildId, flavor, buildDate } = describeVersion(context.coreVersion);
      return { body: { revision_id: revisionId, build_id: buildId, flavor, build_date: buildDate } };
    },
  },
  {
    method: "GET",
    path: "/v1/node/state",
    operation: "readNodeState",
    summary: "Tell the state of the node that answers",
    answer: nodeStateShape,
    handle(_request, context) {
      const { nodeId, clusterId } = readNodeState(context);
      return { body: { node_id: nodeId, state: "ACTIVE", cluster_id: clusterId } };
    },
  },
  {
    method: "GET",
    path: "/v1/cluster/settings",
    operation: "readClusterSettings",
    summary: "Read the name of the cluster",
    answer: settingsShape,
    handle: (_request, context) => settingsAnswer(readSettings(context)),
  },
  withBody({
    method: "PUT",
    path: "/v1/cluster/settings",
    operation: "writeClusterSettings",
    summary: "Change the name of the cluster",
    body: settingsSchema,
    takesIfMatch: true,
    answer: settingsShape,
    handle: ({ content, ifMatch }, context) =>
      settingsAnswer(replaceSettings(context, { name: content.cluster_name, ifMatch })),
  }),
  {
    method: "GET",
    path: "/v1/cluster/nodes/",
    operation: "readNodes",
    summary: "List nodes",
    answer: v.array(nodeShape),
    handle: (_request, context) => ({ body: listNodes(context).map(nodeJson) }),
  },
  {
    method: "GET",
    path: "/v1/cluster/nodes/{id}",
    operation: "readNodes",
    summary: "Read a node",
    answer: nodeShape,
    handle: (request, context) => ({ body: nodeJson(getNode(context, request.param("id"))) }),
  },
];

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
