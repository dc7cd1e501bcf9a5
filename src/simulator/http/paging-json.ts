import type { Page, PageRequest } from "../rules/paging.ts";
import type { ApiRequest, QueryParameter } from "./api-request.ts";

/** The query parameters that {@link pageRequestOf} reads. */
export const pagingParameters: readonly QueryParameter[] = [
  { name: "after", description: "The key that ended the page before; it stands in the answer's paging.next" },
  { name: "limit", description: "How many entries the page holds at most" },
];

/** Which page a request asks for. */
export function pageRequestOf(request: ApiRequest): PageRequest {
  return { after: request.query("after"), limit: request.query("limit") };
}

/**
 * Where the next page is: path and query, or empty text at the end.
 *
 * @param path - of the collection, percent-encoded
 * @see OpenAPI 7.8.2, paging.next
 */
export function pagingJson(path: string, next: Page<unknown>["next"]): object {
  return { next: next === undefined ? "" : `${path}?after=${encodeURIComponent(next.after)}&limit=${next.limit}` };
}
