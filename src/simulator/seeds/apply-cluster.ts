import { type Node, newNode } from "../rules/cluster/cluster.ts";
import { changeCluster, clusterRecord } from "../rules/context.ts";
import type { SeededCluster, SeededNode } from "./seed.ts";
import type { SeedBuilder } from "./seed-builder.ts";

/** Sets the cluster's name, its nodes and its other properties. */
export function applyCluster({ context }: SeedBuilder, seeded: SeededCluster): void {
  const before = clusterRecord(context);
  const { name = before.name, id = before.clusterId, sid_prefix: sidPrefix = before.sidPrefix, nodes = 1 } = seeded;
  const given: readonly SeededNode[] = typeof nodes === "number" ? Array.from({ length: nodes }, () => ({})) : nodes;
  changeCluster(context, {
    name,
    clusterId: id.toLowerCase(),
    sidPrefix,
    nodes: given.map((node, index) => describeNode(node, newNode(name, index + 1))),
  });
}

function describeNode(seeded: SeededNode, fresh: Node): Node {
  return {
    id: fresh.id,
    name: seeded.name ?? fresh.name,
    uuid: seeded.uuid?.toLowerCase() ?? fresh.uuid,
    macAddress: seeded.mac_address ?? fresh.macAddress,
    serialNumber: seeded.serial_number ?? fresh.serialNumber,
  };
}
