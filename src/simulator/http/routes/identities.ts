import * as v from "valibot";
import type { Context } from "../../rules/context.ts";
import { type ExpandedIdentity, expandIdentity, resolveIdentity } from "../../rules/identities.ts";
import type { Answer, ApiRequest, Route } from "../api-request.ts";
import { identityJson, identitySchema } from "../identity-json.ts";

const oneOrMany = v.optional(v.union([v.array(identitySchema), identitySchema]), () => []);

const expandSchema = v.object({ id: identitySchema, equivalent_ids: oneOrMany, group_ids: oneOrMany });

/**
 * Looking identities up. The paths below `auth/` are deprecated, and still served.
 *
 * @see OpenAPI 7.8.2
 */
export const identityRoutes: readonly Route[] = [
  { method: "POST", path: "/v1/identity/find", operation: "readIdentities", handle: find },
  { method: "POST", path: "/v1/auth/identity/find", operation: "readIdentities", handle: find },
  { method: "POST", path: "/v1/identity/expand", operation: "readIdentities", handle: expand },
  { method: "POST", path: "/v1/auth/identity/expand", operation: "readIdentities", handle: expand },
  // There is no cache to clear; qq has a command for it.
  { method: "POST", path: "/v1/auth/clear-cache", operation: "writeIdentities", handle: () => ({}) },
];

function find(request: ApiRequest, context: Context): Answer {
  return { body: identityJson(resolveIdentity(context, request.body(identitySchema))) };
}

function expand(request: ApiRequest, context: Context): Answer {
  const { id, equivalent_ids, group_ids } = request.body(expandSchema);
  const also = { equivalentIds: [equivalent_ids].flat(), groupIds: [group_ids].flat() };
  return { body: expandedJson(expandIdentity(context, id, also)) };
}

function expandedJson(expanded: ExpandedIdentity): object {
  return {
    id: identityJson(expanded.id),
    type: expanded.type,
    smb_id: identityJson(expanded.smbId),
    nfs_id: expanded.nfsId === null ? null : identityJson(expanded.nfsId),
    equivalent_ids: expanded.equivalentIds.map(identityJson),
    group_ids: expanded.groupIds.map(identityJson),
  };
}
