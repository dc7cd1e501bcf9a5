import type { ClusterFacts, IdentityFacts, ReadAddress } from "../../audit/index.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { attempting } from "../../connection/attempt.ts";
import { bareHost } from "../../connection/check-settings.ts";
import { type CommandContext, CommandError } from "../command-error.ts";
import { bearerTokenSettings, onCluster } from "../connect.ts";
import type { AuditFlags } from "./flags.ts";

const unreadable = 2;
const defaultPort = 8_000;

/**
 * Reads who has access to the cluster of flags and environment. It only reads, one request after the other.
 *
 * @returns nothing where no cluster was asked for
 * @throws {CommandError} with status 2 when the cluster cannot be asked
 */
export async function readClusterFacts(flags: AuditFlags, context: CommandContext): Promise<readonly ClusterFacts[]> {
  if (flags.cluster !== true) return withoutConnection(flags);
  const settings = bearerTokenSettings(flags, context);
  const host = bareHost(settings.host?.text ?? "");
  const port = settings.port === undefined ? defaultPort : Number(settings.port.text);
  const readAt = { host, port, isDefault: isDefault({ host, port }, context) };
  try {
    return await onCluster(settings, context, async ({ cluster }) => [{ readAt, ...(await readFacts(cluster)) }]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // Status 1 tells of findings.
    throw new CommandError(`--cluster: ${error.message}`, { cause: error, exitCode: unreadable });
  }
}

/** Whether the environment leads there, or nowhere. */
function isDefault({ host, port }: Pick<ReadAddress, "host" | "port">, { env }: CommandContext): boolean {
  const [usualHost = "", usualPort = ""] = [env["QUMULO_HOST"]?.trim(), env["QUMULO_PORT"]?.trim()];
  if (usualHost === "") return true;
  return (
    bareHost(usualHost).toLowerCase() === host.toLowerCase() &&
    (usualPort === "" ? defaultPort : Number(usualPort)) === port
  );
}

function withoutConnection(flags: AuditFlags): readonly ClusterFacts[] {
  const { host, port, caFile, certificateSha256, insecure, credentialsFile } = flags;
  if ([host, port, caFile, certificateSha256, insecure, credentialsFile].every((flag) => flag === undefined)) return [];
  throw new CommandError("The audit asks no cluster without --cluster. Add it, or leave out how to reach one.", {
    exitCode: unreadable,
  });
}

async function readFacts(cluster: Cluster): Promise<ClusterFacts> {
  const unread: string[] = [];
  const part = { what: "Local users", privilege: "PRIVILEGE_LOCAL_USER_READ", unread };
  const users = await readOr(part, async () => cluster.localUsers.list());
  return {
    users: (users ?? []).map(({ id, name, primaryGroup }) => ({
      id,
      name,
      ...(primaryGroup === undefined ? {} : { primaryGroup }),
    })),
    groups: await readGroups(cluster, unread),
    roles: await readRoles(cluster, unread),
    accessTokens: await readTokens(cluster, unread),
    unread,
  };
}

async function readGroups(cluster: Cluster, unread: string[]): Promise<ClusterFacts["groups"]> {
  const part = { what: "Local groups and their members", privilege: "PRIVILEGE_LOCAL_GROUP_READ", unread };
  const read = async (): Promise<ClusterFacts["groups"]> => {
    const groups: ClusterFacts["groups"][number][] = [];
    for (const { id, name } of await cluster.localGroups.list()) {
      // A group that has gone meanwhile has no members.
      const members = (await cluster.localGroups.listMembers(id)) ?? [];
      groups.push({
        id,
        name,
        members: members.map((user) => ({ domain: "LOCAL", authId: user.id, name: user.name })),
      });
    }
    return groups;
  };
  return (await readOr(part, read)) ?? [];
}

async function readRoles(cluster: Cluster, unread: string[]): Promise<ClusterFacts["roles"]> {
  const part = { what: "Roles and their members", privilege: "PRIVILEGE_ROLE_READ", unread };
  const read = async (): Promise<ClusterFacts["roles"]> => {
    const roles: ClusterFacts["roles"][number][] = [];
    for (const { name, privileges } of await cluster.roles.list()) {
      const members = await unlessGone(async () => cluster.roleMembers.list(name));
      if (members !== undefined) roles.push({ name, privileges, members: members.map(identityFacts) });
    }
    return roles;
  };
  return (await readOr(part, read)) ?? [];
}

async function readTokens(cluster: Cluster, unread: string[]): Promise<ClusterFacts["accessTokens"]> {
  const part = { what: "Access tokens", privilege: "PRIVILEGE_ACCESS_TOKENS_READ", unread };
  const tokens = (await readOr(part, async () => cluster.accessTokens.list())) ?? [];
  return tokens.map(({ id, user, enabled, expirationTime }) => ({
    id,
    user: identityFacts(user),
    enabled,
    ...(expirationTime === undefined ? {} : { expirationTime }),
  }));
}

interface Part {
  /** What is read, as a message calls it. */
  readonly what: string;
  /** Without it the cluster withholds the part. */
  readonly privilege: string;
  readonly unread: string[];
}

/** What the cluster withholds is told, and the rest goes on. */
async function readOr<T>({ what, privilege, unread }: Part, read: () => Promise<T>): Promise<T | undefined> {
  return attempting({ summary: `${what} of the cluster could not be read`, privilege }, async () => {
    try {
      return await read();
    } catch (error) {
      if (!isAnswer(error, 403)) throw error;
      unread.push(`${what} on the cluster beside the plan are not known: the audit's own account lacks ${privilege}.`);
      return undefined;
    }
  });
}

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isAnswer(error, 404)) return undefined;
    throw error;
  }
}

function identityFacts({ domain, authId, name }: Identity): IdentityFacts {
  return { authId, ...(domain === undefined ? {} : { domain }), ...(name === undefined ? {} : { name }) };
}
