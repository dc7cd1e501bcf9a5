import type { Secret } from "../../../vocabulary/secret.ts";
import type { AccessTokenRecord } from "../../store/records.ts";
import { ApiError } from "../api-error.ts";
import { type Caller, rightsOf } from "./authorize.ts";
import { accessTokenPrefix, digestOf, type MintedToken, mintToken } from "./bearer-tokens.ts";
import { compareDecimals, type Context } from "../context.ts";
import { hasFeature } from "../core-version.ts";
import {
  describeIdentity,
  type Identity,
  type IdentityQuery,
  requireKnown,
  resolveIdentity,
  typeOfIdentity,
} from "../identities/identities.ts";
import { parseIdentityQuery } from "../identities/identity-text.ts";
import { type Instant, presentInstant } from "../instants.ts";
import { type Page, type PageRequest, pageOf } from "../paging.ts";

/**
 * How many access tokens one user may have, whoever created them.
 *
 * @see Qumulo docs, access tokens guide
 */
const tokensPerUser = 2;

const readPrivilege = "PRIVILEGE_ACCESS_TOKENS_READ";
const writePrivilege = "PRIVILEGE_ACCESS_TOKENS_WRITE";

/** An access token as it is answered. */
export interface AccessToken {
  readonly id: string;
  readonly user: Identity;
  readonly creator: Identity;
  readonly createdAt: Instant;
  /** `null` when it never expires; `undefined` on a version without expirations. */
  readonly expiresAt: Instant | null | undefined;
  /** `undefined` on a version that cannot disable. */
  readonly enabled: boolean | undefined;
}

/** The settings of a new access token. */
export interface TokenRequest {
  readonly user: IdentityQuery;
  /** `undefined` for a token that never expires. */
  readonly expiresAt: Instant | undefined;
}

/** A change of an access token; what is `undefined` stays as it is. */
export interface TokenChange {
  readonly id: string;
  readonly expiresAt: Instant | undefined;
  readonly enabled: boolean | undefined;
}

/**
 * Creates an access token.
 *
 * Disabled and expired tokens count toward the limit. An expiration in the past is accepted: the token is dead at once.
 *
 * @throws {ApiError} 403 for another user without the privilege; 400 for a group, an unknown identity or a third token
 * @see OpenAPI 7.8.2, Qumulo docs, access tokens guide; counting and past expirations are assumed
 */
export function createAccessToken(context: Context, caller: Caller, asked: TokenRequest): MintedToken {
  const user = resolveIdentity(context, asked.user);
  requireOwnOr(writePrivilege, caller, user.authId);
  requireKnown(context, user);
  requireTokenOwner(context, user);
  requireFreeSlot(context, user.authId);
  const createdAt = presentInstant(context.clock);
  const minted = mintToken(user.authId, createdAt);
  context.store.put("accessTokens", minted.id, {
    id: minted.id,
    userId: user.authId,
    creatorId: caller.authId,
    createdAt: createdAt.toString(),
    expiresAt: asked.expiresAt?.toString() ?? null,
    enabled: true,
    bearerTokenDigest: digestOf(minted.bearerToken),
  });
  return minted;
}

/** An access token that existed before, and is restored. */
export interface RestoredToken {
  readonly userId: string;
  readonly creatorId: string;
  /** A new one when absent. */
  readonly id?: string | undefined;
  /** Now when absent. */
  readonly createdAt?: Instant | undefined;
  /** `undefined` for a token that never expires. */
  readonly expiresAt?: Instant | undefined;
  readonly enabled: boolean;
  /** SHA-256 of the bearer token, hexadecimal; without it a new bearer token is made, which nobody knows. */
  readonly bearerTokenDigest?: string | undefined;
}

/**
 * Puts an access token back as it was; its user may be deleted by now.
 *
 * @throws {ApiError} 400 for a group, a third token, or an id or bearer token that another one has
 */
export function restoreAccessToken(context: Context, token: RestoredToken): void {
  const { userId, creatorId, enabled } = token;
  const user = describeIdentity(context, userId);
  if (user.domain !== "LOCAL" || user.name !== null) requireTokenOwner(context, user);
  requireFreeSlot(context, userId);
  const createdAt = token.createdAt ?? presentInstant(context.clock);
  const minted = mintToken(userId, createdAt);
  const id = token.id ?? minted.id;
  const bearerTokenDigest = token.bearerTokenDigest ?? digestOf(minted.bearerToken);
  const isKnown = context.store.where("accessTokens", "bearerToken", bearerTokenDigest).length > 0;
  if (isKnown || context.store.find("accessTokens", id) !== undefined) {
    throw new ApiError("invalidRequest", "Another access token has this id or bearer token");
  }
  context.store.put("accessTokens", id, {
    id,
    userId,
    creatorId,
    createdAt: createdAt.toString(),
    expiresAt: token.expiresAt?.toString() ?? null,
    enabled,
    bearerTokenDigest,
  });
}

function requireFreeSlot(context: Context, userId: string): void {
  if (tokensOf(context, userId).length < tokensPerUser) return;
  throw new ApiError("tooManyAccessTokens", `User ${userId} has the maximum number of access tokens`);
}

/** @see Qumulo docs, access tokens guide: users only, local or of a directory */
function requireTokenOwner(context: Context, user: Identity): void {
  if (typeOfIdentity(context, user) !== "USER") {
    throw new ApiError(
      "identityNotSupported",
      `Access tokens are for users only, and ${user.name ?? user.authId} is none`,
    );
  }
}

