import { setTimeout as delay } from "node:timers/promises";

import { ClusterError } from "./cluster-error.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";
import { aborted } from "./transport.ts";

/** When and how often to send a request again. */
export interface RetryPolicy {
  /** How often after the first time; 0 for never. */
  readonly maxRetries: number;
  /** Longest first wait; each further one is twice as long, up to `longestWaitMs`. */
  readonly firstWaitMs: number;
  /** Longest wait of all. A cluster that asks for more (`Retry-After`) is not waited for. */
  readonly longestWaitMs: number;
}

/** Statuses that mean "later, perhaps". */
export const busyStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** How to send one request under a policy. */
export interface RetriedRequest {
  readonly request: HttpRequest;
  readonly policy: RetryPolicy;
  readonly signal: AbortSignal | undefined;
  send(): Promise<HttpAnswer>;
}

/**
 * Sends a request until there is an answer that is worth having: again after 429, 502, 503, 504 and refused or broken
 * connections, and only where sending it twice does no harm.
 *
 * @returns the last answer, which may still say "later"
 * @throws {ClusterError} of the last attempt when that had no answer, or `aborted`
 */
export async function withRetries(retried: RetriedRequest): Promise<HttpAnswer> {
  const { request, policy } = retried;
  for (let retry = 0; ; retry += 1) {
    const attempt = await attemptOf(retried);
    const mayRetry = request.replayable && retry < policy.maxRetries && isWorthRetrying(attempt);
    const waitMs = mayRetry ? waitBefore(retry, attempt, policy) : undefined;
    if (waitMs === undefined) return settle(attempt);
    await waitFor(waitMs, retried);
  }
}

type Attempt = { readonly answer: HttpAnswer } | { readonly error: ClusterError };

async function attemptOf(retried: RetriedRequest): Promise<Attempt> {
  try {
    return { answer: await retried.send() };
  } catch (error) {
    if (error instanceof ClusterError) return { error };
    throw error;
  }
}

function settle(attempt: Attempt): HttpAnswer {
  if ("error" in attempt) throw attempt.error;
  return attempt.answer;
}

function isWorthRetrying(attempt: Attempt): boolean {
  if ("answer" in attempt) return busyStatuses.has(attempt.answer.status);
  const { fault, proxyStatus } = attempt.error;
  return fault === "reset" || fault === "refused" || busyStatuses.has(proxyStatus ?? 0);
}

/** The wait before the next attempt, or `undefined` when the cluster asks for more patience than allowed. */
function waitBefore(retry: number, attempt: Attempt, policy: RetryPolicy): number | undefined {
  const longest = Math.min(policy.firstWaitMs * 2 ** retry, policy.longestWaitMs);
  // Between half and all of it, so that clients that failed together do not come back together.
  const backoffMs = longest * (0.5 + Math.random() / 2);
  const askedMs = "answer" in attempt ? retryAfterMs(attempt.answer.retryAfter, Date.now()) : undefined;
  if (askedMs === undefined) return backoffMs;
  return askedMs > policy.longestWaitMs ? undefined : Math.max(askedMs, backoffMs);
}

/**
 * Reads a `Retry-After` header: seconds, or a date.
 *
 * @returns how long to wait from `nowMs` on, never negative, or `undefined` without a readable header
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

async function waitFor(waitMs: number, retried: RetriedRequest): Promise<void> {
  const { signal, request } = retried;
  if (signal === undefined) return delay(waitMs);
  try {
    await delay(waitMs, undefined, { signal });
  } catch (error) {
    if (signal.aborted) throw aborted(request, signal);
    throw error;
  }
}
