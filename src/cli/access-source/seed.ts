import type { ClusterFacts } from "../../audit/index.ts";
import { openCluster } from "../../client/cluster.ts";
import { SeedError, type Simulator, type SimulatorOptions, startSimulator } from "../../simulator/index.ts";
import { readSeedFile } from "../../simulator/seeds/seed-file.ts";
import { readFacts } from "../audit/cluster.ts";
import { CommandError } from "../command-error.ts";

const unreadable = 2;

/** Whether a document is a seed of the simulator, and nothing that an engine prints. */
export function isSeed(document: unknown): boolean {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return false;
  return "version" in document && !("format_version" in document);
}

/**
 * Reads who has access to the cluster that a seed describes. The simulator makes it, and it is read as any other cluster
 * is.
 *
 * @param file - where the seed comes from; `undefined` for standard input
 * @throws {CommandError} with status 2 when it describes no cluster
 */
export async function readSeedFacts(document: unknown, file: string | undefined): Promise<ClusterFacts> {
  const simulator = await start(document, file);
  try {
    const cluster = openCluster({
      host: simulator.host,
      port: simulator.port,
      trust: { kind: "fingerprint", certificateSha256: simulator.certificateSha256 },
      credentials: { kind: "login", username: simulator.username, password: simulator.adminPassword },
    });
    try {
      return await readFacts(cluster);
    } finally {
      await cluster.close();
    }
  } finally {
    await simulator.close();
  }
}

async function start(document: unknown, file: string | undefined): Promise<Simulator> {
  try {
    // The simulator parses it, whatever it is.
    return await startSimulator({ seed: document as NonNullable<SimulatorOptions["seed"]> });
  } catch (error) {
    if (!(error instanceof SeedError)) throw error;
    const lines = file === undefined ? error.message.split("\n") : (await readSeedFile(file)).describe(error).lines;
    throw new CommandError(lines, { cause: error, exitCode: unreadable });
  }
}
