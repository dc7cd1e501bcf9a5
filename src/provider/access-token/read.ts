import type { AccessToken } from "../../client/access-tokens.ts";
import { isAnswer } from "../../client/cluster-error.ts";
import { type ReadContext, removed } from "../../framework/resource.ts";
import { instantOf, parseInstant } from "../../vocabulary/instant.ts";
import type { Connection } from "../connection.ts";
import { isAble } from "./abilities.ts";
import { msOf } from "./duration.ts";
import { type AccessTokenModel, noSecret, toModel, toPreviousModel } from "./model.ts";
import type { AccessTokenSchema } from "./schema.ts";
import { recall, remember, type SeriesMemory } from "./series-memory.ts";

/** The privilege that reading other users' access tokens needs. */
export const readPrivilege = "PRIVILEGE_ACCESS_TOKENS_READ";
/** The privilege that creating, changing and deleting other users' access tokens needs. */
export const writePrivilege = "PRIVILEGE_ACCESS_TOKENS_WRITE";

/** The way to a cluster for one operation. */
export type Reach = Pick<Connection, "cluster" | "coreVersion" | "clock">;

/** The cluster, for an operation that this signal ends. */
export function reach({ cluster, coreVersion, clock }: Connection, signal: AbortSignal): Reach {
  return { cluster: cluster.until(signal), coreVersion, clock };
}

/** Which access token, and whose as far as is known. */
interface TokenPlace {
  readonly id: string;
  readonly authId: string | undefined;
}

/** One access token, also on clusters that can only list them; `undefined` when there is none. */
export async function findToken(way: Reach, { id, authId }: TokenPlace): Promise<AccessToken | undefined> {
  const { accessTokens } = way.cluster;
  if (isAble(way, "expiration")) return accessTokens.find(id);
  const tokens = authId === undefined ? await accessTokens.list() : await listOfUser(way, authId);
  return tokens.find((token) => token.id === id);
}

/** A user who is gone has no tokens that work; clusters do not list them by that user. */
async function listOfUser({ cluster }: Reach, authId: string): Promise<readonly AccessToken[]> {
  try {
    return await cluster.accessTokens.listOf(authId);
  } catch (error) {
    if (isAnswer(error, 400, 404)) return [];
    throw error;
  }
}

type Read = ReadContext<AccessTokenSchema, Connection>;

/** Reads a series, and decides what has become due since: that is remembered for the plan, and is no drift. */
export async function readSeries(context: Read): Promise<AccessTokenModel | typeof removed> {
  const { state, client, privateState } = context;
  const { token, previous } = await findSeries(context);
  const now = instantOf(client.clock.now());
  const before = recall(privateState);
  const ofPrevious = memoryOfPrevious(before, previous, now);
  const previous_token = previous === undefined ? null : toPreviousModel(previous);
  if (token === undefined && previous === undefined) return removed;
  if (token === undefined) {
    // The series goes on: its previous token would be forgotten in its slot otherwise.
    remember(privateState, { ...ofPrevious, isGone: true });
    return { ...state, ...noSecret, previous_token };
  }
  const expired = hasPassed(token.expirationTime, now);
  const isUneven = previous !== undefined && previous.enabled !== token.enabled;
  remember(privateState, { ...ofPrevious, ...memoryOfToken(before, { state, token, now }), isUneven });
  return toModel(token, { ...state, expired, previous_token });
}

async function findSeries({ state, client, signal }: Read): Promise<Series> {
  const way = reach(client, signal);
  const authId = state.identity?.auth_id ?? undefined;
  const find = async (id: string | null | undefined): Promise<AccessToken | undefined> =>
    typeof id === "string" ? findToken(way, { id, authId }) : undefined;
  return { token: await find(state.id), previous: await find(state.previous_token?.id) };
}

/** What stands of a series. */
interface Series {
  readonly token: AccessToken | undefined;
  readonly previous: AccessToken | undefined;
}

function memoryOfPrevious(before: SeriesMemory, previous: AccessToken | undefined, now: bigint): SeriesMemory {
  if (previous === undefined) return {};
  const { retireAt } = before;
  return { retireAt, isCleanUpDue: hasPassed(retireAt ?? previous.expirationTime, now) };
}

function memoryOfToken(
  before: SeriesMemory,
  { state, token, now }: { readonly state: AccessTokenModel; readonly token: AccessToken; readonly now: bigint },
): SeriesMemory {
  if (state.expires_in === null) return {};
  const lead = BigInt(msOf(state.rotate_before_expiry ?? "0s")) * 1_000_000n;
  const isEndNear = hasPassed(before.end ?? token.expirationTime, now + lead);
  return { end: before.end, isRotationDue: isEndNear || hasPassed(token.expirationTime, now) };
}

function hasPassed(end: string | undefined, now: bigint): boolean {
  const instant = end === undefined ? undefined : parseInstant(end);
  return instant !== undefined && instant <= now;
}
