import type { AccessToken } from "../../client/access-tokens.ts";
import type { Identity } from "../../client/identities.ts";
import type { StateModel } from "../../framework/model.ts";
import { type IdentityReference, renderIdentityText } from "../../vocabulary/identity-text.ts";
import type { Secret } from "../../vocabulary/secret.ts";
import { toIdentityModel } from "../identity/model.ts";
import type { AccessTokenSchema } from "./schema.ts";
import type { EncryptBearerToken } from "./secret/encrypt-bearer-token.ts";

/** An access token as state holds it. */
export type AccessTokenModel = StateModel<AccessTokenSchema>;

/** The settings of a series, which the cluster does not know. */
export type SeriesSettings = Pick<
  AccessTokenModel,
  | "expires_in"
  | "rotate_before_expiry"
  | "rotate_when_changed"
  | "overlap"
  | "encrypt_to"
  | "allow_administrator"
  | "allow_lock_out"
>;

/** The secret as state holds it: in clear, encrypted, or not at all. */
export type SecretModel = Pick<AccessTokenModel, "bearer_token" | "encrypted_bearer_token">;

/** The secret fields of a token whose secret is not known here: both empty. */
export const noSecret: SecretModel = { bearer_token: null, encrypted_bearer_token: null };

/**
 * What belongs to a series in addition to its token, and what only the state knows about it; `user` is empty right after an
 * import.
 */
export type SeriesModel = SeriesSettings &
  SecretModel &
  Pick<AccessTokenModel, "expired" | "previous_token"> & { readonly user: string | null };

/**
 * The one place where a bearer token enters state.
 *
 * @param encryptBearerToken - encrypts it; without it, the state holds the bearer token in clear text
 */
export async function secretModel(
  bearerToken: Secret,
  encryptBearerToken: EncryptBearerToken | undefined,
): Promise<SecretModel> {
  if (encryptBearerToken === undefined) return { ...noSecret, bearer_token: bearerToken.reveal() };
  return { ...noSecret, encrypted_bearer_token: await encryptBearerToken(bearerToken) };
}

/** The practitioner's settings of a series; right after an import there are none. */
export function settingsOf(from: SeriesSettings): SeriesSettings {
  const { expires_in, rotate_before_expiry, rotate_when_changed, overlap, encrypt_to } = from;
  const { allow_administrator, allow_lock_out } = from;
  return {
    expires_in,
    rotate_before_expiry,
    rotate_when_changed,
    overlap,
    encrypt_to,
    allow_administrator,
    allow_lock_out,
  };
}

/** Writes a token, and what belongs to it, into state. */
export function toModel(token: AccessToken, series: SeriesModel): AccessTokenModel {
  return {
    ...settingsOf(series),
    id: token.id,
    user: series.user === null || series.user === "" ? userText(token.user) : series.user,
    expiration_time: token.expirationTime ?? null,
    enabled: token.enabled,
    bearer_token: series.bearer_token,
    encrypted_bearer_token: series.encrypted_bearer_token,
    identity: toIdentityModel(token.user),
    creator: token.creator === undefined ? null : toIdentityModel(token.creator),
    creation_time: token.creationTime,
    expired: series.expired,
    previous_token: series.previous_token,
  };
}

/** Writes a token that was rotated out. */
export function toPreviousModel(
  token: Pick<AccessToken, "id" | "expirationTime">,
): NonNullable<AccessTokenModel["previous_token"]> {
  return { id: token.id, expiration_time: token.expirationTime ?? null };
}

/** The user in the form that practitioners write: `local:svc-backup`. */
export function userText(identity: Identity): string {
  return renderIdentityText(toReference(identity)) ?? `auth_id:${identity.authId}`;
}

function toReference({ domain, authId, name }: Identity): IdentityReference {
  return {
    authId,
    ...(domain === undefined ? {} : { domain }),
    ...(name === undefined ? {} : { name }),
  };
}
