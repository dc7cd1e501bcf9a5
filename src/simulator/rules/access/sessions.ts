import { randomBytes } from "node:crypto";
import { Secret } from "../../../vocabulary/secret.ts";
import { clusterKey } from "../../store/records.ts";
import { authenticateAccessToken, isAccessToken } from "./access-tokens.ts";
import { findUser, findUserByName, wellKnownIds } from "../accounts/accounts.ts";
import { ApiError } from "../api-error.ts";
import { type Caller, rightsOf } from "./authorize.ts";
import { digestOf } from "./bearer-tokens.ts";
import type { Context } from "../context.ts";
import { hasFeature, privilegesOf } from "../core-version.ts";
import { findActiveDirectoryAccount, findDirectoryAccount } from "../identities/directory.ts";
import { describeIdentity, type Identity, typeOfIdentity } from "../identities/identities.ts";
import { findHomeDirectory } from "../identities/identity-attributes.ts";
import { presentInstant } from "../instants.ts";
import { hashPassword, isPassword, requireStrongPassword } from "../accounts/passwords.ts";

/**
 * How long a login lasts.
 *
 * @see Qumulo docs, bearer tokens guide
 */
const sessionMs = 10 * 60 * 60 * 1_000;

/**
 * Opens a session with the password of a local user or a user of Active Directory; of one name, the local one is meant.
 *
 * @returns the bearer token
 * @throws {ApiError} 401 for an unknown user, a wrong password, always for guest, and for users of Active Directory when
 * they must use single sign-on, whatever the password
 * @see Qumulo docs, SAML single sign-on, for whom it binds; the refusal of guest and who is meant are assumed
 */
export function login(context: Context, username: string, password: Secret): Secret {
  const account = findLocalLogin(context, username) ?? findDirectoryLogin(context, username);
  if (account === undefined || !isPassword(password, account.passwordHash)) throw new ApiError("invalidCredentials");
  return openSession(context, account.id);
}

/** Who may log in, and with what. */
interface LoginAccount {
  readonly id: string;
  readonly passwordHash: string;
}

function findLocalLogin(context: Context, username: string): LoginAccount | undefined {
  const user = findUserByName(context, username);
  return user?.id === wellKnownIds.guest ? undefined : user;
}

function findDirectoryLogin(context: Context, username: string): LoginAccount | undefined {
  const account = findActiveDirectoryAccount(context, username);
  if (account?.kind !== "user") return undefined;
  if (context.store.find("samlSettings", clusterKey)?.isRequired === true) throw new ApiError("ssoRequired");
  return account.loginAllowed ? { id: account.authId, passwordHash: account.passwordHash } : undefined;
}

/**
 * Opens a session for a user who has proved who they are.
 *
 * The session keeps the rights of this moment: later changes of roles reach it with the next login.
 *
 * @returns the bearer token
 * @see Qumulo docs, RBAC guide
 */
export function openSession(context: Context, userId: string): Secret {
  forgetEndedSessions(context);
  const bearerToken = new Secret(`session-v1:${randomBytes(48).toString("base64")}`);
  const { privileges, roles } = rightsOf(context, userId);
  const expiresAt = presentInstant(context.clock) + BigInt(sessionMs) * 1_000_000n;
  context.store.put("sessions", digestOf(bearerToken), {
    userId,
    expiresAt: expiresAt.toString(),
    privileges: [...privileges],
    roles,
  });
  return bearerToken;
}

function forgetEndedSessions(context: Context): void {
  const now = presentInstant(context.clock);
  // The oldest come first: at one that goes on, all later ones do (unless a clock was set back, which does no harm).
  for (const [key, { expiresAt }] of context.store.entries("sessions")) {
    if (BigInt(expiresAt) > now) break;
    context.store.remove("sessions", key);
  }
}

/**
 * Tells who sends a bearer token, of a session or an access token.
 *
 * @throws {ApiError} 401 when it is absent, malformed, unknown, expired, disabled or deleted, or its user is deleted
 * @see Qumulo docs, access tokens guide; that a deleted user ends it is assumed
 */
export function authenticate(context: Context, bearerToken: Secret | undefined): Caller {
  if (bearerToken === undefined) throw new ApiError("authenticationRequired");
  const caller = isAccessToken(bearerToken)
    ? authenticateAccessToken(context, bearerToken)
    : authenticateSession(context, bearerToken);
  if (caller === undefined)
    throw new ApiError("authenticationRequired", "The bearer token is not (or no longer) valid");
  return caller;
}

function authenticateSession(context: Context, bearerToken: Secret): Caller | undefined {
  const session = context.store.find("sessions", digestOf(bearerToken));
  if (session === undefined || BigInt(session.expiresAt) <= presentInstant(context.clock)) return undefined;
  if (typeOfIdentity(context, describeIdentity(context, session.userId)) !== "USER") return undefined;
  return { authId: session.userId, privileges: new Set(session.privileges), roles: session.roles };
}

/** Who the caller is, and what they may do. */
export interface WhoAmI {
  readonly identity: Identity;
  /** Id of the primary group; empty for a user of a directory without one. */
  readonly primaryGroup: string;
  /** `null` for none. */
  readonly homeDirectory: string | null;
  /** Only local users can. */
  readonly canChangePassword: boolean;
  /** In the order of the API's enumeration; `undefined` on a version that does not tell. */
  readonly privileges: readonly string[] | undefined;
  /** The access token in use; `undefined` with a session, and on a version that does not tell. */
  readonly accessTokenId: string | undefined;
}

/**
 * Tells callers who they are.
 *
 * @see OpenAPI 7.8.2, GET /v1/session/who-am-i; users of other domains are assumed
 */
export function whoAmI(context: Context, caller: Caller): WhoAmI {
  const tells = hasFeature(context.coreVersion, "detailedWhoAmI");
  const known = privilegesOf(context.coreVersion);
  const user = findUser(context, caller.authId);
  return {
    identity: describeIdentity(context, caller.authId),
    primaryGroup: user?.primaryGroup ?? findDirectoryAccount(context, caller.authId)?.primaryGroupId ?? "",
    homeDirectory: findHomeDirectory(context, caller.authId),
    canChangePassword: user !== undefined,
    privileges: tells ? known.filter((name) => caller.privileges.has(name)) : undefined,
    accessTokenId: tells ? caller.accessTokenId : undefined,
  };
}

/**
 * Gives callers another password. Their sessions and access tokens go on.
 *
 * @throws {ApiError} 401 when the old password is wrong, 400 when the new one breaks the rules
 * @see assumed
 */
export function changeOwnPassword(
  context: Context,
  caller: Caller,
  passwords: { readonly old: Secret; readonly new: Secret },
): void {
  const user = findUser(context, caller.authId);
  if (user === undefined) throw new ApiError("unknownLocalIdentity", "Only local users have a password here");
  if (!isPassword(passwords.old, user.passwordHash)) {
    throw new ApiError("invalidCredentials", "The old password is wrong");
  }
  requireStrongPassword(passwords.new);
  context.store.put("localUsers", user.id, { ...user, passwordHash: hashPassword(passwords.new) });
}
