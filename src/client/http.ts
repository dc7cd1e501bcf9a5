/** One HTTP request, complete. */
export interface HttpRequest {
  readonly method: HttpMethod;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether sending it twice does no more than sending it once. */
  readonly replayable: boolean;
  /** How long the body of its answer may be. */
  readonly mostBytes: number;
  /** Takes out of a text what is secret in this request, or was in an earlier one. */
  redact(text: string): string;
}

/** The methods of the REST API. */
export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One HTTP answer, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  readonly etag: string | undefined;
  readonly retryAfter: string | undefined;
  /** When the answer was made, by the clock of who made it. */
  readonly date: string | undefined;
}

/** The headers of a request that may send JSON, and takes JSON; who sends it is still to be added. */
export function jsonHeaders({
  body,
  ifMatch,
}: Pick<HttpRequest, "body"> & { readonly ifMatch?: string | undefined }): HttpRequest["headers"] {
  return {
    accept: "application/json",
    "user-agent": "cdktf-qumulo",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
  };
}
