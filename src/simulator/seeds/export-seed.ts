import { findGroup, isBuiltInAccount, type LocalGroup, type LocalUser } from "../rules/accounts/accounts.ts";
import { ApiError } from "../rules/api-error.ts";
import { clusterRecord, compareDecimals, type Context } from "../rules/context.ts";
import { describeIdentity, resolveIdentity } from "../rules/identities/identities.ts";
import { parseIdentityQuery } from "../rules/identities/identity-text.ts";
import { renderInstant } from "../rules/instants.ts";
import { listLocalGroups } from "../rules/accounts/local-groups.ts";
import { listLocalUsers } from "../rules/accounts/local-users.ts";
import { noPassword } from "../rules/accounts/passwords.ts";
import { listRoles, type Role, roleKey } from "../rules/access/roles.ts";
import { renderIdentityText } from "../../vocabulary/identity-text.ts";
import { exportDirectories } from "./export-directories.ts";
import {
  type Seed,
  type SeededAttributes,
  type SeededCluster,
  type SeededGroup,
  type SeededRole,
  type SeededToken,
  type SeededUser,
  seedVersion,
} from "./seed.ts";

/**
 * Describes a cluster so that another one can be made from it: all but sessions, and the passwords of built-in users.
 *
 * Passwords and bearer tokens are in it as hashes.
 */
export function exportSeed(context: Context): Seed {
  return {
    version: seedVersion,
    cluster: exportCluster(context),
    ...exportDirectories(context),
    groups: listLocalGroups(context).flatMap((group) => exportGroup(context, group) ?? []),
    users: listLocalUsers(context).flatMap((user) => exportUser(context, user) ?? []),
    roles: listRoles(context).map((role) => exportRole(context, role)),
    access_tokens: exportTokens(context),
    identity_attributes: exportAttributes(context),
  };
}

function exportCluster(context: Context): SeededCluster {
  const { name, clusterId, sidPrefix, nodes, nextAccountId } = clusterRecord(context);
  return {
    name,
    id: clusterId,
    sid_prefix: sidPrefix,
    nodes: nodes.map((node) => ({
      name: node.name,
      uuid: node.uuid,
      mac_address: node.macAddress,
      serial_number: node.serialNumber,
    })),
    next_id: nextAccountId,
  };
}

function exportGroup(context: Context, { id, name, gid }: LocalGroup): SeededGroup | undefined {
  const members = context.store
    .where("groupMembers", "group", id)
    .map(({ userId }) => describeIdentity(context, userId))
    .sort((left, right) => compareDecimals(left.authId, right.authId))
    .flatMap((user) => user.name ?? []);
  const some = members.length === 0 ? {} : { members };
  if (isBuiltInAccount(id)) return members.length === 0 ? undefined : { name, ...some };
  return { name, id, ...(gid === "" ? {} : { gid }), ...some };
}

function exportUser(context: Context, user: LocalUser): SeededUser | undefined {
  const { id, name, primaryGroup, uid, homeDirectory, passwordHash } = user;
  if (isBuiltInAccount(id)) return undefined;
  return {
    name,
    id,
    primary_group: findGroup(context, primaryGroup)?.name,
    ...(uid === "" ? {} : { uid }),
    ...(homeDirectory === null ? {} : { home_directory: homeDirectory }),
    ...(passwordHash === noPassword ? {} : { password_hash: passwordHash }),
  };
}

function exportRole(context: Context, { name, description, privileges, builtIn }: Role): SeededRole {
  const members = context.store
    .where("roleMembers", "role", roleKey(name))
    .map(({ authId }) => authId)
    .sort(compareDecimals)
    .map((authId) => renderIdentity(context, authId));
  return builtIn ? { name, members } : { name, description, privileges: [...privileges], members };
}

function exportTokens(context: Context): SeededToken[] {
  const names = new Map<string, string>();
  const identity = (authId: string): string => {
    const text = names.get(authId) ?? renderIdentity(context, authId);
    names.set(authId, text);
    return text;
  };
  return context.store.slice("accessTokens", undefined, Number.POSITIVE_INFINITY).map((token) => ({
    user: identity(token.userId),
    creator: identity(token.creatorId),
    id: token.id,
    creation_time: renderInstant(BigInt(token.createdAt)),
    ...(token.expiresAt === null ? {} : { expiration_time: renderInstant(BigInt(token.expiresAt)) }),
    enabled: token.enabled,
    bearer_token_sha256: token.bearerTokenDigest,
  }));
}

/** The attributes of users whose home directory is not in another part of the seed: users from directories, and built-in ones. */
function exportAttributes(context: Context): SeededAttributes[] {
  const builtIn = listLocalUsers(context).filter(({ id }) => isBuiltInAccount(id));
  const homes: (readonly [string, string | null])[] = [
    ...builtIn.map(({ id, homeDirectory }) => [id, homeDirectory] as const),
    ...[...context.store.entries("identityAttributes")].map(([id, { homeDirectory }]) => [id, homeDirectory] as const),
  ];
  return homes.flatMap(([authId, home]) =>
    home === null ? [] : [{ identity: renderIdentity(context, authId), home_directory: home }],
  );
}

/** Writes an identity by its name if that means the same identity, and otherwise by its id. */
function renderIdentity(context: Context, authId: string): string {
  const { domain, name } = describeIdentity(context, authId);
  const text = name === null ? undefined : renderIdentityText({ domain, name });
  return text !== undefined && means(context, text, authId) ? text : `auth_id:${authId}`;
}

function means(context: Context, text: string, authId: string): boolean {
  try {
    return resolveIdentity(context, parseIdentityQuery(text)).authId === authId;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
