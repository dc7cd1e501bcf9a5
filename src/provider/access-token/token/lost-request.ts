import { randomInt } from "node:crypto";
import type { AccessToken } from "../../../client/access-tokens.ts";
import { instantOf, isSameInstant, parseInstant } from "../../../vocabulary/instant.ts";
import type { LostRequest } from "../../run/lost-requests.ts";

const dayMs = 86_400_000;
/** After this time, the cluster certainly does not carry out a request any more. */
const longestMs = 7 * dayMs;
const nanosecondsPerMs = 1_000_000n;
/**
 * The end of a life that begins now, made unique by random digits that shorten it by up to a millisecond. A token with this end
 * must be the one that this request asked for.
 */
export function unmistakableEnd(now: Date, ms: number): string {
  const lastMs = new Date(now.getTime() + ms - 1).toISOString().slice(0, -1);
  // Never a zero at the end, which the cluster would leave out.
  const digits = `${String(randomInt(100_000)).padStart(5, "0")}${String(randomInt(1, 10))}`;
  return `${lastMs}${digits}Z`;
}

/** Whether a token can only be the one that was asked for. */
export function isProven(request: LostRequest, token: AccessToken): boolean {
  const { authId, end, isUnmistakable } = request;
  if (!isUnmistakable || end === undefined || token.expirationTime === undefined) return false;
  return token.user.authId === authId && isSameInstant(token.expirationTime, end);
}

/** The token of a lost request, where one of these is proven to be it. */
export function findProven(requests: readonly LostRequest[], tokens: readonly AccessToken[]): AccessToken | undefined {
  return tokens.find((token) => requests.some((request) => isProven(request, token)));
}

/** Whether a token may be the one that was asked for: it was created after the request, and has the same end. */
export function isPossible(request: LostRequest, token: AccessToken): boolean {
  const [sent, created] = [parseInstant(request.sentAt), parseInstant(token.creationTime)];
  // The cluster tells its time in whole seconds: that much may lie between the two clocks.
  if (sent !== undefined && created !== undefined && created < sent - 1_000n * nanosecondsPerMs) return false;
  if (request.end === undefined || token.expirationTime === undefined) return request.end === token.expirationTime;
  return isSameInstant(request.end, token.expirationTime);
}

/** The requests that the cluster may still carry out, or whose token may still work. */
export function stillOpen(requests: readonly LostRequest[], now: Date): readonly LostRequest[] {
  return requests.filter(({ sentAt, end }) => {
    const [sent, ends] = [parseInstant(sentAt), end === undefined ? undefined : parseInstant(end)];
    if (sent === undefined || sent + BigInt(longestMs) * nanosecondsPerMs <= instantOf(now)) return false;
    return ends === undefined || ends > instantOf(now);
  });
}

/** A request for messages: `sent on … for a token that ends on …`. */
export function renderLostRequest({ sentAt, end }: LostRequest): string {
  return `sent on ${sentAt} for a token that ${end === undefined ? "never ends" : `ends on ${end}`}`;
}
