import type { ClusterSetup, OpenCluster } from "./open-cluster.ts";
import { MemoryStore } from "./store/memory-store.ts";
import { type TableName, tableIndexes } from "./store/records.ts";
import type { Store } from "./store/store.ts";

/**
 * Puts a new cluster in the place of the open one, as one change. It is made in memory first, so that a seed that is refused
 * changes nothing.
 *
 * @throws {SeedError} when no cluster can be made from the seed
 */
export function replaceCluster(
  { context, adminPassword }: Pick<OpenCluster, "context" | "adminPassword">,
  { contextOn, fill }: Pick<ClusterSetup, "contextOn" | "fill">,
): void {
  const fresh = contextOn(new MemoryStore());
  fill(fresh, adminPassword);
  context.store.transaction(() => {
    // Object.keys forgets which names the keys are.
    for (const table of Object.keys(tableIndexes) as TableName[]) replaceTable(context.store, fresh.store, table);
  });
}

function replaceTable(store: Store, fresh: Store, table: TableName): void {
  for (const [key] of [...store.entries(table)]) store.remove(table, key);
  for (const [key, record] of fresh.entries(table)) store.put(table, key, record);
}
