import { type CoreFeatureName, firstCoreWith, isCoreWith } from "../../vocabulary/core-features.ts";
import { renderCoreVersion } from "../../vocabulary/core-version.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Connection } from "../connection.ts";

/**
 * Refuses what an old cluster cannot do. A version that is written in an unknown way counts as new enough.
 *
 * @param client - the way to the cluster
 * @param feature - what the cluster needs for it
 * @param purpose - `to read a single access token`
 * @throws {DiagnosticError} that names both versions
 */
export function requireCore(client: Pick<Connection, "coreVersion">, feature: CoreFeatureName, purpose: string): void {
  const { coreVersion } = client;
  if (coreVersion === undefined || isCoreWith(feature, coreVersion)) return;
  throw new DiagnosticError({
    summary: "Qumulo Core is too old",
    detail: `The cluster runs Qumulo Core ${renderCoreVersion(coreVersion)}, and ${firstCoreWith(feature)} or later is needed ${purpose}. Upgrade the cluster.`,
  });
}
