import type { Context } from "../context.ts";
import { findGroup } from "../accounts/accounts.ts";
import type { Identity, IdentityQuery } from "./identities.ts";
import { expandIdentity } from "./identity-relations.ts";

/** An identity in the form of older versions: one id, and what kind of id it is. */
export interface RelatedIdentity {
  readonly idType: RelatedIdentityType;
  readonly idValue: string;
}

/** The kinds of ids in this form. */
export const relatedIdentityTypes = [
  "LOCAL_USER",
  "LOCAL_GROUP",
  "NFS_GID",
  "NFS_UID",
  "SMB_SID",
  "INTERNAL",
  "QUMULO_OPERATOR",
] as const;

/** One of {@link relatedIdentityTypes}. */
export type RelatedIdentityType = (typeof relatedIdentityTypes)[number];

/**
 * An identity, its equivalents, and the groups that hold them, in the form that came before expanded identities.
 *
 * @see Qumulo docs, REST API guide, for the form; Qumulo SDK 5.3.3 for the calls; that a local account is told by its name,
 * and by its SID as well, is assumed
 */
export function listRelatedIdentities(context: Context, query: IdentityQuery): readonly RelatedIdentity[] {
  const { id, equivalentIds, groupIds } = expandIdentity(context, query, { equivalentIds: [], groupIds: [] });
  return [id, ...equivalentIds, ...groupIds].flatMap((identity) => oldForms(context, identity));
}

function oldForms(context: Context, identity: Identity): readonly RelatedIdentity[] {
  const { domain, authId, uid, gid, sid, name } = identity;
  switch (domain) {
    case "LOCAL": {
      const idType = findGroup(context, authId) === undefined ? "LOCAL_USER" : "LOCAL_GROUP";
      return [{ idType, idValue: name ?? authId }, ...bySid(sid)];
    }
    case "POSIX_USER":
      return [{ idType: "NFS_UID", idValue: String(uid) }];
    case "POSIX_GROUP":
      return [{ idType: "NFS_GID", idValue: String(gid) }];
    case "API_OPERATOR_DOMAIN":
      return [{ idType: "QUMULO_OPERATOR", idValue: authId }];
    default:
      return sid === null ? [{ idType: "INTERNAL", idValue: authId }] : bySid(sid);
  }
}

function bySid(sid: string | null): readonly RelatedIdentity[] {
  return sid === null ? [] : [{ idType: "SMB_SID", idValue: sid }];
}
