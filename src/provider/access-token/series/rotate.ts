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
import { inUse, kept } from "./phase.ts";
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
  const standing = wasGone ? keptPrevious(context) : oldToken(prior);
  const retireAt = wasGone ? memory.previous.retireAt : plannedEndOfOld(context);
  const token = await makeToken(context, {
    account,
    savedWith: { previous_token: standing },
    ...lostRequestsOf(context),
  });
  const current = inUse(planned.expires_in === null ? undefined : token.end);
  // What was not found yet may still come.
  const { lost } = recall(privateState);
  // The new one is enabled; what the old one was, it still is.
  const isUneven = !wasGone && !prior.enabled;
  remember(privateState, { current, previous: { kind: isUneven ? "uneven" : "kept", retireAt }, lost });
  const previous_token = wasGone ? standing : await retireFor(context, { retireAt, newId: token.id });
  remember(privateState, { current, previous: kept(previous_token === null ? undefined : retireAt), lost });
  context.saveState({ previous_token });
  const finished = await finishToken(context, token, account.authId);
  client.memory.accessTokens.addManaged([finished.id]);
  return asPlanned(planned, toModel(finished, { ...planned, ...token.secret, expired: false, previous_token }));
}

/** Requests for a token whose outcome is unknown. The next one to create looks for what they left; a further one is added to them. */
function lostRequestsOf({ privateState }: SeriesUpdate): Pick<TokenOrder, "lost" | "keep"> {
  const { lost } = recall(privateState);
  return {
    lost,
    keep(request) {
      remember(privateState, { ...recall(privateState), lost: [...lost, request] });
      return "The old access token stays as it is. Run a plan again: it looks for the new one, and applying it deletes the token that provably came from this request.";
    },
  };
}

function authIdOf({ identity }: AccessTokenModel): string | undefined {
  return identity?.auth_id ?? undefined;
}

/** Disables the previous token too if the series is disabled. */
async function silencePrevious(context: SeriesUpdate): Promise<void> {
  const { planned, client, signal } = context;
  const id = keptPrevious(context)?.id;
  if (planned.enabled || typeof id !== "string") return;
  await changeToken(writing(client, signal), id, { enabled: false });
}

/**
 * Deletes the previous token, since an account has two slots for access tokens and the new one needs one. Where the current token
 * was deleted outside, the previous one may be the only one that works, and stays if the plan keeps it.
 */
async function freeSlot(context: SeriesUpdate, wasGone: boolean): Promise<void> {
  const { prior, client, signal, privateState, saveState } = context;
  const id = prior.previous_token?.id ?? undefined;
  if (id === undefined || (wasGone && keptPrevious(context) !== null)) return;
  await deleteToken(writing(client, signal), id, authIdOf(prior));
  saveState({ previous_token: null });
  remember(privateState, { ...recall(privateState), previous: kept() });
}

function keptPrevious({ planned }: SeriesUpdate): Previous {
  return knownOrUndefined(planned.previous_token) ?? null;
}

function oldToken({ id, expiration_time }: AccessTokenModel): Previous {
  return { id, expiration_time };
}

/** When the old token is to end: after the overlap, or at its own expiration time if that is earlier. */
function plannedEndOfOld({ prior, planned, client }: SeriesUpdate): string {
  const afterOverlap = timeAfter(client.clock.now(), msOf(planned.overlap));
  const own = prior.expiration_time ?? undefined;
  return own !== undefined && instantOfText(own) <= instantOfText(afterOverlap) ? own : afterOverlap;
}

/**
 * Brings the end of the old token forward, or deletes it. If the engine has died meanwhile, nobody will store the new token: it
 * is deleted again, also when retiring the old one fails.
 */
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

/** Whether the old token is deleted at once: there is no overlap, or the plan keeps no previous token. */
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
