import type { Identity } from "../../client/identities.ts";

/** An identity as state holds it; numbers are text there. */
export interface IdentityModel {
  readonly domain: string | null;
  readonly auth_id: string;
  readonly uid: string | null;
  readonly gid: string | null;
  readonly sid: string | null;
  readonly name: string | null;
}

/** Writes an identity into state. */
export function toIdentityModel(identity: Identity): IdentityModel {
  return {
    domain: identity.domain ?? null,
    auth_id: identity.authId,
    uid: identity.uid?.toString() ?? null,
    gid: identity.gid?.toString() ?? null,
    sid: identity.sid ?? null,
    name: identity.name ?? null,
  };
}
