import * as v from "valibot";
import {
  type AccessToken,
  changeAccessToken,
  createAccessToken,
  deleteAccessToken,
  getAccessToken,
  listAccessTokens,
} from "../../rules/access-tokens.ts";
import { ApiError } from "../../rules/api-error.ts";
import { type Instant, parseInstant, renderInstant } from "../../rules/instants.ts";
import type { Route } from "../api-request.ts";
import { identityJson, identitySchema } from "../identity-json.ts";
import { text } from "../json-body.ts";
import { pageRequestOf, pagingJson } from "../paging-json.ts";

const path = "/v1/auth/access-tokens/";

const createSchema = v.object({ user: identitySchema, expiration_time: v.optional(text) });

// `null` is refused: an expiration cannot be taken away again.
const changeSchema = v.object({ expiration_time: v.optional(text), enabled: v.optional(v.boolean()) });

/** Access tokens. */
export const accessTokenRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    operation: "useAccessTokens",
    handle(request, context) {
      const asked = { user: request.query("user"), ...pageRequestOf(request) };
      const { entries, next } = listAccessTokens(context, request.caller, asked);
      return { body: { entries: entries.map(tokenJson), paging: pagingJson(path, next) } };
    },
  },
  {
    method: "POST",
    path,
    operation: "useAccessTokens",
    handle(request, context) {
      const { user, expiration_time } = request.body(createSchema);
      const asked = { user, expiresAt: toInstant(expiration_time) };
      const { id, bearerToken } = createAccessToken(context, request.caller, asked);
      return { body: { id, bearer_token: bearerToken.reveal() } };
    },
  },
  {
    method: "GET",
    path: `${path}{id}`,
    operation: "useAccessTokens",
    handle: (request, context) => ({ body: tokenJson(getAccessToken(context, request.caller, request.param("id"))) }),
  },
  {
    method: "PATCH",
    path: `${path}{id}`,
    operation: "useAccessTokens",
    handle(request, context) {
      const { expiration_time, enabled } = request.body(changeSchema);
      const change = { id: request.param("id"), expiresAt: toInstant(expiration_time), enabled };
      return { body: tokenJson(changeAccessToken(context, request.caller, change)) };
    },
  },
  {
    method: "DELETE",
    path: `${path}{id}`,
    operation: "useAccessTokens",
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
    expiration_time: expiresAt === null ? null : renderInstant(expiresAt),
    enabled,
  };
}
