import * as v from "valibot";
import {
  type AccessToken,
  changeAccessToken,
  createAccessToken,
  deleteAccessToken,
  getAccessToken,
  listAccessTokens,
} from "../../rules/access/access-tokens.ts";
import { ApiError } from "../../rules/api-error.ts";
import { type Instant, parseInstant, renderInstant } from "../../rules/instants.ts";
import { accessTokenPageShape, accessTokenShape, createdAccessTokenShape } from "../answer-shapes.ts";
import { type Route, withBody } from "../api-request.ts";
import { identityJson, identitySchema, unresolved } from "../identity-json.ts";
import { text } from "../json-body.ts";
import { pageRequestOf, pagingJson, pagingParameters } from "../paging-json.ts";

const path = "/v1/auth/access-tokens/";

const createSchema = v.object({ user: identitySchema, expiration_time: v.optional(text) });

// `null` is refused: an expiration cannot be taken away again.
const changeSchema = v.object({ expiration_time: v.optional(text), enabled: v.optional(v.boolean()) });

/** One's own access tokens need no privilege from 7.3.0 on, those of others do. */
const ofOthers = ["notAuthorized"] as const;

/** Access tokens. */
export const accessTokenRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    operation: "readAccessTokens",
    since: "accessTokens",
    summary: "List access tokens",
    query: [
      { name: "user", description: "An identity in text form: only its access tokens. Not together with paging" },
      ...pagingParameters,
    ],
    answer: accessTokenPageShape,
    refusals: [...ofOthers, ...unresolved],
    handle(request, context) {
      const asked = { user: request.query("user"), ...pageRequestOf(request) };
      const { entries, next } = listAccessTokens(context, request.caller, asked);
      return { body: { entries: entries.map(tokenJson), paging: pagingJson(path, next) } };
    },
  },
  withBody({
    method: "POST",
    path,
    operation: "writeAccessTokens",
    since: "accessTokens",
    laterFields: { expiration_time: "tokenExpiration" },
    summary: "Create an access token; its bearer token is never shown again",
    body: createSchema,
    answer: createdAccessTokenShape,
    refusals: [...ofOthers, ...unresolved, "identityNotSupported", "tooManyAccessTokens"],
    handle({ caller, content: { user, expiration_time } }, context) {
      const asked = { user, expiresAt: toInstant(expiration_time) };
      const { id, bearerToken } = createAccessToken(context, caller, asked);
      return { body: { id, bearer_token: bearerToken.reveal() } };
    },
  }),
  {
    method: "GET",
    path: `${path}{id}`,
    operation: "readAccessTokens",
    since: "singleAccessTokens",
    summary: "Read an access token",
    answer: accessTokenShape,
    refusals: ofOthers,
    handle: (request, context) => ({ body: tokenJson(getAccessToken(context, request.caller, request.param("id"))) }),
  },
  withBody({
    method: "PATCH",
    path: `${path}{id}`,
    operation: "writeAccessTokens",
    since: "singleAccessTokens",
    laterFields: { expiration_time: "tokenExpiration", enabled: "tokenEnabling" },
    summary: "Change the expiration of an access token, disable it, enable it",
    body: changeSchema,
    answer: accessTokenShape,
    refusals: ofOthers,
    handle({ caller, content: { expiration_time, enabled }, param }, context) {
      const change = { id: param("id"), expiresAt: toInstant(expiration_time), enabled };
      return { body: tokenJson(changeAccessToken(context, caller, change)) };
    },
  }),
  {
    method: "DELETE",
    path: `${path}{id}`,
    operation: "writeAccessTokens",
    since: "accessTokens",
    summary: "Delete an access token",
    refusals: ofOthers,
    handle(request, context) {
      deleteAccessToken(context, request.caller, request.param("id"));
      return {};
    },
  },
];

function toInstant(time: string | undefined): Instant | undefined {
  if (time === undefined) return undefined;
  const instant = parseInstant(time);
  if (instant !== undefined) return instant;
  throw new ApiError("undecodable", "expiration_time: a time of RFC 3339 with a zone is needed");
}

function tokenJson({ id, user, creator, createdAt, expiresAt, enabled }: AccessToken): object {
  return {
    id,
    user: identityJson(user),
    creator: identityJson(creator),
    creation_time: renderInstant(createdAt),
    expiration_time: typeof expiresAt === "bigint" ? renderInstant(expiresAt) : expiresAt,
    enabled,
  };
}
