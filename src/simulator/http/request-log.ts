/** One exchange, as the request log tells it: no headers and no bodies, hence no secrets. */
export interface RequestLogEntry {
  /** RFC 3339, when the request began. */
  readonly time: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** `null` when no answer was sent. */
  readonly status: number | null;
  /** From the request's headers to its answer. */
  readonly milliseconds: number;
}
