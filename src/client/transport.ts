import type { Pool } from "undici";
import { longestTimerMs } from "../vocabulary/duration.ts";
import { errorCode } from "../vocabulary/error-code.ts";
import { ClusterError, type ClusterErrorFacts, type ConnectionFault } from "./cluster-error.ts";
import { collectAnswer } from "./collect-answer.ts";
import { ConnectionError } from "./connection-error.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";
import type { Proxy } from "./proxy.ts";
import { type TlsConnect, tlsConnector, type Trust } from "./tls.ts";

/** Sends single requests over connections that it keeps open. */
export interface Transport {
  /**
   * @param signal - ends a request that changes nothing; a write under way is awaited, so that its outcome is known
   * @throws {ClusterError} when no answer came
   */
  exchange(request: HttpRequest, signal: AbortSignal | undefined): Promise<HttpAnswer>;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** What {@link openTransport} needs. */
export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  readonly trust: Trust;
  readonly proxy: Proxy | undefined;
  readonly requestTimeoutMs: number;
}

const mostConnections = 8;

/** Makes the way to one host. Connects with the first request. */
export function openTransport(options: TransportOptions): Transport {
  const connect = tlsConnector(options.trust, options.proxy);
  let pool: Promise<Pool> | undefined;
  return {
    exchange: async (request, signal) => {
      pool ??= openPool(options, connect);
      return exchange(await pool, request, { signal, timeoutMs: options.requestTimeoutMs });
    },
    close: async () => (await pool)?.destroy(),
  };
}

async function openPool(options: TransportOptions, connect: TlsConnect): Promise<Pool> {
  const { host, port, requestTimeoutMs: timeoutMs } = options;
  // Loaded with the first request: most processes that an engine starts send none.
  const { Pool } = await import("undici");
  const origin = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return new Pool(origin, {
    connections: mostConnections,
    // The request's own signal is the one clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect({ hostname }, callback) {
      connect({ hostname, port, timeoutMs }).then(
        (socket) => {
          callback(null, socket);
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error("connection failed", { cause: error }), null);
        },
      );
    },
  });
}

interface Limits {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
}

async function exchange(pool: Pool, request: HttpRequest, limits: Limits): Promise<HttpAnswer> {
  const { method, path, headers, body } = request;
  if (limits.signal?.aborted === true) throw aborted(request, limits.signal);
  const readSignal = method === "GET" ? limits.signal : undefined;
  const { handler, whole, stop } = collectAnswer(request.mostBytes, () => tooLong(request));
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      stop(new Error("The time is over"));
    },
    Math.min(limits.timeoutMs, longestTimerMs),
  ).unref();
  const stopReading = (): void => {
    stop(new Error("The reader has gone"));
  };
  readSignal?.addEventListener("abort", stopReading);
  try {
    pool.dispatch({ method, path, headers, body: body ?? null }, handler);
    return await whole;
  } catch (error) {
    if (readSignal?.aborted === true) throw aborted(request, readSignal);
    throw transportError(request, error, { timedOut, timeoutMs: limits.timeoutMs });
  } finally {
    clearTimeout(timer);
    readSignal?.removeEventListener("abort", stopReading);
  }
}

function tooLong({ method, path, replayable, mostBytes }: HttpRequest): ClusterError {
  return new ClusterError(`${method} ${path} was answered with more than ${mostBytes} bytes`, {
    kind: replayable ? "unreadable-answer" : "outcome-unknown",
    method,
    path,
  });
}

/** Whether the network or its library reports this; anything else is a mistake of this program, not a broken connection. */
function isOfNetwork(error: unknown): boolean {
  return error instanceof ConnectionError || errorCode(error) !== undefined;
}

/** Says that the caller asked to stop before the request was answered. */
export function aborted(request: Pick<HttpRequest, "method" | "path">, signal: AbortSignal): ClusterError {
  const { method, path } = request;
  const cause: unknown = signal.reason;
  return new ClusterError(`${method} ${path} was stopped`, { kind: "aborted", method, path, cause });
}

interface Timing {
  readonly timedOut: boolean;
  readonly timeoutMs: number;
}

/** @throws what is not a failure of the network */
function transportError(request: HttpRequest, cause: unknown, timing: Timing): ClusterError {
  const { method, path } = request;
  if (!timing.timedOut && !isOfNetwork(cause)) throw cause;
  if (cause instanceof ConnectionError) return connectionError(request, cause);
  const sent = timing.timedOut ? `got no answer within ${timing.timeoutMs} ms` : "lost its connection";
  const facts = { method, path, cause };
  if (!request.replayable) {
    return new ClusterError(`${method} ${path} ${sent}; whether it was carried out is unknown`, {
      ...facts,
      kind: "outcome-unknown",
    });
  }
  const what: Pick<ClusterErrorFacts, "kind" | "fault"> = timing.timedOut
    ? { kind: "timeout" }
    : { kind: "unreachable", fault: "reset" };
  return new ClusterError(`${method} ${path} ${sent}`, { ...facts, ...what });
}

const tlsFaults: ReadonlySet<ConnectionFault> = new Set([
  "not-tls",
  "untrusted",
  "host-mismatch",
  "expired",
  "wrong-fingerprint",
]);

function connectionError(request: HttpRequest, cause: ConnectionError): ClusterError {
  const { method, path } = request;
  const { fault, certificateSha256, proxyStatus } = cause;
  return new ClusterError(`${method} ${path} was not sent: ${fault}`, {
    kind: tlsFaults.has(fault) ? "tls" : "unreachable",
    method,
    path,
    fault,
    certificateSha256,
    proxyStatus,
    cause,
  });
}
