import { startSimulator, type Variations } from "../../../simulator/index.ts";
import { type CoreVersion, isOlderVersion, renderCoreVersion } from "../../../vocabulary/core-version.ts";
import { latestKnownCore } from "../../../vocabulary/core-features.ts";
import { type Line, openLine } from "./line.ts";
import type { Run } from "./bench.ts";
import { startRun } from "./start-run.ts";

/** A simulator that the same probes are put to. */
export interface Reference {
  readonly run: Run;
  close(): Promise<void>;
}

/** The version of Qumulo Core that is simulated for a cluster: its own, or the latest that is known here. */
export function simulatedVersion(cluster: CoreVersion | undefined): string {
  const isNewer = cluster === undefined || isOlderVersion(latestKnownCore, cluster);
  return renderCoreVersion(isNewer ? latestKnownCore : cluster);
}

/** Starts a simulator in this process, and signs in as its admin. */
export async function startReference(coreVersion: string, variations: Variations = {}): Promise<Reference> {
  const simulator = await startSimulator({ coreVersion, variations });
  const { host, port, certificatePem, username, adminPassword } = simulator;
  const line: Line = openLine({ host, port, trust: { kind: "authorities", authoritiesPem: certificatePem } });
  const close = async (): Promise<void> => {
    await line.close();
    await simulator.close();
  };
  try {
    const credentials = { kind: "login", username, password: adminPassword } as const;
    return { run: await startRun(line, credentials, new AbortController().signal), close };
  } catch (error) {
    await close();
    throw error;
  }
}
