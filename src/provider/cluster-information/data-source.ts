import type { ClusterNode } from "../../client/cluster-information.ts";
import type { DataSource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { withDiagnostics } from "../operation/with-diagnostics.ts";
import { clusterSchema, type ClusterSchema } from "./schema.ts";

/** Reads what the cluster is. */
export const clusterDataSource: DataSource<ClusterSchema, Connection> = {
  name: "cluster",
  schema: clusterSchema,

  async read({ client, signal }) {
    const { information } = client.reads.until(signal);
    const attempt = {
      summary: "The information about the cluster could not be read",
      privilege: "PRIVILEGE_CLUSTER_READ",
    };
    return withDiagnostics(attempt, async () => {
      const [id, name, release, nodes] = await Promise.all([
        information.id(),
        information.name(),
        information.release(),
        information.listNodes(),
      ]);
      // "Qumulo Core 7.8.2": the version is what follows the last blank.
      const version = release.split(" ").at(-1) ?? release;
      return { id: id ?? null, name, version, nodes: nodes.map(toNodeModel) };
    });
  },
};

function toNodeModel(node: ClusterNode) {
  return {
    id: node.id,
    name: node.name ?? null,
    status: node.status ?? null,
    uuid: node.uuid ?? null,
    label: node.label ?? null,
    model_number: node.modelNumber ?? null,
    serial_number: node.serialNumber ?? null,
    mac_address: node.macAddress ?? null,
  };
}
