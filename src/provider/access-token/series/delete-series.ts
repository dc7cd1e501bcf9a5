import type { DeleteContext } from "../../../framework/resource.ts";
import { type Connection, writing } from "../../connection.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { findProven, renderLostRequest, stillOpen } from "../token/lost-request.ts";
import { listTokensOf } from "../token/read.ts";
import { deletionCommand } from "../token/slots.ts";
import { deleteToken } from "../token/write.ts";
import { recall } from "./private-state.ts";
import { requestIn } from "./read-unmade.ts";

type Delete = DeleteContext<AccessTokenSchema, Connection>;

/**
 * Deletes the tokens of a series, and tokens that its lost requests have left. It deletes the token in use last, so that this
 * one still works if an earlier deletion fails.
 */
export async function deleteSeries(context: Delete): Promise<void> {
  const { state, client, signal } = context;
  if (state.id === null) return deleteUnmade(context);
  const reach = writing(client, signal);
  await deleteLost(context);
  for (const id of [state.previous_token?.id, state.id]) {
    if (typeof id === "string") await deleteToken(reach, id, state.identity?.auth_id ?? undefined);
  }
}

/**
 * Deletes the token that a create may have left, if it is found. Otherwise the request is remembered in this run, so that the
 * next create can look for its token.
 */
async function deleteUnmade(context: Delete): Promise<void> {
  const { state, client, signal, diagnostics } = context;
  const request = requestIn(state);
  if (request === undefined) return;
  const reach = writing(client, signal);
  const token = findProven([request], await listTokensOf(reach, request.authId));
  if (token !== undefined) {
    await deleteToken(reach, token.id, request.authId);
    return;
  }
  if (stillOpen([request], client.clock.now()).length === 0) return;
  client.memory.lostRequests.add(request);
  diagnostics.warning({
    summary: `Whether an access token for ${state.user} was created stays unknown`,
    detail: `The cluster's answer to a request was lost, and the access token that it asked for is not on the cluster so far: it was ${renderLostRequest(request)}. If the resource is created again, its plans keep looking. Otherwise look yourself later (qq auth_list_access_tokens), and delete it if it is there: ${deletionCommand("ID")}`,
  });
}

/** Deletes the tokens that lost requests of a series have left, and warns about requests that the cluster may still carry out. */
async function deleteLost(context: Delete): Promise<void> {
  const { state, client, signal, diagnostics, privateState } = context;
  const lost = stillOpen(recall(privateState).lost, client.clock.now());
  const authId = lost[0]?.authId;
  if (authId === undefined) return;
  const reach = writing(client, signal);
  const token = findProven(lost, await listTokensOf(reach, authId));
  if (token !== undefined) {
    await deleteToken(reach, token.id, authId);
    return;
  }
  diagnostics.warning({
    summary: `Whether another access token for ${state.user} was created stays unknown`,
    detail: `The cluster's answer to a request was lost, and the access token that it asked for is not on the cluster so far: it was ${lost.map(renderLostRequest).join("; ")}. Nobody looks for it once this resource is gone. Look yourself later (qq auth_list_access_tokens), and delete it if it is there: ${deletionCommand("ID")}`,
  });
}
