import { ClusterError } from "../../../client/cluster-error.ts";
import { type HttpMethod, type HttpRequest, jsonHeaders } from "../../../client/http.ts";
import { KnownSecrets } from "../../../client/known-secrets.ts";
import type { Proxy } from "../../../client/proxy.ts";
import { mostBytes } from "../../../client/rest-client.ts";
import { busyStatuses, withRetries } from "../../../client/retry.ts";
import type { Trust } from "../../../client/tls.ts";
import { openTransport } from "../../../client/transport.ts";
import type { Secret } from "../../../vocabulary/secret.ts";
import { placeOf, Unanswered } from "./not-known.ts";

/** One request, of anybody. */
export interface Sent {
  readonly method: HttpMethod;
  /** Path and query, percent-encoded. */
  readonly path: string;
  /** Absent for a request of nobody. */
  readonly bearerToken?: Secret | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of `body`. */
  readonly text?: string | undefined;
  readonly ifMatch?: string | undefined;
  /** Whether sending it twice does no more than sending it once. Reads always may be sent again. */
  readonly mayRepeat?: boolean;
}

/** One answer, whatever its status. */
export interface Answer {
  readonly status: number;
  /** The parsed body; `undefined` when it is empty or not JSON. */
  readonly body: unknown;
  readonly text: string;
  readonly etag: string | undefined;
  /** When the answer was made, by the clock of the cluster. */
  readonly date: string | undefined;
}

/** Sends requests as they are and gives answers as they are: nothing is interpreted on the way. */
export interface Line {
  /**
   * @param signal - ends a read; a write under way is awaited
   * @throws {Unanswered} when there is no answer, or the cluster is too busy to give one
   */
  send(sent: Sent, signal: AbortSignal | undefined): Promise<Answer>;
  close(): Promise<void>;
}

/** How to reach a cluster. */
export interface LineOptions {
  readonly host: string;
  readonly port: number;
  readonly trust: Trust;
  readonly proxy?: Proxy | undefined;
  readonly requestTimeoutMs?: number | undefined;
  readonly maxRetries?: number | undefined;
}

const firstWaitMs = 250;
const longestWaitMs = 30_000;

/** Opens a line to a cluster. It connects with the first request. */
export function openLine({ maxRetries = 4, requestTimeoutMs = 30_000, ...options }: LineOptions): Line {
  const transport = openTransport({ ...options, proxy: options.proxy, requestTimeoutMs });
  const policy = { maxRetries, firstWaitMs, longestWaitMs: Math.min(longestWaitMs, requestTimeoutMs) };
  const secrets = new KnownSecrets();
  return {
    async send(sent, signal) {
      const request = toHttp(sent, secrets);
      const send = async () => transport.exchange(request, signal);
      const answer = await withRetries({ request, policy, signal, send }).catch((error: unknown) => {
        throw error instanceof ClusterError ? unanswered(sent, error) : error;
      });
      if (busyStatuses.has(answer.status)) throw new Unanswered(`${nameOf(sent)} was answered with ${answer.status}`);
      const { status, etag, date, body: text } = answer;
      return { status, etag, date, text, body: parseJson(text) };
    },
    close: async () => transport.close(),
  };
}

function toHttp(
  { method, path, bearerToken, body, text, ifMatch, mayRepeat }: Sent,
  secrets: KnownSecrets,
): HttpRequest {
  const content = text ?? secrets.encode(body);
  return {
    method,
    path,
    headers: {
      ...jsonHeaders({ body: content, ifMatch }),
      ...(bearerToken === undefined ? {} : { authorization: `Bearer ${bearerToken.reveal()}` }),
    },
    body: content,
    mostBytes: mostBytes.authenticated,
    replayable: mayRepeat ?? method === "GET",
    redact: (said) => secrets.redact(said),
  };
}

function unanswered(sent: Sent, error: ClusterError): Unanswered {
  if (error.kind === "aborted") return new Unanswered("The run was stopped", { cause: error });
  return new Unanswered(`${nameOf(sent)} had no answer (${error.fault ?? error.kind})`, { cause: error });
}

function nameOf({ method, path }: Sent): string {
  return `${method} ${placeOf(path)}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the things that an answer may be: the probe says what that means.
    return undefined;
  }
}
