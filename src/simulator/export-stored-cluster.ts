import { systemClock } from "../vocabulary/clock.ts";
import { openStoredRecords } from "./data-folder.ts";
import { latestCoreVersion } from "./rules/core-version.ts";
import { exportSeed } from "./seeds/export-seed.ts";
import type { Seed } from "./seeds/seed.ts";

/**
 * Describes the cluster in a data folder that no simulator uses, so that another one can be made from it.
 *
 * @throws {StoreError} when there is none, it is in use, or it cannot be read; nothing is changed
 */
export async function exportStoredCluster(folder: string): Promise<Seed> {
  const { store, close } = await openStoredRecords(folder);
  try {
    return exportSeed({ store, clock: systemClock, variations: {}, coreVersion: latestCoreVersion });
  } finally {
    close();
  }
}
