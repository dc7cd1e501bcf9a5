import * as v from "valibot";

import { ClusterError } from "./cluster-error.ts";
import { maybe, maybeText } from "./answer.ts";
import type { RestClient } from "./rest-client.ts";

/** The part of a page that says where the next one is; absent, null and empty mean the end. */
export const pagingAnswer = maybe(v.object({ next: maybeText }));

/** One page of a collection. */
export interface Page<T> {
  readonly entries: readonly T[];
  readonly paging: { readonly next?: string | undefined } | undefined;
}

/** The query of a first page that is as large as may be: a cluster that has a lower limit keeps to that. */
export const largestPage = "limit=1000";

/** A path and query of the REST API, as it is sent. */
const restPath = /^\/v1\/[!-~]*$/;

/** More entries than any cluster has: a million on pages as large as is asked for, 250,000 if it gives fifty at a time. */
const most = { entries: 1_000_000, pages: 5_000, emptyPages: 10 };

/**
 * Reads a paged collection to its end.
 *
 * @param path - path and query of the first page; the further ones are asked for as the cluster writes them
 * @throws {ClusterError} when a page leads back to one that was read already, or out of the REST API, or when there is
 *   no end of pages
 */
export async function readPages<T>(
  rest: RestClient,
  path: string,
  answer: v.GenericSchema<unknown, Page<T>>,
): Promise<readonly T[]> {
  const entries: T[] = [];
  const read = new Set<string>();
  let emptyPages = 0;
  let next = path;
  for (;;) {
    read.add(next);
    const { value } = await rest.call({ method: "GET", path: next, answer });
    for (const entry of value.entries) entries.push(entry);
    emptyPages += value.entries.length === 0 ? 1 : 0;
    const following = value.paging?.next;
    if (following === undefined) return entries;
    const leadsOn = !read.has(following) && isOwnPath(following, path, rest);
    if (!leadsOn) throw endlessPages(path, "its link to the next page is invalid");
    next = following;
    assertLeadsOn(path, { entries: entries.length, pages: read.size, emptyPages });
  }
}

const longestPath = 4_000;

/** Whether a cluster's own words are a path of the REST API, which messages may name. What we asked for ourselves is not a secret. */
function isOwnPath(next: string, path: string, { secrets }: RestClient): boolean {
  if (next.length > longestPath || !restPath.test(next)) return false;
  const own = new Set(path.split(/[?&]/));
  const added = next.split(/[?&]/).filter((part) => !own.has(part));
  // A short secret may be a word such as "after".
  const values = added.map((part) => part.replace(/^(?:after|limit|user)=/, ""));
  return values.every((value) => secrets.redact(value) === value);
}

function assertLeadsOn(path: string, { entries, pages, emptyPages }: typeof most): void {
  if (emptyPages > most.emptyPages) throw endlessPages(path, `${emptyPages} pages were empty`);
  if (entries > most.entries) throw endlessPages(path, `there are more than ${most.entries} entries`);
  if (pages >= most.pages) throw endlessPages(path, `there are more than ${most.pages} pages`);
}

function endlessPages(path: string, why: string): ClusterError {
  return new ClusterError(`the cluster's list does not end: ${why}`, {
    kind: "unreadable-answer",
    method: "GET",
    path,
  });
}
