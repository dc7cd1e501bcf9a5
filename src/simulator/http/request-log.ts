import type { Fault } from "./faults.ts";

/** More than anybody wants to read in a log, which may hold many. */
const longestPath = 2_000;

/**
 * A path, with its query or without, as logs, warnings and answers may show it.
 *
 * Slashes are in base64: whatever follows the beginning of a bearer token goes, to the end of the path.
 */
export function loggedPath(path: string): string {
  return path.replaceAll(/((?:access|session)-v1(?::|%(?:25)*3a))[^?&#]+/gi, "$1[redacted]").slice(0, longestPath);
}

/** One exchange, as the request log tells it: no headers and no bodies, hence no secrets. */
export interface RequestLogEntry {
  /** RFC 3339, when the request began. */
  readonly time: string;
  /** HTTP method of the request. */
  readonly method: string;
  /**
   * With its query; cut when it is longer than 2000 characters. A bearer token that stands in it by mistake is left out.
   */
  readonly path: string;
  /** The path of the endpoint, with `{name}` for a segment that varies; `null` when there is none at this path. */
  readonly route: string | null;
  /** `null` when no answer was sent. */
  readonly status: number | null;
  /** From the request's headers to its answer. */
  readonly milliseconds: number;
  /** The declared failure that met it; absent without one. */
  readonly fault?: Fault["kind"];
}
