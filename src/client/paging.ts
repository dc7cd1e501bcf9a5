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

/**
 * Reads a paged collection to its end.
 *
 * @param path - path and query of the first page; the further ones are asked for as the cluster writes them
 * @throws {ClusterError} when a page leads back to one that was read already, or out of the REST API
 */
export async function readPages<T>(
  rest: RestClient,
  path: string,
  answer: v.GenericSchema<unknown, Page<T>>,
): Promise<readonly T[]> {
  const entries: T[] = [];
  const read = new Set<string>();
  for (let next: string | undefined = path; next !== undefined;) {
    if (read.has(next) || !next.startsWith("/v1/")) throw endlessPages(next);
    read.add(next);
    const { value }: { value: Page<T> } = await rest.call({ method: "GET", path: next, answer });
    for (const entry of value.entries) entries.push(entry);
    next = value.paging?.next;
  }
  return entries;
}

function endlessPages(path: string): ClusterError {
  return new ClusterError("the cluster named a next page that does not lead on", {
    kind: "unreadable-answer",
    method: "GET",
    path,
  });
}
