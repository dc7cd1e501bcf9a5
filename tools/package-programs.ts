import { writeFile } from "node:fs/promises";
import path from "node:path";

/** The libraries that a program may stand on. Each is tried in a project that does not have the other. */
export type Library = "cdktf" | "cdktn";

const programOnCdktf = `
import { App, TerraformStack } from "cdktf";
import { QumuloProvider, ServiceIdentity, TokenDelivery } from "cdktf-qumulo";
import { audit } from "cdktf-qumulo/audit";
import { ClusterError, openCluster, Secret } from "cdktf-qumulo/client";
import { exportStoredCluster, startSimulator } from "cdktf-qumulo/simulator";

async function main() {
  const app = new App();
  const stack = new TerraformStack(app, "access");
  new QumuloProvider(stack, "qumulo");
  const { token } = new ServiceIdentity(stack, "monitoring", {
    name: "svc-monitoring",
    privileges: ["PRIVILEGE_CLUSTER_READ"],
  });
  new TokenDelivery(stack, "delivery", { token, command: "./deliver.sh" });
  app.synth();
  const plan = { format_version: "1.2", terraform_version: "1.11.4", complete: true, resource_changes: [] };
  if (audit(plan, { now: new Date() }).kind !== "plan") throw new Error("no audit");
  const simulator = await startSimulator();
  const sameSecretClass = simulator.adminPassword instanceof Secret;
  await simulator.close();
  const stored = await startSimulator({ dataFolder: "cluster", seed: { version: 1, users: [{ name: "svc" }] } });
  await stored.close();
  if ((await exportStoredCluster("cluster")).users?.[0]?.name !== "svc") throw new Error("no stored cluster");
  if (!sameSecretClass) throw new Error("client and simulator have different classes of secrets");
}

void main();
`;

/** A program on `cdktf`, made one on this library. */
export function onLibrary(program: string, library: Library): string {
  if (library === "cdktf") return program;
  return program.replace('"cdktf"', '"cdktn"').replace('"cdktf-qumulo"', '"cdktf-qumulo/cdktn"');
}

/** What CDK Terrain alone has, with a provider of the shared constructs: they must be of one library. */
const onlyOnTerrain = `
  const { bearerToken } = new EphemeralSession(stack, "session");
  const alias = new QumuloProvider(stack, "alias", { alias: "session", bearerToken });
  const account = new ServiceAccount(stack, "index", { name: "svc-index", provider: alias });
  new EphemeralAccessToken(stack, "token", { account, provider: alias });
  new bindings.ephemeralQumuloSession.EphemeralQumuloSession(stack, "bare", { provider: alias });
  qumuloFunctions.credentialsFile(bearerToken).length;
  app.synth();`;

/** The program on this library, with what that alone has. */
function programOn(library: Library): string {
  if (library === "cdktf") return programOnCdktf;
  const names = "bindings, EphemeralAccessToken, EphemeralSession, QumuloProvider, qumuloFunctions, ServiceAccount";
  return onLibrary(programOnCdktf, library)
    .replace("{ QumuloProvider, ServiceIdentity, TokenDelivery }", `{ ${names}, ServiceIdentity, TokenDelivery }`)
    .replace("new App()", 'new App({ context: { targetVersions: { opentofu: ">=1.11.0", terraform: ">=1.10.0" } } })')
    .replace("\n  app.synth();", onlyOnTerrain);
}

function asCommonJs(program: string): string {
  return program.replaceAll(/import (\{[^}]*\}) from ("[^"]*");/g, "const $1 = require($2);");
}

/** Writes `program.mjs`, `program.cjs` and their twins in TypeScript, which use every entry of the package. */
export async function writePrograms(project: string, library: Library): Promise<void> {
  const program = programOn(library);
  await writeFile(path.join(project, "program.mjs"), program);
  await writeFile(path.join(project, "program.mts"), program);
  await writeFile(path.join(project, "program.cjs"), asCommonJs(program));
  await writeFile(path.join(project, "program.cts"), asCommonJs(program));
}
