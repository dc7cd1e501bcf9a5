import type { AccessToken } from "../../../client/access-tokens.ts";
import { type ReadContext, removed } from "../../../framework/resource.ts";
import { instantOf, parseInstant } from "../../../vocabulary/instant.ts";
import { type Connection, reading } from "../../connection.ts";
import { type AccessTokenModel, noSecret, toModel, toPreviousModel } from "../model.ts";
import type { AccessTokenSchema } from "../schema.ts";
import { msOf } from "../token/duration.ts";
import { findProven, stillOpen } from "../token/lost-request.ts";
import { findToken, listTokensOf } from "../token/read.ts";
import { findNewAccount, isUserGone } from "../user/account.ts";
import { recall, remember, type SeriesMemory } from "./private-state.ts";
import { readUnmade } from "./read-unmade.ts";
import { isSuperseded, warnOfStrangers } from "./strangers.ts";

type Read = ReadContext<AccessTokenSchema, Connection>;

/** What stands of a series, beside all tokens of its user. */
interface Series {
  readonly token: AccessToken | undefined;
  readonly previous: AccessToken | undefined;
  readonly all: readonly AccessToken[];
}

/** Reads a series, and decides what has become due since: that is remembered for the plan, and is not drift. */
export async function readSeries(context: Read): Promise<AccessTokenModel | typeof removed> {
  const { state, client, privateState } = context;
  // Before anything is asked: series of one user that are read side by side know of each other then.
  client.memory.accessTokens.addManaged([state.id, state.previous_token?.id]);
  if (state.id === null) return readUnmade(context);
  const before = recall(privateState);
  const now = instantOf(client.clock.now());
  const lost = stillOpen(before.lost ?? [], client.clock.now());
  const found = await findSeries(context);
  const { token, previous, isStray } = withStray({ ...before, lost }, found);
  warnOfStrangers(
    context,
    found.all.filter(({ id }) => id !== token?.id && id !== previous?.id),
  );
  const ofPrevious = { ...memoryOfPrevious(before, previous, now), lost, isStray };
  const due = isStray ? { ...ofPrevious, isCleanUpDue: true } : ofPrevious;
  const previous_token = previous === undefined ? null : toPreviousModel(previous);
  if (token === undefined && previous === undefined) return removed;
  if (token === undefined) {
    // The series goes on: its previous token would be forgotten in its slot otherwise.
    remember(privateState, { ...due, isGone: true });
    return { ...state, ...noSecret, previous_token };
  }
  const expired = hasPassed(token.expirationTime, now);
  remember(privateState, {
    ...due,
    ...memoryOfToken(before, { state, now, ...found, token }),
    hasUnequalTokens: previous !== undefined && previous.enabled !== token.enabled,
    ...(await memoryOfAccount(context, token)),
  });
  return toModel(token, { ...state, expired, previous_token });
}

async function findSeries({ state, client, signal }: Read): Promise<Series> {
  const reach = reading(client, signal);
  const authId = state.identity?.auth_id ?? undefined;
  const all = await listTokensOf(reach, authId);
  const find = async (id: string | null | undefined): Promise<AccessToken | undefined> =>
    typeof id === "string" ? (all.find((token) => token.id === id) ?? findToken(reach, { id, authId })) : undefined;
  return { token: await find(state.id), previous: await find(state.previous_token?.id), all };
}

/** A token that a lost request has left takes the place of the previous one, which is deleted like it. */
function withStray(
  { lost = [], isStray }: SeriesMemory,
  { token, previous, all }: Series,
): Omit<Series, "all"> & { readonly isStray: boolean } {
  if (previous !== undefined) return { token, previous, isStray: isStray === true };
  const stray = findProven(
    lost,
    all.filter(({ id }) => id !== token?.id),
  );
  return { token, previous: token === undefined ? undefined : stray, isStray: stray !== undefined };
}

/** Whether the user of the token is there, and is whom `user` means. */
async function memoryOfAccount(context: Read, { user }: AccessToken): Promise<SeriesMemory> {
  const isDead = isUserGone(user);
  const account = await findNewAccount(context, { userText: context.state.user, owner: user });
  return { isDead, account: account ?? (isDead ? "nobody" : undefined) };
}

function memoryOfPrevious(before: SeriesMemory, previous: AccessToken | undefined, now: bigint): SeriesMemory {
  if (previous === undefined) return {};
  const { retireAt } = before;
  return { retireAt, isCleanUpDue: hasPassed(retireAt ?? previous.expirationTime, now) };
}

function memoryOfToken(
  before: SeriesMemory,
  found: Omit<Series, "token"> & {
    readonly token: AccessToken;
    readonly state: AccessTokenModel;
    readonly now: bigint;
  },
): SeriesMemory {
  const { state, token, now } = found;
  if (state.expires_in === null) return {};
  const lead = BigInt(msOf(state.rotate_before_expiry ?? "0s")) * 1_000_000n;
  // What somebody has put in its place ends it for good: bringing its end back would keep alive what was retired.
  const end = isSuperseded(before.end, found) ? token.expirationTime : before.end;
  const isEndNear = hasPassed(end ?? token.expirationTime, now + lead);
  return { end, isRotationDue: isEndNear || hasPassed(token.expirationTime, now) };
}

function hasPassed(end: string | undefined, now: bigint): boolean {
  const instant = end === undefined ? undefined : parseInstant(end);
  return instant !== undefined && instant <= now;
}
