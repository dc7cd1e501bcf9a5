import type { AccessToken } from "../../../client/access-tokens.ts";
import { type ReadContext, removed } from "../../../framework/resource.ts";
import { instantOf, parseInstant } from "../../../vocabulary/instant.ts";
import { type Connection, reading } from "../../connection.ts";
import type { LostRequest } from "../../run/lost-requests.ts";
import { type AccessTokenModel, noSecret, toModel, toPreviousModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { msOf } from "../token/duration.ts";
import { findProven, stillOpen } from "../token/lost-request.ts";
import { findToken, listTokensOf } from "../token/read.ts";
import { findNewAccount, isUserGone } from "../user/account.ts";
import { type CurrentPhase, endIn, kept, type PreviousPhase, type SeriesPhase, type TokenOwner } from "./phase.ts";
import { recall, remember } from "./private-state.ts";
import { readUnmade } from "./read-unmade.ts";
import { isSuperseded, warnOfStrangers } from "./strangers.ts";

type Read = ReadContext<AccessTokenSchema, Connection>;

/** What there is of a series, and all tokens of its user. */
interface Series {
  readonly token: AccessToken | undefined;
  readonly previous: AccessToken | undefined;
  readonly all: readonly AccessToken[];
}

/** The tokens of a series; the previous one may be what a lost request has left. */
interface Standing {
  readonly token?: AccessToken | undefined;
  readonly previous: AccessToken | undefined;
  readonly isStray: boolean;
}

/**
 * Reads a series, and decides which phase it is in now. The phase is remembered for the plan, and does not show up as drift.
 *
 * It lists all tokens of the user, because one request then shows the token in use, the one before it, a token that a lost
 * request may have left, and tokens that no resource manages. Each slot then gets its phase from what was found, the cluster's
 * time, and the phase of before: a plan that changes nothing finds the phase as it was, and the private state with it.
 */
export async function readSeries(context: Read): Promise<AccessTokenModel | typeof removed> {
  const { state, client, privateState } = context;
  // Before anything is asked: series of one user that are read side by side know of each other then.
  client.memory.accessTokens.addManaged([state.id, state.previous_token?.id]);
  if (state.id === null) return readUnmade(context);
  const before = recall(privateState);
  const lost = stillOpen(before.lost, client.clock.now());
  const found = await findSeries(context);
  const { token, previous, isStray } = withStray(found, before, lost);
  warnOfStrangers(
    context,
    found.all.filter(({ id }) => id !== token?.id && id !== previous?.id),
  );
  if (token === undefined && previous === undefined) return removed;
  const moment: Moment = { before, state, now: instantOf(client.clock.now()) };
  const previous_token = previous === undefined ? null : toPreviousModel(previous);
  if (token === undefined) {
    // The series goes on: its previous token would be forgotten in its slot otherwise.
    remember(privateState, {
      current: { kind: "gone" },
      previous: phaseOfPrevious(moment, { previous, isStray }),
      lost,
    });
    return { ...state, ...noSecret, previous_token };
  }
  const owner = await ownerOf(context, token);
  remember(privateState, {
    current: phaseOfToken(moment, { ...found, token }, owner),
    previous: phaseOfPrevious(moment, { token, previous, isStray }),
    lost,
  });
  return toModel(token, { ...state, expired: hasPassed(token.expirationTime, moment.now), previous_token });
}

/** What the phases depend on, apart from the tokens. */
interface Moment {
  readonly before: SeriesPhase;
  readonly state: AccessTokenModel;
  /** The cluster's time. */
  readonly now: bigint;
}

async function findSeries({ state, client, signal }: Read): Promise<Series> {
  const reach = reading(client, signal);
  const authId = state.identity?.auth_id ?? undefined;
  const all = await listTokensOf(reach, authId);
  const find = async (id: string | null | undefined): Promise<AccessToken | undefined> =>
    typeof id === "string" ? (all.find((token) => token.id === id) ?? findToken(reach, { id, authId })) : undefined;
  return { token: await find(state.id), previous: await find(state.previous_token?.id), all };
}

/**
 * Treats a token that a lost request has left as the previous token, so that it is deleted like one: it takes up a slot, and
 * nobody has its secret. It is recognized by its end, which no other request asks for (`lost-request.ts`).
 */
function withStray({ token, previous, all }: Series, before: SeriesPhase, lost: readonly LostRequest[]): Standing {
  if (previous !== undefined) return { token, previous, isStray: before.previous.kind === "stray" };
  const others = all.filter(({ id }) => id !== token?.id);
  const stray = token === undefined ? undefined : findProven(lost, others);
  return { token, previous: stray, isStray: stray !== undefined };
}

/** Whether the user of the token is there, and is whom `user` means. */
async function ownerOf(context: Read, { user }: AccessToken): Promise<TokenOwner> {
  const now = await findNewAccount(context, { userText: context.state.user, owner: user });
  if (isUserGone(user)) return { kind: "deleted", now: now ?? "nobody" };
  return now === undefined ? { kind: "meant" } : { kind: "not-meant", now };
}

function phaseOfPrevious({ before, now }: Moment, { token, previous, isStray }: Standing): PreviousPhase {
  if (previous === undefined) return kept();
  const { retireAt } = before.previous;
  if (isStray) return { kind: "stray", retireAt };
  if (hasPassed(retireAt ?? previous.expirationTime, now)) return { kind: "over", retireAt };
  return { kind: token !== undefined && token.enabled !== previous.enabled ? "uneven" : "kept", retireAt };
}

function phaseOfToken(
  { before, state, now }: Moment,
  found: Series & { readonly token: AccessToken },
  owner: TokenOwner,
): CurrentPhase {
  const { expirationTime } = found.token;
  if (state.expires_in === null) return { kind: "in-use", end: undefined, owner };
  const lead = BigInt(msOf(state.rotate_before_expiry ?? "0s")) * 1_000_000n;
  const planned = endIn(before);
  // What somebody has put in its place ends it for good: bringing its end back would keep alive what was retired.
  const end = isSuperseded(planned, found) ? expirationTime : planned;
  const isDue = hasPassed(end ?? expirationTime, now + lead) || hasPassed(expirationTime, now);
  return { kind: isDue ? "rotation-due" : "in-use", end, owner };
}

/** Whether an end has passed at a moment; a token without an end never expires. */
export function hasPassed(end: string | undefined, now: bigint): boolean {
  const instant = end === undefined ? undefined : parseInstant(end);
  return instant !== undefined && instant <= now;
}
