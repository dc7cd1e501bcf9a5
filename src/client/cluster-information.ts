import * as v from "valibot";

import { maybeText } from "./answer.ts";
import type { RestClient } from "./rest-client.ts";

/** One machine of a cluster. */
export interface ClusterNode {
  /** Its number in the cluster. */
  readonly id: number;
  /** The name that people gave it. */
  readonly name: string | undefined;
  /** `online`, or the state that it is in. */
  readonly status: string | undefined;
  /** Its UUID, which never changes. */
  readonly uuid: string | undefined;
  /** What the machine is labelled with. */
  readonly label: string | undefined;
  /** What its maker calls the model. */
  readonly modelNumber: string | undefined;
  /** Its maker's number of this machine. */
  readonly serialNumber: string | undefined;
  /** Address of its first network interface. */
  readonly macAddress: string | undefined;
}

/** What a cluster is: its name, id, version and nodes. */
export interface ClusterInformation {
  /** The name that people gave it. Needs no login. */
  name(): Promise<string>;
  /** Its UUID, which never changes; `undefined` while it is not set up. Needs no login. */
  id(): Promise<string | undefined>;
  /** What it runs, in its own words: `Qumulo Core 7.8.2`. Needs no login. */
  release(): Promise<string>;
  /** All nodes, in ascending order of their ids. */
  listNodes(): Promise<readonly ClusterNode[]>;
}

const settingsAnswer = v.object({ cluster_name: v.string() });

const stateAnswer = v.object({ cluster_id: maybeText });

const versionAnswer = v.object({ revision_id: v.string() });

const nodesAnswer = v.array(
  v.pipe(
    v.object({
      id: v.pipe(v.number(), v.safeInteger()),
      node_name: maybeText,
      node_status: maybeText,
      uuid: maybeText,
      label: maybeText,
      model_number: maybeText,
      serial_number: maybeText,
      mac_address: maybeText,
    }),
    v.transform((wire): ClusterNode => ({
      id: wire.id,
      name: wire.node_name,
      status: wire.node_status,
      uuid: wire.uuid,
      label: wire.label,
      modelNumber: wire.model_number,
      serialNumber: wire.serial_number,
      macAddress: wire.mac_address,
    })),
  ),
);

/** The name, id, version and nodes of the cluster behind this client. */
export function clusterInformationOf(rest: RestClient): ClusterInformation {
  const open = { method: "GET", open: true } as const;
  return {
    async name() {
      return (await rest.call({ ...open, path: "/v1/cluster/settings", answer: settingsAnswer })).value.cluster_name;
    },
    async id() {
      return (await rest.call({ ...open, path: "/v1/node/state", answer: stateAnswer })).value.cluster_id;
    },
    async release() {
      return (await rest.call({ ...open, path: "/v1/version", answer: versionAnswer })).value.revision_id;
    },
    async listNodes() {
      const { value } = await rest.call({ method: "GET", path: "/v1/cluster/nodes/", answer: nodesAnswer });
      return value.toSorted((left, right) => left.id - right.id);
    },
  };
}
