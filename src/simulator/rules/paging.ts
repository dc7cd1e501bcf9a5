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

/** Reads at most `count` records that follow an id, in the order of ids; from the start when `after` is `undefined`. */
export type OrderedReader<R> = (after: string | undefined, count: number) => readonly R[];

/** Reads from unordered records. */
export function inOrder<R extends { readonly id: string }>(records: readonly R[]): OrderedReader<R> {
  return (after, count) => {
    const rest = after === undefined ? records : records.filter(({ id }) => compareDecimals(id, after) > 0);
    return [...rest].sort((left, right) => compareDecimals(left.id, right.id)).slice(0, count);
  };
}

/**
 * Reads one page. Entries that were added or removed in the meantime do no harm.
 *
 * @param render - called for the entries of the page only
 * @throws {ApiError} 400 when `limit` is not a number of at least 1 or `after` is not an id
 * @see assumed
 */
export function pageOf<R extends { readonly id: string }, T>(
  read: OrderedReader<R>,
  asked: PageRequest,
  render: (record: R) => T,
): Page<T> {
  const limit = parseLimit(asked.limit);
  const after = parseKey(asked.after);
  // One more than asked for tells whether another page follows.
  const records = read(after, limit + 1);
  const page = records.slice(0, limit);
  const last = page.at(-1);
  const hasMore = records.length > limit && last !== undefined;
  return { entries: page.map(render), next: hasMore ? { after: last.id, limit } : undefined };
}

function parseKey(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,40}$/.test(text)) throw new ApiError("undecodable", "after: not a key of a page");
  // Without leading zeros, as ids are.
  return BigInt(text).toString();
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return largestPage;
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (limit < 1) throw new ApiError("undecodable", "limit: a whole number of at least 1 is needed");
  return Math.min(limit, largestPage);
}