/**
 * Lists access tokens in the order of their ids.
 *
 * @param asked - `user` is an identity in text form; together with paging it is refused
 * @throws {ApiError} 403 for everyone's or another user's without the privilege; 400 when the user does not resolve
 * @see OpenAPI 7.8.2; order, and the refusal of `user` with paging, are assumed
 */
export function listAccessTokens(
  context: Context,
  caller: Caller,
  asked: PageRequest & { readonly user: string | undefined },
): Page<AccessToken> {
  const { user, ...paging } = asked;
  if (user === undefined) {
    requirePrivilege(caller, readPrivilege);
    const read = (after: string | undefined, count: number): readonly AccessTokenRecord[] =>
      context.store.slice("accessTokens", after, count);
    return pageOf(read, paging, (record) => describeToken(context, record));
  }
  if (paging.after !== undefined || paging.limit !== undefined) {
    throw new ApiError("undecodable", "user cannot be combined with after or limit");
  }
  const { authId } = resolveIdentity(context, parseIdentityQuery(user));
  requireOwnOr(readPrivilege, caller, authId);
  const records = [...tokensOf(context, authId)].sort((left, right) => compareDecimals(left.id, right.id));
  return { entries: records.map((record) => describeToken(context, record)), next: undefined };
}

/**
 * One access token.
 *
 * @throws {ApiError} 404, or 403 for another user's without the privilege
 */
export function getAccessToken(context: Context, caller: Caller, id: string): AccessToken {
  return describeToken(context, requireToken(context, caller, { id, privilege: readPrivilege }));
}

/**
 * Changes when a token expires, and whether it is enabled; a later expiration revives an expired token.
 *
 * @throws {ApiError} 404, or 403 for another user's without the privilege
 * @see Qumulo docs, access tokens guide
 */
export function changeAccessToken(context: Context, caller: Caller, change: TokenChange): AccessToken {
  const before = requireToken(context, caller, { id: change.id, privilege: writePrivilege });
  const after = {
    ...before,
    expiresAt: change.expiresAt?.toString() ?? before.expiresAt,
    enabled: change.enabled ?? before.enabled,
  };
  context.store.put("accessTokens", after.id, after);
  return describeToken(context, after);
}

/**
 * Deletes an access token at once.
 *
 * @throws {ApiError} 404, or 403 for another user's without the privilege
 */
export function deleteAccessToken(context: Context, caller: Caller, id: string): void {
  const token = requireToken(context, caller, { id, privilege: writePrivilege });
  context.store.remove("accessTokens", token.id);
}

/** Whether a bearer token belongs to an access token, not to a session. */
export function isAccessToken(bearerToken: Secret): boolean {
  return bearerToken.reveal().startsWith(accessTokenPrefix);
}

/**
 * Finds out who sends an access token, with the rights that they have at this moment. A token that a later version has
 * disabled, or that has expired there, stays so when the cluster runs an older version.
 *
 * @returns `undefined` when the token is unknown, disabled, expired (from its expiration on), or its user is deleted
 * @see Qumulo docs, access tokens guide; the exact boundary and that role changes count at once are assumed
 */
export function authenticateAccessToken(context: Context, bearerToken: Secret): Caller | undefined {
  const [token] = context.store.where("accessTokens", "bearerToken", digestOf(bearerToken));
  if (token === undefined || !hasFeature(context.coreVersion, "accessTokens")) return undefined;
  if (!isAlive(context, token)) return undefined;
  return { authId: token.userId, ...rightsOf(context, token.userId), accessTokenId: token.id };
}

function isAlive(context: Context, { userId, enabled, expiresAt }: AccessTokenRecord): boolean {
  const hasExpired = expiresAt !== null && BigInt(expiresAt) <= presentInstant(context.clock);
  return enabled && !hasExpired && typeOfIdentity(context, describeIdentity(context, userId)) === "USER";
}

function tokensOf(context: Context, userId: string): readonly AccessTokenRecord[] {
  return context.store.where("accessTokens", "user", userId);
}

function requireToken(
  context: Context,
  caller: Caller,
  asked: { readonly id: string; readonly privilege: string },
): AccessTokenRecord {
  const token = context.store.find("accessTokens", asked.id);
  if (token === undefined) throw new ApiError("notFound", `There is no access token ${asked.id.slice(0, 80)}`);
  requireOwnOr(asked.privilege, caller, token.userId);
  return token;
}

/**
 * One's own access tokens need no privilege.
 *
 * @see OpenAPI 7.8.2; Qumulo docs, access tokens guide, since 7.3.0
 */
function requireOwnOr(privilege: string, caller: Caller, userId: string): void {
  if (caller.authId !== userId) requirePrivilege(caller, privilege);
}

function requirePrivilege(caller: Caller, privilege: string): void {
  if (!caller.privileges.has(privilege)) throw new ApiError("notAuthorized", `This needs ${privilege}`);
}

function instantOrNull(nanoseconds: string | null): Instant | null {
  return nanoseconds === null ? null : BigInt(nanoseconds);
}

function describeToken(context: Context, record: AccessTokenRecord): AccessToken {
  const { coreVersion } = context;
  return {
    id: record.id,
    user: describeIdentity(context, record.userId),
    creator: describeIdentity(context, record.creatorId),
    createdAt: BigInt(record.createdAt),
    expiresAt: hasFeature(coreVersion, "tokenExpiration") ? instantOrNull(record.expiresAt) : undefined,
    enabled: hasFeature(coreVersion, "tokenEnabling") ? record.enabled : undefined,
  };
}
