import { type Cluster, ClusterError, type VersionedRole } from "../../src/client/index.ts";

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
