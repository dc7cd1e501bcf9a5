import type { Page, PageRequest } from "../rules/paging.ts";
import type { ApiRequest } from "./api-request.ts";

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
