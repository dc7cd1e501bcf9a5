import type { AccessToken } from "../../../client/access-tokens.ts";
import { type ReadContext, removed } from "../../../framework/resource.ts";
import { listed } from "../../../vocabulary/listed.ts";
import { type Connection, reading } from "../../connection.ts";
import type { LostRequest } from "../../run/lost-requests.ts";
import type { AccessTokenModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { findProven, renderLostRequest, stillOpen } from "../token/lost-request.ts";
import { listTokensOf } from "../token/read.ts";
import { deletionCommand } from "../token/slots.ts";
import { strangerSummary } from "./strangers.ts";

/*
 * When the cluster's answer to a create is lost, state gets an object without an id. Engines mark it as tainted, and the next
 * apply deletes and creates it anew. A delete gets nothing but the state, so the state itself holds what was asked for.
 */

/** What state holds of a create whose outcome is unknown. */
export function unmadeState({ authId, sentAt, end }: LostRequest): Partial<AccessTokenModel> {
  return {
    id: null,
    identity: { domain: null, auth_id: authId, uid: null, gid: null, sid: null, name: null },
    creation_time: sentAt,
    expiration_time: end ?? null,
    expired: false,
    previous_token: null,
  };
}

/** Whether a state is that of a create whose outcome is unknown. A state with a secret but no id came about in another way. */
export function isUnmade(state: AccessTokenModel): boolean {
  const hasSecret = state.bearer_token !== null || state.encrypted_bearer_token !== null;
  return state.id === null && !hasSecret && requestIn(state) !== undefined;
}

/** The request that the state of an object without an id describes. */
export function requestIn(state: AccessTokenModel): LostRequest | undefined {
  const { identity, creation_time: sentAt, expiration_time: end, expires_in } = state;
  if (typeof identity?.auth_id !== "string" || sentAt === null) return undefined;
  return { authId: identity.auth_id, sentAt, end: end ?? undefined, isUnmistakable: expires_in !== null };
}

/** Looks for a token that a create has left, and warns with what will happen to it. */
export async function readUnmade(
  context: ReadContext<AccessTokenSchema, Connection>,
): Promise<AccessTokenModel | typeof removed> {
  const { state, client, signal, diagnostics } = context;
  const request = requestIn(state);
  if (request === undefined) return removed;
  const tokens = await listTokensOf(reading(client, signal), request.authId);
  const token = findProven([request], tokens);
  if (token !== undefined && client.memory.accessTokens.isManaged(token.id)) return removed;
  if (token !== undefined) {
    // So that the plan of what comes next does not name it once more.
    client.memory.notices.isNews(strangerSummary(token.id));
    diagnostics.warning({
      summary: `Access token ${token.id} was left behind`,
      detail: `An earlier run lost the cluster's answer when it created this access token for ${state.user}. Nobody has its bearer token. Applying this plan deletes it, and makes another one.`,
    });
    return { ...state, id: token.id };
  }
  if (stillOpen([request], client.clock.now()).length === 0) return removed;
  sayWhatIsPossible(context, request, tokens);
  return state;
}

function sayWhatIsPossible(
  { state, client, diagnostics }: ReadContext<AccessTokenSchema, Connection>,
  request: LostRequest,
  tokens: readonly AccessToken[],
): void {
  const others = tokens.filter(({ id }) => !client.memory.accessTokens.isManaged(id)).map(({ id }) => id);
  const found =
    others.length === 0
      ? "No other access token of that user is on the cluster so far."
      : `The user has ${listed(others, { separator: " and " })}, which may be it or somebody else's. If nobody uses it, delete it: ${deletionCommand("ID")}`;
  diagnostics.warning({
    summary: `Whether an access token for ${state.user} was created is unknown`,
    detail: `The cluster's answer to a request was lost: it was ${renderLostRequest(request)}. ${found} Applying this plan makes another access token, and later plans keep looking.`,
  });
}
