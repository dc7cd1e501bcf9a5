import { computed, listOf, number, object, type Schema, string } from "../../framework/schema.ts";

/** What the cluster is. */
export const clusterSchema = {
  description:
    "Reads what the cluster is: its name, its id, what it runs and its nodes. The nodes need `PRIVILEGE_CLUSTER_READ`.",
  attributes: {
    id: computed(string, {
      description: "The UUID of the cluster, which never changes; null while the cluster is not set up.",
    }),
    name: computed(string, { description: "The name that people gave the cluster." }),
    version: computed(string, { description: "The version of Qumulo Core that it runs, for example `7.8.2`." }),
    nodes: computed(
      listOf(
        object({
          id: computed(number, { description: "The number of the node in the cluster." }),
          name: computed(string, { description: "The name of the node." }),
          status: computed(string, { description: "`online`, or the name of another state that the node is in." }),
          uuid: computed(string, { description: "The UUID of the node." }),
          label: computed(string, { description: "The label of the node." }),
          model_number: computed(string, { description: "The model of the node." }),
          serial_number: computed(string, { description: "The serial number of the node." }),
          mac_address: computed(string, { description: "The network hardware address of the node." }),
        }),
      ),
      { description: "The nodes, in ascending order of their ids." },
    ),
  },
} as const satisfies Schema;

/** The shape of what a cluster is. */
export type ClusterSchema = typeof clusterSchema;
