import { ApiError } from "./api-error.ts";
import { compareDecimals } from "./context.ts";

/**
 * How many entries a page holds at most, and without a limit.
 *
 * @see assumed
 */
const largestPage = 1_000;

/** Which part of a list is asked for. */
export interface PageRequest {
  /** The last id of the page before. */
  readonly after: string | undefined;
  /** As it came in the query. */
  readonly limit: string | undefined;
}

/** One part of a list. */
export interface Page<T> {
  readonly entries: readonly T[];
  /** Where the next page starts; `undefined` at the end. */
  readonly next: { readonly after: string; readonly limit: number } | undefined;
}

/**
 * Cuts the page out of a list that is in the order of its ids. Entries that came or went meanwhile do no harm.
 *
 * @param render - called for the entries of the page only
 * @throws {ApiError} 400 when `limit` is no number of at least 1 or `after` is no id
 * @see assumed
 */
export function pageOf<R extends { readonly id: string }, T>(
  records: readonly R[],
  asked: PageRequest,
  render: (record: R) => T,
): Page<T> {
  const limit = parseLimit(asked.limit);
  const { after } = asked;
  if (after !== undefined && !/^\d{1,40}$/.test(after)) throw new ApiError("undecodable", "after: no key of a page");
  const rest = after === undefined ? records : records.filter(({ id }) => compareDecimals(id, after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rest.length > page.length && last !== undefined;
  return { entries: page.map(render), next: hasMore ? { after: last.id, limit } : undefined };
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return largestPage;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1) throw new ApiError("undecodable", "limit: a whole number of at least 1 is needed");
  return Math.min(limit, largestPage);
}
