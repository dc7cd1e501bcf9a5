import { randomBytes } from "node:crypto";
import { Secret } from "../../vocabulary/secret.ts";
import type { LocalUserRecord } from "../store/records.ts";
import { authenticateAccessToken, isAccessToken } from "./access-tokens.ts";
import { findUser, findUserByName, wellKnownIds } from "./accounts.ts";
import { ApiError } from "./api-error.ts";
import { type Caller, rightsOf } from "./authorize.ts";
import { digestOf } from "./bearer-tokens.ts";
import type { Context } from "./context.ts";
import { hasFeature, privilegesOf } from "./core-version.ts";
import { describeIdentity, type Identity } from "./identities.ts";
import { presentInstant } from "./instants.ts";
import { hashPassword, isPassword, requireStrongPassword } from "./passwords.ts";

/**
 * How long a login lasts.
 *
 * @see Qumulo docs, bearer tokens guide
 */
const sessionMs = 10 * 60 * 60 * 1_000;

/**
 * Opens a session with a password.
 *
 * The session keeps the rights of this moment: later changes of roles reach it with the next login.
 *
 * @returns the bearer token
 * @throws {ApiError} 401 for an unknown user, a wrong password, and always for guest
 * @see Qumulo docs, RBAC guide, for the rights; the refusal of guest is assumed
 */
export function login(context: Context, username: string, password: Secret): Secret {
  const user = findUserByName(context, username);
  const isRight = user !== undefined && user.id !== wellKnownIds.guest && isPassword(password, user.passwordHash);
  if (!isRight) throw new ApiError("invalidCredentials");
  forgetEndedSessions(context);
  const bearerToken = new Secret(`session-v1:${randomBytes(48).toString("base64")}`);
  const { privileges, roles } = rightsOf(context, user.id);
  const expiresAt = presentInstant(context.clock) + BigInt(sessionMs) * 1_000_000n;
  context.store.put("sessions", digestOf(bearerToken), {
    userId: user.id,
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
  if (findUser(context, session.userId) === undefined) return undefined;
  return { authId: session.userId, privileges: new Set(session.privileges), roles: session.roles };
}

/** Who the caller is, and what they may do. */
export interface WhoAmI {
  readonly identity: Identity;
  /** `undefined` for a user of another domain. */
  readonly user: LocalUserRecord | undefined;
  /** In the order of the API's enumeration; `undefined` on a version that does not tell. */
  readonly privileges: readonly string[] | undefined;
  /** The access token in use; `undefined` with a session, and on a version that does not tell. */
  readonly accessTokenId: string | undefined;
}

/**
 * Tells callers who they are.
 *
 * @see OpenAPI 7.8.2, GET /v1/session/who-am-i
 */
export function whoAmI(context: Context, caller: Caller): WhoAmI {
  const tells = hasFeature(context.coreVersion, "detailedWhoAmI");
  const known = privilegesOf(context.coreVersion);
  return {
    identity: describeIdentity(context, caller.authId),
    user: findUser(context, caller.authId),
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
