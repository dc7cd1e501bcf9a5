import type { ClusterFacts, IdentityFacts } from "../../audit/index.ts";
import type { Cluster } from "../../client/cluster.ts";
import type { Identity } from "../../client/identities.ts";
import { type ObjectType, objectTypes } from "../../client/snapshot/object-types.ts";
import type { Snapshot, Unread } from "../../client/snapshot/read-snapshot.ts";
import { addressOf } from "../../connection/connect.ts";
import { type Address, withEnvironment } from "../../connection/settings.ts";
import { listed } from "../../vocabulary/listed.ts";
import { readClusterSnapshot } from "../cluster-snapshot.ts";
import { type CommandContext, CommandError } from "../command-error.ts";
import { type BearerTokenFlags, clusterSettings, onCluster } from "../connect.ts";

const unreadable = 2;

/** The flags that say which cluster to read, and whether to. */
export interface ClusterFlags extends BearerTokenFlags {
  readonly cluster?: boolean;
}

/**
 * Reads who has access to the cluster of flags and environment. It only reads.
 *
 * @returns nothing where no cluster was asked for
 * @throws {CommandError} with status 2 when the cluster cannot be asked
 */
export async function readClusterFacts(flags: ClusterFlags, context: CommandContext): Promise<readonly ClusterFacts[]> {
  if (flags.cluster !== true) return withoutConnection(flags);
  const settings = clusterSettings(flags, context);
  const address = addressOf(settings);
  const readAt = { ...address, isDefault: isDefault(address, context) };
  try {
    return await onCluster(settings, context, async ({ cluster }) => [{ readAt, ...(await readFacts(cluster)) }]);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // Status 1 tells of findings.
    throw new CommandError(`--cluster: ${error.message}`, { cause: error, exitCode: unreadable });
  }
}

/**
 * Reads who has access to the cluster of flags and environment, without a plan. It only reads.
 *
 * @throws {CommandError} with status 2 when the cluster cannot be asked
 */
export async function readAllFacts(
  flags: ClusterFlags,
  context: CommandContext,
): Promise<{ readonly host: string; readonly facts: ClusterFacts }> {
  const settings = clusterSettings(flags, context);
  try {
    const facts = await onCluster(settings, context, async ({ cluster }) => readFacts(cluster));
    return { host: addressOf(settings).host, facts };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError(error.message, { cause: error, exitCode: unreadable });
  }
}

/** Whether the environment names this cluster, or none. */
function isDefault({ host, port }: Address, { env }: CommandContext): boolean {
  const settings = withEnvironment({}, env);
  if (settings.host === undefined) return true;
  const usual = addressOf(settings);
  return usual.host.toLowerCase() === host.toLowerCase() && usual.port === port;
}

function withoutConnection(flags: ClusterFlags): readonly ClusterFacts[] {
  const { host, port, caFile, certificateSha256, insecure, credentialsFile } = flags;
  if ([host, port, caFile, certificateSha256, insecure, credentialsFile].every((flag) => flag === undefined)) return [];
  throw new CommandError(
    "No cluster is read without --cluster. Add it, or leave out the flags that say how to reach one.",
    {
      exitCode: unreadable,
    },
  );
}

/** Reads who has access to a cluster. It only reads. */
export async function readFacts(cluster: Cluster): Promise<ClusterFacts> {
  const snapshot = await readClusterSnapshot(cluster, { types: objectTypes, onProgress: () => undefined });
  return factsOf(snapshot);
}

function factsOf({ users, groups, roles, tokens, unread }: Snapshot): ClusterFacts {
  return {
    users: users.map(({ id, name, primaryGroup, sid, uid }) => ({
      id,
      name,
      ...(primaryGroup === undefined ? {} : { primaryGroup }),
      ...(sid === undefined ? {} : { sid }),
      ...(uid === undefined ? {} : { uid }),
    })),
    groups: groups.map(({ id, name, sid, gid, members = [] }) => ({
      id,
      name,
      ...(sid === undefined ? {} : { sid }),
      ...(gid === undefined ? {} : { gid }),
      members: members.map((user) => ({ domain: "LOCAL", authId: user.id, name: user.name })),
    })),
    roles: roles.map(({ name, privileges, members }) => ({
      name,
      privileges,
      ...(members === undefined ? {} : { members: members.map(identityFacts) }),
    })),
    accessTokens: tokens.map(({ id, user, enabled, expirationTime, creationTime }) => ({
      id,
      user: identityFacts(user),
      enabled,
      creationTime,
      ...(expirationTime === undefined ? {} : { expirationTime }),
    })),
    unread: unread.map(renderUnread),
  };
}

const titles: Readonly<Record<ObjectType, string>> = {
  users: "Local users",
  groups: "Local groups",
  "group-members": "Members of local groups",
  roles: "Roles",
  "role-members": "Members of roles",
  "access-tokens": "Access tokens",
};

/** A sentence about a part of the cluster that the account may not read; the rest is audited. */
function renderUnread({ types, privilege, of }: Unread): string {
  const [first = "", ...others] = types.map((type) => titles[type]);
  const what = [first, ...others.map((title) => title.toLowerCase())].join(" and ");
  const which = of === undefined ? "" : ` (${listed(of)})`;
  return `${what}${which} on the cluster are not known: the account that reads them lacks ${privilege}.`;
}

function identityFacts({ domain, authId, name, sid }: Identity): IdentityFacts {
  return {
    authId,
    ...(domain === undefined ? {} : { domain }),
    ...(name === undefined ? {} : { name }),
    ...(sid === undefined ? {} : { sid }),
  };
}
