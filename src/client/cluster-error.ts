import { shown } from "../vocabulary/shown-text.ts";

/**
 * What went wrong, to branch on:
 *
 * - `answer`: the cluster refused; `status` says how
 * - `unreachable`: no connection, or it broke; `reason` says why
 * - `tls`: the certificate or the TLS handshake; nothing secret was sent; `reason` says why
 * - `timeout`: no answer in time, of a request that may safely be sent again
 * - `unreadable-answer`: the cluster answered something that the REST API does not describe, or more than is read
 * - `outcome-unknown`: a request that must not be sent twice was sent, and its answer was lost or says nothing: look first
 * - `aborted`: the caller asked to stop
 */
export type ClusterErrorKind =
  "answer" | "unreachable" | "tls" | "timeout" | "unreadable-answer" | "outcome-unknown" | "aborted";

/** Why there was no trusted connection. */
export type ConnectionFault =
  | "name-not-found"
  | "refused"
  | "no-route"
  | "reset"
  | "connect-timeout"
  | "not-tls"
  | "untrusted"
  | "host-mismatch"
  | "expired"
  | "wrong-fingerprint"
  | "proxy-unreachable"
  | "proxy-authentication"
  | "proxy-refused";

/** Everything a {@link ClusterError} carries besides its message. */
export interface ClusterErrorFacts {
  /** What went wrong, to branch on. */
  readonly kind: ClusterErrorKind;
  /** HTTP method of the request. */
  readonly method: string;
  /** Path and query of the request. */
  readonly path: string;
  /** HTTP status, where an answer came. */
  readonly status?: number | undefined;
  /** The cluster's own name of the error, for example `too_many_access_tokens_error`. Not documented: branch on `status`. */
  readonly errorClass?: string | undefined;
  /** The cluster's own words. */
  readonly description?: string | undefined;
  /** Why there was no trusted connection, where that was the fault. */
  readonly fault?: ConnectionFault | undefined;
  /** SHA-256 fingerprint of the certificate that was met and not trusted, as upper-case hexadecimal with colons. */
  readonly certificateSha256?: string | undefined;
  /** HTTP status with which a proxy refused to open a tunnel to the cluster, where that was the fault. */
  readonly proxyStatus?: number | undefined;
  /** The error below this one. */
  readonly cause?: unknown;
}

/** Longer texts of a cluster are cut. */
const longestWords = 1_000;

/**
 * A request that did not do what was asked. Its texts hold no secret of the request, and nothing that a terminal or a log
 * would obey: what cannot be seen is written as its code point, and what is very long is cut.
 */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
  /** What went wrong, to branch on. */
  readonly kind: ClusterErrorKind;
  /** HTTP method of the request. */
  readonly method: string;
  /** Path and query of the request. */
  readonly path: string;
  /** HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined;
  /** The cluster's own name of the error; `undefined` when it gave none. */
  readonly errorClass: string | undefined;
  /** The cluster's own words; `undefined` when it gave none. */
  readonly description: string | undefined;
  /** Why there was no trusted connection; `undefined` when there was one. */
  readonly fault: ConnectionFault | undefined;
  /** Fingerprint of the certificate that was met and not trusted; `undefined` when that was not the fault. */
  readonly certificateSha256: string | undefined;
  /** HTTP status with which a proxy refused to open a tunnel; `undefined` when that was not the fault. */
  readonly proxyStatus: number | undefined;

  constructor(message: string, facts: ClusterErrorFacts) {
    super(shown(message), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = facts.kind;
    this.method = facts.method;
    this.path = shown(facts.path);
    this.status = facts.status;
    this.errorClass = shownOrNone(facts.errorClass);
    this.description = shownOrNone(facts.description);
    this.fault = facts.fault;
    this.certificateSha256 = facts.certificateSha256;
    this.proxyStatus = facts.proxyStatus;
  }
}

function shownOrNone(text: string | undefined): string | undefined {
  return text === undefined ? undefined : shown(text, longestWords);
}

/** The cluster's name for a third access token of one user. */
export const tooManyAccessTokensError = "too_many_access_tokens_error";

/** Whether this is the cluster's answer with one of these HTTP statuses. */
export function isAnswer(error: unknown, ...statuses: readonly number[]): error is ClusterError {
  return (
    error instanceof ClusterError &&
    error.kind === "answer" &&
    error.status !== undefined &&
    statuses.includes(error.status)
  );
}

/**
 * What asking gives, or `undefined` when the cluster answers with one of these HTTP statuses.
 *
 * @param statuses - `any` for every answer that is not a success
 * @throws {ClusterError} for every other failure
 */
export async function unlessAnswered<T>(
  statuses: readonly number[] | "any",
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const isAny = statuses === "any" && error instanceof ClusterError && error.kind === "answer";
    if (isAny || (statuses !== "any" && isAnswer(error, ...statuses))) return undefined;
    throw error;
  }
}

/** Whether a request that must not be sent twice may or may not have been carried out. */
export function isOutcomeUnknown(error: unknown): error is ClusterError {
  return error instanceof ClusterError && error.kind === "outcome-unknown";
}
