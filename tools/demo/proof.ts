import { readFile } from "node:fs/promises";
import { get } from "node:https";
import { type Cluster, ClusterError, type Secret, type VersionedRole } from "../../src/client/index.ts";
import type { SimulatedCluster } from "./simulated-cluster.ts";

const accountName = "svc-backup";
const roleName = "backup-reader";

/**
 * Proves that a bearer token is the service account's, and gives what its role gives and nothing else.
 *
 * @returns the id of its access token
 */
export async function expectWorkingToken(cluster: Cluster): Promise<string> {
  const me = await cluster.sessions.whoAmI();
  expectThat(me.name === accountName, `The token belongs to ${me.name}.`);
  tell(`it is ${me.name}, with ${(me.privileges ?? []).join(", ")}`);
  const refusal = await cluster.localUsers.findByName("admin").then(
    () => undefined,
    (error: unknown) => error,
  );
  expectThat(
    refusal instanceof ClusterError && refusal.status === 403,
    "The token may list users, which its role does not allow.",
  );
  tell("listing the users is refused: 403");
  return me.accessTokenId ?? "";
}

/** Proves that the bearer token opens what its role opens, as any program would use it: in a header of a plain request. */
export async function expectReadableNodes(cluster: SimulatedCluster, bearerToken: Secret): Promise<void> {
  const ca = await readFile(cluster.ca_file);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const headers = { Authorization: `Bearer ${bearerToken.reveal()}` };
    get(`${cluster.url}/v1/cluster/nodes/`, { ca, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once("error", reject);
  });
  expectThat(status === 200, `Listing the nodes was answered ${String(status)}.`);
  tell("listing the nodes is allowed: 200");
}

/** Does by hand what nobody should: gives the role one more privilege. */
export async function widenRole(admin: Cluster): Promise<void> {
  const { privileges, etag } = await getRole(admin);
  await admin.roles.update(roleName, { privileges: [...privileges, "PRIVILEGE_DEBUG"] }, etag);
}

/** Proves that the role is as the program says again. */
export async function expectRepaired(admin: Cluster): Promise<void> {
  const { privileges } = await getRole(admin);
  expectThat(!privileges.includes("PRIVILEGE_DEBUG"), "The role still has the added privilege.");
  tell(`${roleName} has ${privileges.join(", ")}`);
}

/** Proves that nothing of the program is left on the cluster. */
export async function expectNothingLeft(admin: Cluster, tokenId: string): Promise<void> {
  expectThat((await admin.localUsers.findByName(accountName)) === undefined, "The user is still there.");
  expectThat((await admin.roles.find(roleName)) === undefined, "The role is still there.");
  expectThat((await admin.accessTokens.find(tokenId)) === undefined, "The access token is still there.");
  tell("no user, no role, no access token");
}

async function getRole(admin: Cluster): Promise<VersionedRole> {
  const found = await admin.roles.find(roleName);
  if (found === undefined) throw new Error(`The role ${roleName} is not there.`);
  return found;
}

function expectThat(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise);
}

function tell(fact: string): void {
  process.stdout.write(`    ${fact}\n`);
}
