import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Simulator } from "../../../src/simulator/index.ts";
import { getAcceptanceGround } from "./acceptance-ground.ts";
import { mirrorConfig } from "./workspace-files.ts";

/**
 * What the command line of a CDKTF program needs to deploy to a cluster, with the pinned OpenTofu: the constructs are the
 * same for every engine.
 *
 * @param home - a folder of the test, in which the files that this names are written
 */
export async function programEnvironment(
  home: string,
  simulator: Simulator,
): Promise<Readonly<Record<string, string>>> {
  const { mirror, engines } = getAcceptanceGround();
  const cliConfig = path.join(home, "cli.tfrc");
  await writeFile(cliConfig, mirrorConfig(mirror));
  const caFile = path.join(home, "cluster.pem");
  await writeFile(caFile, simulator.certificatePem);
  return {
    HOME: home,
    TERRAFORM_BINARY_NAME: engines[0]?.program ?? "",
    TF_CLI_CONFIG_FILE: cliConfig,
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_USERNAME: simulator.username,
    QUMULO_PASSWORD: simulator.adminPassword.reveal(),
    QUMULO_CA_FILE: caFile,
  };
}
