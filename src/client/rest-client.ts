import type * as v from "valibot";

import type { Secret } from "../vocabulary/secret.ts";
import { waitUnlessAborted } from "./abortable.ts";
import { answerError, parseAnswer, saysNotFound } from "./answer.ts";
import { KnownSecrets } from "./known-secrets.ts";
import { type RetryPolicy, withRetries } from "./retry.ts";
import { loginRequest, type Session, startSession } from "./session.ts";
import { type HttpAnswer, type HttpMethod, type HttpRequest, jsonHeaders } from "./http.ts";
import type { Transport } from "./transport.ts";

/** One call of the REST API. */
export interface RestRequest<T> {
  readonly method: HttpMethod;
  /** Path and query, percent-encoded. */
  readonly path: string;
  /** Sent as JSON; `undefined` fields are left out. A field that is a {@link Secret} is sent in clear, and told nobody else. */
  readonly body?: unknown;
  /** The ETag that the object must still have, as it came. */
  readonly ifMatch?: string | undefined;
  /** For a POST that does no more when it is sent twice. GET, PUT and PATCH always may be sent again. */
  readonly mayRepeat?: boolean;
  /** For the few paths that need no login. */
  readonly open?: boolean;
  /** What the answer must look like. */
  readonly answer: v.GenericSchema<unknown, T>;
}

/** The parsed answer of one call. */
export interface RestAnswer<T> {
  readonly value: T;
  /** For a later `ifMatch`, where the cluster sends one. */
  readonly etag: string | undefined;
}

/** The one status with which the REST API says that a request was carried out, whatever the request. */
const success = 200;

/** What a {@link RestClient} is made of. */
export interface RestClientParts {
  readonly transport: Transport;
  readonly retryPolicy: RetryPolicy;
  /** Absent for a client that only asks what needs no login. */
  readonly session: Session | undefined;
  readonly signal: AbortSignal | undefined;
  /** @default none so far */
  readonly secrets?: KnownSecrets;
}

/** Calls the REST API: adds authentication, tries again where that is safe, and parses what comes back. */
export class RestClient {
  readonly #parts: RestClientParts & { readonly secrets: KnownSecrets };

  constructor(parts: RestClientParts) {
    this.#parts = { secrets: new KnownSecrets(), ...parts };
  }

  /** The secrets that no message may hold. */
  get secrets(): KnownSecrets {
    return this.#parts.secrets;
  }

  /** The same client, whose waits, retries and reads end with this signal. */
  until(signal: AbortSignal): RestClient {
    return new RestClient({ ...this.#parts, signal });
  }

  /** The same client, as whoever this bearer token stands for. */
  as(bearerToken: Secret): RestClient {
    const credentials = { kind: "bearer-token", bearerToken } as const;
    return new RestClient({
      ...this.#parts,
      session: startSession(credentials, async () => Promise.resolve(bearerToken)),
    });
  }

  /** Logs in unless that has happened. */
  async authenticate(): Promise<void> {
    const { session, signal } = this.#parts;
    if (session !== undefined) await waitUnlessAborted(session.bearerToken(), loginRequest, signal);
  }

  /** @throws {ClusterError} for every answer that is not a success */
  async call<T>(request: RestRequest<T>): Promise<RestAnswer<T>> {
    const http = toHttp(request, this.secrets);
    return parsed(request, http, await this.#answerTo(request, http));
  }

  /** Like {@link call}, for objects that may not be there. */
  async find<T>(request: RestRequest<T>): Promise<RestAnswer<T> | undefined> {
    const http = toHttp(request, this.secrets);
    const answer = await this.#answerTo(request, http);
    // An error would be made of a text without secrets, which nobody is told here.
    return saysNotFound(answer) ? undefined : parsed(request, http, answer);
  }

  async #answerTo({ open }: RestRequest<unknown>, http: HttpRequest): Promise<HttpAnswer> {
    return open === true ? this.#send(http) : this.#sendAuthenticated(http);
  }

  async #sendAuthenticated(http: HttpRequest): Promise<HttpAnswer> {
    const { session, signal } = this.#parts;
    if (session === undefined) throw new Error(`${http.method} ${http.path} needs credentials, and none were given`);
    // Others may wait for the same login: it goes on for them.
    const bearerToken = await waitUnlessAborted(session.bearerToken(), http, signal);
    const answer = await this.#send(this.#withBearer(http, bearerToken));
    if (answer.status !== 401 || !session.isRenewable) return answer;
    // Refused before anything was done, so that even a request that must not be sent twice may be sent again.
    const renewed = await waitUnlessAborted(session.renew(bearerToken), http, signal);
    return this.#send(this.#withBearer(http, renewed));
  }

  #withBearer(http: HttpRequest, bearerToken: Secret): HttpRequest {
    this.secrets.add(bearerToken);
    return { ...http, headers: { ...http.headers, authorization: `Bearer ${bearerToken.reveal()}` } };
  }

  async #send(request: HttpRequest): Promise<HttpAnswer> {
    const { transport, retryPolicy: policy, signal } = this.#parts;
    return withRetries({ request, policy, signal, send: async () => transport.exchange(request, signal) });
  }
}

/** @throws {ClusterError} for every answer that is not a success */
function parsed<T>({ answer: schema }: RestRequest<T>, http: HttpRequest, answer: HttpAnswer): RestAnswer<T> {
  if (answer.status !== success) throw answerError(http, answer);
  return { value: parseAnswer(schema, http, answer), etag: answer.etag };
}

/**
 * The longest answers that are read. Without a login anybody may give them, and they take some hundred bytes. A list of
 * users takes about 300 bytes for each, so that 400,000 fit into the other limit, and a machine with two gigabytes can
 * still parse it.
 */
export const mostBytes = { open: 2 ** 20, authenticated: 2 ** 27 };

function toHttp(request: RestRequest<unknown>, secrets: KnownSecrets): HttpRequest {
  const { method, path, ifMatch } = request;
  const body = secrets.encode(request.body);
  return {
    method,
    path,
    headers: jsonHeaders({ body, ifMatch }),
    body,
    mostBytes: request.open === true ? mostBytes.open : mostBytes.authenticated,
    replayable: request.mayRepeat === true || method === "GET" || method === "PUT" || method === "PATCH",
    redact: (text) => secrets.redact(text),
  };
}
