import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { UpdateContext } from "../../framework/resource.ts";
import { parseInstant } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import { isAble } from "./abilities.ts";
import { msOf, timeAfter } from "./duration.ts";
import { type AccessTokenModel, toModel, toPreviousModel } from "./model.ts";
import { type Reach, reach } from "./read.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { recall, remember } from "./series-memory.ts";
import { changeToken, deleteToken, finishToken, isNothing, makeToken } from "./write.ts";

/** An update of a series, while it is applied. */
export type SeriesUpdate = UpdateContext<AccessTokenSchema, Connection>;

type Previous = AccessTokenModel["previous_token"];

/**
 * Makes a new token in place of the one in state: frees the second slot, makes the token, and brings the end of the old
 * one forward. State is saved after each step, so that whichever fails, the next plan finishes the rest.
 */
export async function rotate(context: SeriesUpdate): Promise<AccessTokenModel> {
  const { prior, planned, privateState } = context;
  const wasGone = recall(privateState).isGone === true;
  await freeSlot(context, wasGone);
  const kept = wasGone ? keptPrevious(context) : oldToken(prior);
  const retireAt = wasGone ? recall(privateState).retireAt : plannedEndOfOld(context);
  const token = await makeToken(context, { previous_token: kept });
  const end = planned.expires_in === null ? undefined : token.end;
  // The new one is enabled; what the old one was, it still is.
  remember(privateState, { end, retireAt, isUneven: !wasGone && !prior.enabled });
  const previous_token = wasGone ? kept : await retire(context, retireAt);
  remember(privateState, { end, retireAt: previous_token === null ? undefined : retireAt });
  context.saveState({ previous_token });
  const finished = await finishToken(context, token, authIdOf(prior));
  return toModel(finished, { ...planned, ...token.secret, expired: false, previous_token });
}

function authIdOf({ identity }: AccessTokenModel): string | undefined {
  return identity?.auth_id ?? undefined;
}

/** Deletes what is left of the rotation before; when the token itself is gone, its predecessor may be all that works. */
async function freeSlot(context: SeriesUpdate, wasGone: boolean): Promise<void> {
  const { prior, client, signal, privateState, saveState } = context;
  const id = prior.previous_token?.id ?? undefined;
  if (id === undefined || (wasGone && keptPrevious(context) !== null)) return;
  await deleteToken(reach(client, signal), id, authIdOf(prior));
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

async function retire(context: SeriesUpdate, retireAt: string | undefined): Promise<Previous> {
  const { prior, planned, client, signal } = context;
  const way = reach(client, signal);
  const id = prior.id ?? "";
  if (msOf(planned.overlap) === 0) {
    await deleteToken(way, id, authIdOf(prior));
    return null;
  }
  const change = {
    expirationTime: endsEarlier(retireAt, prior, way) ? retireAt : undefined,
    enabled: planned.enabled === prior.enabled ? undefined : planned.enabled,
  };
  const changed = isNothing(change) ? undefined : await changeToken(way, id, change);
  return changed === undefined ? oldToken(prior) : toPreviousModel(changed);
}

function endsEarlier(retireAt: string | undefined, prior: AccessTokenModel, way: Reach): boolean {
  if (retireAt === undefined || !isAble(way, "expiration")) return false;
  return prior.expiration_time === null || instantOfText(retireAt) < instantOfText(prior.expiration_time);
}

function instantOfText(text: string): bigint {
  return parseInstant(text) ?? 0n;
}
