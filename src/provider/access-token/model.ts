import type { AccessToken } from "../../client/access-tokens.ts";
import type { Identity } from "../../client/identities.ts";
import type { StateModel } from "../../framework/model.ts";
import { type IdentityReference, renderIdentityText } from "../../vocabulary/identity-text.ts";
import type { AccessTokenSchema } from "./schema.ts";

/** An access token as state holds it. */
export type AccessTokenModel = StateModel<AccessTokenSchema>;

/** The part of an access token that only state knows; `user` is empty right after an import. */
export interface AccessTokenMemory {
  readonly user: string | null;
  readonly bearer_token: string | null;
}

/** Writes an access token into state. */
export function toModel(token: AccessToken, memory: AccessTokenMemory): AccessTokenModel {
  return {
    id: token.id,
    user: memory.user === null || memory.user === "" ? userText(token.user) : memory.user,
    expiration_time: token.expirationTime ?? null,
    enabled: token.enabled,
    bearer_token: memory.bearer_token,
    identity: toIdentityModel(token.user),
    creator: token.creator === undefined ? null : toIdentityModel(token.creator),
    creation_time: token.creationTime,
  };
}

/** The user in the form that practitioners write: `local:svc-backup`. */
function userText(identity: Identity): string {
  return renderIdentityText(toReference(identity)) ?? `auth_id:${identity.authId}`;
}

function toIdentityModel(identity: Identity): NonNullable<AccessTokenModel["identity"]> {
  return {
    domain: identity.domain ?? null,
    auth_id: identity.authId,
    uid: identity.uid?.toString() ?? null,
    gid: identity.gid?.toString() ?? null,
    sid: identity.sid ?? null,
    name: identity.name ?? null,
  };
}

function toReference({ domain, authId, name }: Identity): IdentityReference {
  return {
    authId,
    ...(domain === undefined ? {} : { domain }),
    ...(name === undefined ? {} : { name }),
  };
}
