import type { AccessToken } from "../../../client/access-tokens.ts";
import type { Action } from "../../../framework/action/action.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import { DiagnosticError, type DiagnosticText } from "../../../framework/diagnostics.ts";
import { parseInstant } from "../../../vocabulary/instant.ts";
import { type Connection, type Reach, reading, writing } from "../../connection.ts";
import { refuseEndOf } from "../planning/own-token.ts";
import { renderTokens } from "../token/slots.ts";
import { deleteForAction, findTokenById, ownerOf, works } from "./acting.ts";
import { endOverlapSchema, type EndOverlapSchema } from "./schema.ts";

/** Deletes the token before the one in use, once nobody needs it any more. */
export const endOverlap: Action<EndOverlapSchema, Connection> = {
  name: "end_overlap",
  schema: endOverlapSchema,

  async plan(context) {
    const { client, config, diagnostics, signal } = context;
    const { previous_id: previousId, successor_id: successorId } = config;
    if (previousId.kind === "null") return;
    if (client === undefined || previousId.kind === "unknown" || successorId.kind !== "known") {
      diagnostics.warning({ ...warning, detail: `Which one is decided during apply. ${effect}` });
      return;
    }
    const previous = await findPrevious(reading(client, signal), previousId.value, successorId.value);
    if (previous === undefined) return;
    const isAllowed = knownOrUndefined(config.allow_lock_out) === true;
    await refuseEndOf({ ...context, isAllowed, attribute: ["previous_id"] }, endOf(previous));
    if (diagnostics.hasErrors) return;
    diagnostics.warning({
      ...warning,
      detail: `This deletes an access token of ${ownerOf(previous)}: ${renderTokens([previous])}. ${effect} The next plan shows that previous_token is gone, and changes nothing.`,
    });
  },

  async invoke(context) {
    const { client, config, diagnostics, signal, progress } = context;
    const { previous_id: previousId, successor_id: successorId } = config;
    if (previousId === null) {
      progress("There is no token before the one in use: no overlap to end.");
      return;
    }
    const reach = writing(client, signal);
    const previous = await findPrevious(reach, previousId, successorId);
    if (previous === undefined) {
      progress(`Access token ${previousId} is gone already.`);
      return;
    }
    const isAllowed = config.allow_lock_out === true;
    await refuseEndOf({ ...context, isAllowed, attribute: ["previous_id"] }, endOf(previous));
    if (diagnostics.hasErrors) return;
    if (await deleteForAction(reach, previous, diagnostics)) {
      progress(`Deleted the access token ${previousId} of ${ownerOf(previous)}; ${successorId} goes on working.`);
    }
  },
};

const warning = { summary: "Old access token will be deleted" };
const effect =
  "Whatever has not changed over to the new bearer token loses its access at once: check that nothing uses the old one.";

function endOf({ id }: AccessToken) {
  return { ids: [id], by: "by the end of the overlap, which deletes it" };
}

/**
 * Finds the token that is to go; `undefined` when it is gone.
 *
 * @throws {DiagnosticError} when the token in use does not work, or is not its successor
 */
async function findPrevious(reach: Reach, previousId: string, successorId: string): Promise<AccessToken | undefined> {
  const [previous, successor] = await Promise.all([
    findTokenById(reach, previousId),
    findTokenById(reach, successorId),
  ]);
  if (previous === undefined) return undefined;
  const refusal = refuse(previous, successor, reach);
  if (refusal !== undefined) throw new DiagnosticError({ ...refusal, attribute: ["successor_id"] });
  return previous;
}

function refuse(previous: AccessToken, successor: AccessToken | undefined, reach: Reach): DiagnosticText | undefined {
  const kept = `The access token ${previous.id} was not deleted.`;
  if (successor === undefined) {
    return {
      summary: "No token in use",
      detail: `The cluster has no access token with the id that successor_id names, so nothing would take the place of the old one. ${kept} Run a plan, which shows what is there.`,
    };
  }
  if (!works(successor, reach)) {
    return {
      summary: `Access token ${successor.id} does not work`,
      detail: `It is disabled, or has ended, so the old one may be the only one in use. ${kept} Enable or rotate the new one first.`,
    };
  }
  if (successor.user.authId === previous.user.authId && isLater(successor, previous)) return undefined;
  return {
    summary: "Access tokens do not follow each other",
    detail: `${successor.id} is an access token of ${ownerOf(successor)}, created ${successor.creationTime}, and ${previous.id} of ${ownerOf(previous)}, created ${previous.creationTime}. ${kept} Give previous_id and successor_id of one qumulo_access_token, or delete other tokens with the action qumulo_revoke_access_tokens.`,
  };
}

function isLater({ id, creationTime }: AccessToken, than: AccessToken): boolean {
  const [first, second] = [parseInstant(than.creationTime), parseInstant(creationTime)];
  return id !== than.id && first !== undefined && second !== undefined && second >= first;
}
