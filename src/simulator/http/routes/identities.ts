import * as v from "valibot";
import type { Context } from "../../rules/context.ts";
import { resolveIdentity } from "../../rules/identities.ts";
import { type ExpandedIdentity, expandIdentity } from "../../rules/identity-relations.ts";
import { expandedIdentityShape, identityShape } from "../answer-shapes.ts";
import { type Answer, type Route, withBody } from "../api-request.ts";
import { identityJson, identitySchema, unresolved } from "../identity-json.ts";

const oneOrMany = v.optional(v.union([v.array(identitySchema), identitySchema]), () => []);

const expandSchema = v.object({ id: identitySchema, equivalent_ids: oneOrMany, group_ids: oneOrMany });

const findFacts = {
  method: "POST",
  operation: "readIdentities",
  summary: "Complete an identity",
  body: identitySchema,
  answer: identityShape,
  refusals: unresolved,
} as const;

const expandFacts = {
  method: "POST",
  operation: "readIdentities",
  summary: "Tell all identities that are the same as one, and the groups it belongs to",
  body: expandSchema,
  answer: expandedIdentityShape,
  refusals: unresolved,
} as const;

/**
 * Looking identities up. The paths below `auth/` are deprecated, and still served.
 *
 * @see OpenAPI 7.8.2
 */
export const identityRoutes: readonly Route[] = [
  withBody({ ...findFacts, path: "/v1/identity/find", since: "identityPaths", handle: find }),
  withBody({ ...findFacts, path: "/v1/auth/identity/find", isDeprecated: true, handle: find }),
  withBody({ ...expandFacts, path: "/v1/identity/expand", since: "identityPaths", handle: expand }),
  withBody({ ...expandFacts, path: "/v1/auth/identity/expand", isDeprecated: true, handle: expand }),
  {
    method: "POST",
    path: "/v1/auth/clear-cache",
    operation: "writeIdentities",
    summary: "Forget what is known of identities in directories",
    // There is no cache to clear; qq has a command for it.
    handle: () => ({}),
  },
];

function find({ content }: { readonly content: v.InferOutput<typeof identitySchema> }, context: Context): Answer {
  return { body: identityJson(resolveIdentity(context, content)) };
}

function expand({ content }: { readonly content: v.InferOutput<typeof expandSchema> }, context: Context): Answer {
  const { id, equivalent_ids, group_ids } = content;
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
