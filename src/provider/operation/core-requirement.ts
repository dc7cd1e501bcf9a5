import { isOlderVersion } from "../../client/core-version.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Connection } from "../connection.ts";

/**
 * Refuses what an old cluster cannot do. A version that is written in an unknown way counts as new enough.
 *
 * @param client - the way to the cluster
 * @param needed - the first version that can
 * @param purpose - `to read a single access token`
 * @throws {DiagnosticError} that names both versions
 */
export function requireCore(client: Pick<Connection, "coreVersion">, needed: readonly number[], purpose: string): void {
  const { coreVersion } = client;
  if (coreVersion === undefined || !isOlderVersion(coreVersion, needed)) return;
  throw new DiagnosticError({
    summary: "Qumulo Core is too old",
    detail: `The cluster runs Qumulo Core ${coreVersion.join(".")}, and it takes ${needed.join(".")} or later ${purpose}. Upgrade the cluster.`,
  });
}
