import { randomInt, randomUUID } from "node:crypto";
import { Secret } from "../../../vocabulary/secret.ts";
import { clusterKey, type SamlLoginRecord, type SamlSettingsRecord } from "../../store/records.ts";
import { ApiError } from "../api-error.ts";
import { digestOf } from "./bearer-tokens.ts";
import type { Context } from "../context.ts";
import { findActiveDirectoryAccount } from "../identities/directory.ts";
import { presentInstant } from "../instants.ts";
import { openSession } from "./sessions.ts";

/**
 * How long a login may take, from its start until its bearer token is fetched.
 *
 * @see OpenAPI 7.8.2, POST /v1/session/retrieve-saml-login; that the last moment is too late is assumed
 */
const loginMs = 5 * 60 * 1_000;

/**
 * How long a login that was not finished is remembered: until then it is answered as expired, afterwards as unknown.
 *
 * @see assumed
 */
const rememberedMs = 24 * 60 * 60 * 1_000;

/** How single sign-on is set up. */
export type SamlSettings = SamlSettingsRecord;

/** A login that waits for a browser. */
export interface SamlLogin {
  readonly id: string;
  /** What the user opens in a browser. */
  readonly url: string;
}

/** Sets single sign-on up, in place of any former settings. */
export function configureSaml(context: Context, settings: SamlSettings): void {
  context.store.put("samlSettings", clusterKey, settings);
}

/** How single sign-on is set up; `undefined` when it is not. */
export function findSamlSettings(context: Context): SamlSettings | undefined {
  return context.store.find("samlSettings", clusterKey);
}

/**
 * Begins a login.
 *
 * @throws {ApiError} 400 when single sign-on is not set up
 * @see OpenAPI 7.8.2; Qumulo docs, SAML single sign-on, for the URL
 */
export function startSamlLogin(context: Context): SamlLogin {
  const settings = findSamlSettings(context);
  if (settings === undefined) throw new ApiError("samlNotConfigured");
  forgetOldLogins(context);
  const id = randomUUID();
  context.store.put("samlLogins", id, { startedAt: presentInstant(context.clock).toString(), outcome: null });
  return { id, url: `https://${settings.clusterDnsName}/saml-login?login-id=${id}` };
}

function forgetOldLogins(context: Context): void {
  for (const [id, login] of context.store.entries("samlLogins")) {
    if (!isOlder(context, login, rememberedMs)) break;
    context.store.remove("samlLogins", id);
  }
}

function isOlder(context: Context, { startedAt }: SamlLoginRecord, ms: number): boolean {
  return presentInstant(context.clock) - BigInt(startedAt) >= BigInt(ms) * 1_000_000n;
}

/**
 * Takes the place of the browser: the identity provider has signed this user in.
 *
 * @param userName - a user of Active Directory, in any form: `jane@lab.example.com`, `LAB\jane`
 * @returns the verification code that the browser shows, six digits
 * @throws {ApiError} 404 for an unknown login; 401 for an expired one; 400 for anyone who may not log in so
 * @see Qumulo docs, SAML single sign-on: for users of Active Directory only; the code's form is assumed
 */
export function completeSamlLogin(context: Context, loginId: string, userName: string): string {
  const login = requireLogin(context, loginId);
  const account = findActiveDirectoryAccount(context, userName);
  if (account?.kind !== "user" || !account.loginAllowed) {
    throw new ApiError("unknownDirectoryIdentity", `${userName} is not a user of Active Directory who may log in`);
  }
  const code = randomInt(1_000_000).toString().padStart(6, "0");
  const outcome = { userId: account.authId, verificationCodeDigest: digestOf(new Secret(code)) };
  context.store.put("samlLogins", loginId, { ...login, outcome });
  return code;
}

/**
 * Fetches the bearer token of a login, once.
 *
 * @returns `undefined` while the browser has not come back; any code will do until then
 * @throws {ApiError} 404 for an unknown login, or one whose bearer token was fetched; 401 for an expired one; 400 for a
 * wrong code
 * @see OpenAPI 7.8.2; that a wrong code may be followed by the right one is assumed
 */
export function retrieveSamlLogin(context: Context, loginId: string, verificationCode: Secret): Secret | undefined {
  const { outcome } = requireLogin(context, loginId);
  if (outcome === null) return undefined;
  if (digestOf(verificationCode) !== outcome.verificationCodeDigest) throw new ApiError("wrongVerificationCode");
  context.store.remove("samlLogins", loginId);
  return openSession(context, outcome.userId);
}

function requireLogin(context: Context, loginId: string): SamlLoginRecord {
  const login = context.store.find("samlLogins", loginId);
  if (login === undefined) throw new ApiError("notFound", "There is no such login under way");
  if (isOlder(context, login, loginMs)) {
    throw new ApiError("authenticationRequired", "The login was not finished within 5 minutes");
  }
  return login;
}
