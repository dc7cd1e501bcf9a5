import type { Identity } from "../../client/identities.ts";
import { knownOrAbsent, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { JsonObject } from "../../framework/json.ts";
import type { PlannedModel, StateModel } from "../../framework/model.ts";
import { identityDomains } from "../../vocabulary/identity-domains.ts";
import type { IdentityReference } from "../../vocabulary/identity-text.ts";
import { posixIdValidator } from "../attribute/posix-id.ts";
import { idPartsIn, textIn } from "../operation/earlier-state.ts";
import type { RoleMemberSchema } from "./schema.ts";
import { identifyingAttributes } from "./validate.ts";

/** A membership as state holds it. */
export type RoleMemberModel = StateModel<RoleMemberSchema>;
type PlannedIdentity = Pick<PlannedModel<RoleMemberSchema>, keyof KnownIdentity | "auth_id">;

/** All attributes that say who the member is. */
export const identityFields = [...identifyingAttributes, "domain"] as const;

/** The fields of an identity that only state or plan may know. */
export type KnownIdentity = Pick<RoleMemberModel, "domain" | "name" | "sid" | "uid" | "gid">;

/** Nothing is known of the identity. */
export const noFields: KnownIdentity = { domain: null, name: null, sid: null, uid: null, gid: null };

/** What a plan knows of the identity. */
export function toState(planned: Omit<PlannedIdentity, "auth_id">): KnownIdentity {
  const [domain, name, sid] = [planned.domain, planned.name, planned.sid].map(knownOrUndefined);
  const [uid, gid] = [planned.uid, planned.gid].map(knownOrUndefined);
  return { domain: domain ?? null, name: name ?? null, sid: sid ?? null, uid: uid ?? null, gid: gid ?? null };
}

/** Who the member is in state, as a plan would have it. */
export function fieldsOf({ auth_id, name, sid, uid, gid, domain }: RoleMemberModel): PlannedIdentity {
  return {
    auth_id: knownOrAbsent(auth_id),
    name: knownOrAbsent(name),
    sid: knownOrAbsent(sid),
    uid: knownOrAbsent(uid),
    gid: knownOrAbsent(gid),
    domain: knownOrAbsent(domain),
  };
}

/** The identity that the practitioner named. */
export function referenceOf(planned: PlannedIdentity): IdentityReference {
  const { domain, name, sid, uid, gid } = toState(planned);
  const authId = knownOrUndefined(planned.auth_id);
  const knownDomain = identityDomains.find((known) => known === domain);
  return {
    ...(knownDomain === undefined ? {} : { domain: knownDomain }),
    ...(authId === undefined ? {} : { authId }),
    ...(name === null ? {} : { name }),
    ...(sid === null ? {} : { sid }),
    ...(uid === null ? {} : { uid: Number(uid) }),
    ...(gid === null ? {} : { gid: Number(gid) }),
  };
}

/**
 * Writes a membership into state.
 *
 * @param fallback - what was known before, for what the cluster does not answer: the name of a deleted user, for one
 */
export function toModel(
  roleName: string,
  identity: Identity,
  fallback: KnownIdentity & Pick<RoleMemberModel, "allow_lock_out">,
): RoleMemberModel {
  return {
    id: `${roleName}:${identity.authId}`,
    role_name: roleName,
    auth_id: identity.authId,
    name: identity.name ?? fallback.name,
    domain: identity.domain ?? fallback.domain,
    sid: identity.sid ?? fallback.sid,
    uid: identity.uid?.toString() ?? fallback.uid,
    gid: identity.gid?.toString() ?? fallback.gid,
    allow_lock_out: fallback.allow_lock_out,
  };
}

/** A state with what the plan has shown; what the plan left open is as the cluster answers it. */
export function asPlanned(planned: PlannedIdentity, answered: RoleMemberModel): RoleMemberModel {
  const shown = identityFields.flatMap((name) => {
    const value = planned[name];
    return value.kind === "unknown" ? [] : [[name, knownOrUndefined(value) ?? null] as const];
  });
  return { ...answered, ...Object.fromEntries(shown) };
}

/** Raises state of version 0, the vendor's among it. */
export function upgradeRoleMember(state: JsonObject): JsonObject {
  const [roleName, authId] = idPartsIn(state);
  return {
    id: textIn(state, "id"),
    role_name: textIn(state, "role_name") ?? roleName,
    // The vendor's provider does not fill in what only the cluster decides before it reads.
    auth_id: textIn(state, "auth_id") ?? authId,
    name: textIn(state, "name"),
    domain: textIn(state, "domain"),
    sid: textIn(state, "sid"),
    uid: posixIdIn(state, "uid"),
    gid: posixIdIn(state, "gid"),
    allow_lock_out: state["allow_lock_out"] === true,
  };
}

/** The vendor's provider stores something unreadable where the cluster answers a number. */
function posixIdIn(state: JsonObject, name: "uid" | "gid"): string | null {
  const id = textIn(state, name);
  return id !== null && posixIdValidator(name).check(id) === undefined ? id : null;
}
