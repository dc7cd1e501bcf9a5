import * as v from "valibot";
import { ApiError } from "../../rules/api-error.ts";
import type { Context } from "../../rules/context.ts";
import { etagOf } from "../../rules/etags.ts";
import { type IdentityQuery, resolveIdentity } from "../../rules/identities/identities.ts";
import {
  getIdentityAttributes,
  type IdentityAttributes,
  replaceIdentityAttributes,
} from "../../rules/identities/identity-attributes.ts";
import { type ExpandedIdentity, expandIdentity } from "../../rules/identities/identity-relations.ts";
import { listRelatedIdentities } from "../../rules/identities/related-identities.ts";
import { listUserMappings, replaceUserMappings, type UserMappings } from "../../rules/identities/user-mappings.ts";
import {
  attributesShape,
  expandedIdentityShape,
  identityShape,
  relatedIdentitiesShape,
  userMappingsShape,
} from "../answer-shapes.ts";
import { type Answer, type Route, withBody } from "../api-request.ts";
import { identityJson, identitySchema, parsePosixIdText, unresolved } from "../identity-json.ts";
import { text } from "../json-body.ts";

const oneOrMany = v.optional(v.union([v.array(identitySchema), identitySchema]), () => []);

const expandSchema = v.object({ id: identitySchema, equivalent_ids: oneOrMany, group_ids: oneOrMany });

const attributesPath = "/v1/auth/identities/{auth_id}/attributes";

const attributesSchema = v.object({ home_directory: v.nullish(text) });

const mappingsPath = "/v1/auth/user-defined-mappings/";

const mappingsSchema = v.array(v.object({ down_level_logon_name: text, ldap_name: text }));

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

/** By which ids older clients ask for related identities, and whom each means. */
const relatedBy: Readonly<Record<string, (id: string) => IdentityQuery>> = {
  "auth-ids": (authId) => ({ authId }),
  "local-username": (name) => ({ domain: "LOCAL", name }),
  "posix-uids": (uid) => ({ domain: "POSIX_USER", uid: parsePosixId(uid) }),
  "posix-gids": (gid) => ({ domain: "POSIX_GROUP", gid: parsePosixId(gid) }),
  sids: (sid) => ({ sid }),
};

const relatedRoutes = Object.entries(relatedBy).map(([kind, query]): Route => ({
  method: "GET",
  path: `/v1/auth/${kind}/{id}/related-identities/`,
  operation: "readIdentities",
  summary: "List the identities that are the same as one, and the groups it belongs to, in an older form",
  isDeprecated: true,
  answer: relatedIdentitiesShape,
  refusals: unresolved,
  handle: (request, context) => ({
    body: listRelatedIdentities(context, query(request.param("id"))).map(({ idType, idValue }) => ({
      id_type: idType,
      id_value: idValue,
    })),
  }),
}));

function parsePosixId(text: string): number {
  const parsed = parsePosixIdText(text);
  if (parsed !== undefined) return parsed;
  throw new ApiError("undecodable", `${JSON.stringify(text.slice(0, 80))} is not a number from 0 to 4294967295`);
}

/**
 * Looking identities up, and what is kept of them. The older paths are deprecated, and still served.
 *
 * @see OpenAPI 7.8.2; Qumulo SDK 7.10.2.1 for attributes; Qumulo docs, REST API guide, for mappings
 */
export const identityRoutes: readonly Route[] = [
  withBody({ ...findFacts, path: "/v1/identity/find", since: "identityPaths", handle: find }),
  withBody({ ...findFacts, path: "/v1/auth/identity/find", isDeprecated: true, handle: find }),
  withBody({ ...expandFacts, path: "/v1/identity/expand", since: "identityPaths", handle: expand }),
  withBody({ ...expandFacts, path: "/v1/auth/identity/expand", isDeprecated: true, handle: expand }),
  ...relatedRoutes,
  {
    method: "POST",
    path: "/v1/auth/clear-cache",
    operation: "writeIdentities",
    summary: "Forget what is known of identities in directories",
    // There is no cache to clear; qq has a command for it.
    handle: () => ({}),
  },
  {
    method: "GET",
    path: attributesPath,
    operation: "readIdentities",
    summary: "Read what is kept of a user of any domain",
    answer: attributesShape,
    handle: (request, context) => attributesAnswer(getIdentityAttributes(context, request.param("auth_id"))),
  },
  withBody({
    method: "PUT",
    path: attributesPath,
    operation: "writeIdentities",
    summary: "Replace what is kept of a user of any domain",
    body: attributesSchema,
    answer: attributesShape,
    handle: (request, context) =>
      attributesAnswer(replaceIdentityAttributes(context, request.param("auth_id"), request.content.home_directory)),
  }),
  {
    method: "DELETE",
    path: attributesPath,
    operation: "writeIdentities",
    summary: "Forget what is kept of a user of any domain",
    handle(request, context) {
      replaceIdentityAttributes(context, request.param("auth_id"), null);
      return {};
    },
  },
  {
    method: "GET",
    path: mappingsPath,
    operation: "readUserMappings",
    summary: "List which users of Active Directory and LDAP were declared to be the same",
    answer: userMappingsShape,
    handle: (_request, context) => mappingsAnswer(listUserMappings(context)),
  },
  withBody({
    method: "PUT",
    path: mappingsPath,
    operation: "writeUserMappings",
    summary: "Declare which users of Active Directory and LDAP are the same",
    body: mappingsSchema,
    takesIfMatch: true,
    answer: userMappingsShape,
    refusals: ["invalidRequest"],
    handle({ content, ifMatch }, context) {
      const mappings = content.map(({ down_level_logon_name, ldap_name }) => ({
        downLevelLogonName: down_level_logon_name,
        ldapName: ldap_name,
      }));
      return mappingsAnswer(replaceUserMappings(context, { mappings, ifMatch }));
    },
  }),
];

function attributesAnswer({ homeDirectory }: IdentityAttributes): Answer {
  return { body: { home_directory: homeDirectory } };
}

function mappingsAnswer({ mappings, revision }: UserMappings): Answer {
  const body = mappings.map(({ downLevelLogonName, ldapName }) => ({
    down_level_logon_name: downLevelLogonName,
    ldap_name: ldapName,
  }));
  return { body, etag: etagOf(revision) };
}

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
