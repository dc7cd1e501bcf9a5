import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import { isCoreWith } from "../../../vocabulary/core-features.ts";
import { parseInstant } from "../../../vocabulary/instant.ts";
import { type Reach, writing } from "../../connection.ts";
import { type AccessTokenModel, toModel, toPreviousModel } from "../model.ts";
import { msOf, timeAfter } from "../token/duration.ts";
import {
  changeToken,
  deleteToken,
  finishToken,
  isNothing,
  makeToken,
  type TokenOrder,
  undoIfEngineIsGone,
} from "../token/write.ts";
import { meetAccount } from "../user/account.ts";
import { asPlanned, refuseChanged, type SeriesUpdate } from "./as-planned.ts";
import { isGone } from "./decide-rotation.ts";
import { recall, remember } from "./private-state.ts";

type Previous = AccessTokenModel["previous_token"];

/**
 * Makes a new token in place of the one in state: frees the second slot, makes the token, and brings the end of the old
 * one forward. State is saved after each step, so that whichever fails, the next plan finishes the rest.
 */
export async function rotate(context: SeriesUpdate): Promise<AccessTokenModel> {
  const { prior, planned, privateState, client } = context;
  const memory = recall(privateState);
  const wasGone = isGone(prior, memory);
  const account = await meetAccount(context);
  if (!wasGone) await refuseChanged(context);
  await freeSlot(context, wasGone);
  if (wasGone) await silencePrevious(context);
  const kept = wasGone ? keptPrevious(context) : oldToken(prior);
  const retireAt = wasGone ? memory.retireAt : plannedEndOfOld(context);
  const token = await makeToken(context, { account, beside: { previous_token: kept }, ...lostRequestsOf(context) });
  const end = planned.expires_in === null ? undefined : token.end;
  // What was not found yet may still come.
  const { lost } = recall(privateState);
  // The new one is enabled; what the old one was, it still is.
  remember(privateState, { end, retireAt, lost, hasUnequalTokens: !wasGone && !prior.enabled });
  const previous_token = wasGone ? kept : await retireFor(context, { retireAt, newId: token.id });
  remember(privateState, { end, lost, retireAt: previous_token === null ? undefined : retireAt });
  context.saveState({ previous_token });
  const finished = await finishToken(context, token, account.authId);
  client.memory.accessTokens.addManaged([finished.id]);
  return asPlanned(planned, toModel(finished, { ...planned, ...token.secret, expired: false, previous_token }));
}

/** What becomes of requests whose outcome is unknown: those of before are looked for, and a new one is kept with them. */
function lostRequestsOf({ privateState }: SeriesUpdate): Pick<TokenOrder, "lost" | "keep"> {
  const lost = recall(privateState).lost ?? [];
  return {
    lost,
    keep(request) {
      remember(privateState, { ...recall(privateState), lost: [...lost, request] });
      return "The old access token stays as it is. Run a plan again: it looks for the new one, and applying it deletes what is proven to be left of this request.";
    },
  };
}

function authIdOf({ identity }: AccessTokenModel): string | undefined {
  return identity?.auth_id ?? undefined;
}

/** While the series is disabled, no secret of it may go on working. */
async function silencePrevious(context: SeriesUpdate): Promise<void> {
  const { planned, client, signal } = context;
  const id = keptPrevious(context)?.id;
  if (planned.enabled || typeof id !== "string") return;
  await changeToken(writing(client, signal), id, { enabled: false });
}

/** Deletes what is left of the rotation before; when the token itself is gone, its predecessor may be all that works. */
async function freeSlot(context: SeriesUpdate, wasGone: boolean): Promise<void> {
  const { prior, client, signal, privateState, saveState } = context;
  const id = prior.previous_token?.id ?? undefined;
  if (id === undefined || (wasGone && keptPrevious(context) !== null)) return;
  await deleteToken(writing(client, signal), id, authIdOf(prior));
  saveState({ previous_token: null });
  remember(privateState, { ...recall(privateState), retireAt: undefined, isCleanUpDue: undefined });
}

function keptPrevious({ planned }: SeriesUpdate): Previous {
  return knownOrUndefined(planned.previous_token) ?? null;
}

function oldToken({ id, expiration_time }: AccessTokenModel): Previous {
  return { id, expiration_time };
}

/** When the old token is to end: after the overlap, yet never later than it would anyway. */
function plannedEndOfOld({ prior, planned, client }: SeriesUpdate): string {
  const afterOverlap = timeAfter(client.clock.now(), msOf(planned.overlap));
  const own = prior.expiration_time ?? undefined;
  return own !== undefined && instantOfText(own) <= instantOfText(afterOverlap) ? own : afterOverlap;
}

/** Retires the old token, unless the engine is gone: then the new one goes, and the old one is all that works. */
async function retireFor(
  context: SeriesUpdate,
  { retireAt, newId }: { readonly retireAt: string | undefined; readonly newId: string },
): Promise<Previous> {
  try {
    return await retire(context, retireAt);
  } finally {
    await undoIfEngineIsGone(context, newId);
  }
}

async function retire(context: SeriesUpdate, retireAt: string | undefined): Promise<Previous> {
  const { prior, planned, client, signal } = context;
  const reach = writing(client, signal);
  const id = prior.id ?? "";
  if (isCut(context)) {
    await deleteToken(reach, id, authIdOf(prior));
    return null;
  }
  const change = {
    expirationTime: endsEarlier(retireAt, prior, reach) ? retireAt : undefined,
    enabled: planned.enabled === prior.enabled ? undefined : planned.enabled,
  };
  const changed = isNothing(change) ? undefined : await changeToken(reach, id, change);
  return changed === undefined ? oldToken(prior) : toPreviousModel(changed);
}

/** Whether the old token goes at once: there is no overlap, or nothing of it works that could still be used. */
function isCut({ planned }: SeriesUpdate): boolean {
  return planned.previous_token.kind === "null" || msOf(planned.overlap) === 0;
}

function endsEarlier(retireAt: string | undefined, prior: AccessTokenModel, reach: Reach): boolean {
  if (retireAt === undefined || !isCoreWith("tokenExpiration", reach.coreVersion)) return false;
  return prior.expiration_time === null || instantOfText(retireAt) < instantOfText(prior.expiration_time);
}

function instantOfText(text: string): bigint {
  return parseInstant(text) ?? 0n;
}
