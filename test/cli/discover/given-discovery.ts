import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "@jest/globals";
import { type GivenCluster, givenCluster, type GivenOptions } from "../../support/simulator/given-cluster.ts";
import { type CommandRun, runCommand } from "../run-command.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A cluster, and the command that discovers it. */
export interface GivenDiscovery {
  readonly cluster: GivenCluster;
  /** A folder that goes away after the test. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs `discover` as admin. */
  readonly discover: (...args: readonly string[]) => Promise<CommandRun>;
  /** Runs it as somebody else, or in another environment. */
  readonly discoverWith: (env: Readonly<Record<string, string>>, ...args: readonly string[]) => Promise<CommandRun>;
}

/** Starts a cluster for one test. */
export async function givenDiscovery(options: GivenOptions = {}): Promise<GivenDiscovery> {
  const cluster = await givenCluster(options);
  const { simulator } = cluster;
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-discover-"));
  folders.push(folder);
  const caFile = path.join(folder, "cluster.pem");
  await writeFile(caFile, simulator.certificatePem);
  const env = {
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_CA_FILE: caFile,
    QUMULO_USERNAME: simulator.username,
    QUMULO_PASSWORD: simulator.adminPassword.reveal(),
  };
  const discoverWith = async (
    extra: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): Promise<CommandRun> => runCommand(["discover", ...args], { env: { ...env, ...extra } });
  return { cluster, folder, env, discoverWith, discover: async (...args) => discoverWith({}, ...args) };
}
