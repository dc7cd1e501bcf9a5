import type { AccessTokenChange } from "../../../client/access-tokens.ts";
import { knownOrUndefined } from "../../../framework/attribute-value.ts";
import { isSameInstant } from "../../../vocabulary/instant.ts";
import { type Reach, writing } from "../../connection.ts";
import { type AccessTokenModel, settingsOf, toModel, toPreviousModel } from "../model.ts";
import { isSameDuration } from "../token/duration.ts";
import { changeToken, deleteToken, gone, isNothing } from "../token/write.ts";
import { meetAccount } from "../user/account.ts";
import { asPlanned, refuseChanged, type SeriesUpdate } from "./as-planned.ts";
import { type CurrentPhase, endIn, inUse, kept, type PreviousPhase } from "./phase.ts";
import { recall, remember } from "./private-state.ts";
import { rotate } from "./rotate.ts";

/** Applies a plan of a series: with a new token where the plan says so, otherwise to the tokens that are there. */
export async function updateSeries(context: SeriesUpdate): Promise<AccessTokenModel> {
  return context.planned.id.kind === "unknown" ? rotate(context) : changeSeries(context);
}

/** Changes a series without a new secret: end and `enabled` of the token, then what is left to do about the previous one. */
async function changeSeries(context: SeriesUpdate): Promise<AccessTokenModel> {
  const { planned, privateState, saveState } = context;
  const changed = await changeCurrent(context);
  const before = recall(privateState);
  const end = endOf(context, changed);
  const previous = planned.enabled === context.prior.enabled ? before.previous : uneven(before.previous);
  // Until all is done for the previous token as well, what is left to do about it is remembered.
  remember(privateState, { ...before, current: notDue(before.current, end), previous });
  saveState(changed);
  const previous_token = await changePrevious(context, previous);
  const { lost } = before;
  remember(privateState, {
    current: inUse(end),
    previous: kept(previous_token === null ? undefined : previous.retireAt),
    lost,
  });
  return asPlanned(planned, { ...changed, previous_token });
}

/** `enabled` applies to the whole series, so a previous token that stays is enabled or disabled like the one in use. */
function uneven(previous: PreviousPhase): PreviousPhase {
  return previous.kind === "kept" ? { ...previous, kind: "uneven" } : previous;
}

function notDue(current: CurrentPhase, end: string | undefined): CurrentPhase {
  return current.kind === "gone" ? inUse(end) : { ...current, kind: "in-use", end };
}

/**
 * The end to remember for the token. It stays what it was while neither `expires_in` nor the token's expiration time changes: with
 * `ignore_changes` the engine gives an older time, which is not the one that the provider has set.
 */
function endOf({ planned, prior, privateState }: SeriesUpdate, changed: AccessTokenModel): string | undefined {
  if (planned.expires_in === null) return undefined;
  const before = endIn(recall(privateState));
  const isKept = isSameDuration(planned.expires_in, prior.expires_in);
  const isSameEnd = changed.expiration_time === prior.expiration_time;
  return before !== undefined && isKept && isSameEnd ? before : (changed.expiration_time ?? undefined);
}

async function changeCurrent(context: SeriesUpdate): Promise<AccessTokenModel> {
  const { planned, prior, client, signal } = context;
  const id = prior.id ?? "";
  const change = changeOf(context);
  const series = { ...prior, ...settingsOf(planned), user: planned.user };
  if (planned.user !== prior.user) await meetAccount(context);
  if (isNothing(change) && planned.identity.kind !== "unknown") return series;
  const current = await refuseChanged(context);
  const token = isNothing(change) ? current : await changeToken(writing(client, signal), id, change);
  if (token === undefined) throw gone(id);
  // A new end lies ahead: the plan refuses any other.
  return toModel(token, { ...series, expired: change.expirationTime === undefined ? prior.expired : false });
}

function changeOf({ planned, prior }: SeriesUpdate): AccessTokenChange {
  const asked = knownOrUndefined(planned.expiration_time);
  const isSameEnd =
    asked === undefined || (prior.expiration_time !== null && isSameInstant(asked, prior.expiration_time));
  return {
    expirationTime: isSameEnd ? undefined : asked,
    enabled: planned.enabled === prior.enabled ? undefined : planned.enabled,
  };
}

async function changePrevious(
  context: SeriesUpdate,
  phase: PreviousPhase,
): Promise<AccessTokenModel["previous_token"]> {
  const { planned, prior, client, signal } = context;
  const { previous_token: previous } = prior;
  if (previous === null) return null;
  const reach = writing(client, signal);
  const id = previous.id ?? "";
  if (planned.previous_token.kind === "null") {
    await deleteToken(reach, id, prior.identity?.auth_id ?? undefined);
    return null;
  }
  return endPrevious(context, reach, phase);
}

/** Sets the previous token's end to the planned one, and enables or disables it like the current token. */
async function endPrevious(
  { planned, prior }: SeriesUpdate,
  reach: Reach,
  phase: PreviousPhase,
): Promise<AccessTokenModel["previous_token"]> {
  const before = prior.previous_token ?? { id: null, expiration_time: null };
  const wanted = knownOrUndefined(planned.previous_token) ?? before;
  const end = wanted.expiration_time ?? undefined;
  const change = {
    expirationTime: wanted.expiration_time === before.expiration_time ? undefined : end,
    enabled: phase.kind === "uneven" ? planned.enabled : undefined,
  };
  if (isNothing(change)) return before;
  const token = await changeToken(reach, before.id ?? "", change);
  return planned.previous_token.kind === "unknown" && token !== undefined ? toPreviousModel(token) : wanted;
}
