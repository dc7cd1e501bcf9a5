import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../vocabulary/clock.ts";
import type { Context } from "../rules/context.ts";
import { headersOf } from "./answer-headers.ts";
import { dispatch, type Listeners } from "./dispatch.ts";
import type { RenderedAnswer } from "./error-answer.ts";
import { renderFault } from "./fault-answer.ts";
import { type Fault, Faults } from "./faults.ts";
import { endWith, statusOfMalformed } from "./malformed.ts";
import { readBody } from "./read-body.ts";
import { loggedPath, type RequestLogEntry } from "./request-log.ts";
import type { Router } from "./router.ts";
import { renderStatus } from "./status-answer.ts";
import { localTarget, splitTarget } from "./target.ts";

/** No body of this API comes near it. */
const largestBodyBytes = 1_048_576;

/** How long a client may keep a connection waiting before it is cut. */
export interface Timeouts {
  /** For the TLS handshake, and for the head of a request; 30 seconds when absent. */
  readonly headersMs?: number;
  /** For a whole request, and for reading its answer; 120 seconds when absent. */
  readonly requestMs?: number;
  /** Between requests; 65 seconds when absent, so that it is not closed under a client that is about to use it again. */
  readonly keepAliveMs?: number;
}

/** What a server serves, and what it tells. */
export interface ServerOptions {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly router: Router;
  readonly context: Context;
  /** How long every answer is held back. */
  readonly latencyMs: number;
  readonly timeouts?: Timeouts;
  readonly listeners: Listeners;
  /** Called just before an answer is sent. */
  readonly onRequest: (entry: RequestLogEntry) => void;
}

/** Requests over HTTPS. */
export class ApiServer {
  readonly faults = new Faults();
  readonly #options: ServerOptions;
  readonly #requestMs: number;
  readonly #server: Server;
  readonly #sockets = new Map<string, Socket>();
  /** The latest exchange of each connection. */
  readonly #latest = new WeakMap<Duplex, Exchange>();
  /** Connections that sent something malformed, and are about to end. */
  readonly #ending = new WeakSet<Duplex>();
  readonly #closing = new AbortController();

  constructor(options: ServerOptions) {
    this.#options = options;
    const { certificatePem, privateKeyPem, timeouts = {} } = options;
    const { headersMs = 30_000, requestMs = 120_000, keepAliveMs = 65_000 } = timeouts;
    this.#requestMs = requestMs;
    this.#server = createServer({
      cert: certificatePem,
      key: privateKeyPem,
      handshakeTimeout: headersMs,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: Math.min(headersMs, 5_000),
      // Node.js would refuse in a way of its own.
      requireHostHeader: false,
    });
    // Every exchange that waits listens for the end.
    setMaxListeners(0, this.#closing.signal);
    this.#listenToConnections();
    this.#server.on("request", (request, response) => {
      if (lacksHost(request)) this.#refuse(request, response, 400);
      else this.#serve(request, response);
    });
    this.#server.on("checkExpectation", (request, response) => {
      this.#refuse(request, response, 417);
    });
  }

  #listenToConnections(): void {
    const { variations, clock } = this.#options.context;
    this.#server.on("connection", (socket: Socket) => {
      this.#remember(socket);
    });
    this.#server.on("clientError", (error, socket) => {
      this.#refuseMalformed(error, socket);
    });
    this.#server.on("connect", (_request, socket) => {
      endWith(socket, renderStatus(405, variations), clock);
    });
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    this.#run(this.#begin(request, response)).catch((error: unknown) => {
      // When the connection broke, or closing the server ended the exchange, nothing is wrong and nobody is left.
      const isOver = request.socket.destroyed || this.#ending.has(request.socket) || this.#closing.signal.aborted;
      if (!isOver) this.#options.listeners.onDefect(error);
      request.socket.destroy();
    });
  }

  /** Answers a request that is not looked at, and ends the connection. */
  #refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
    response.shouldKeepAlive = false;
    send(this.#begin(request, response), renderStatus(status, this.#options.context.variations));
  }

  /** How many connections are open. */
  get openConnections(): number {
    return this.#sockets.size;
  }

  /**
   * Starts to listen.
   *
   * @returns the port, also when `port` is 0 and the system chooses one
   * @throws {Error} of the system when the address cannot be had
   */
  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        this.#server.on("error", this.#options.listeners.onDefect);
        resolve();
      });
    });
    const address = this.#server.address();
    return address !== null && typeof address === "object" ? address.port : port;
  }

  /** Stops at once: open connections and unanswered requests are cut. */
  async close(): Promise<void> {
    this.#closing.abort();
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    for (const socket of this.#sockets.values()) socket.destroy();
    await closed;
  }

  #remember(socket: Socket): void {
    const key = peerOf(socket);
    this.#sockets.set(key, socket);
    socket.on("close", () => {
      if (this.#sockets.get(key) === socket) this.#sockets.delete(key);
    });
  }

  #begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const { context, onRequest, router } = this.#options;
    const { method = "GET", url = "/" } = request;
    const target = localTarget(url);
    const time = context.clock.now().toISOString();
    const startedAt = performance.now();
    const exchange: Exchange = {
      request,
      response,
      method,
      target,
      clock: context.clock,
      timeoutMs: this.#requestMs,
      log: (status, fault) => {
        onRequest({
          time,
          method,
          path: loggedPath(target),
          route: router.patternOf(splitTarget(target).path) ?? null,
          status,
          milliseconds: Math.round(performance.now() - startedAt),
          ...(fault === undefined ? {} : { fault }),
        });
      },
    };
    this.#latest.set(request.socket, exchange);
    return exchange;
  }

  async #run(exchange: Exchange): Promise<void> {
    const { context, latencyMs, router, listeners } = this.#options;
    const { request, method, target } = exchange;
    const body = await readBody(request, largestBodyBytes);
    if (latencyMs > 0) await delay(latencyMs, undefined, { signal: this.#closing.signal });

    const early = this.faults.take("before", method, target);
    if (early?.kind === "hold") await early.meanwhile();
    else if (early !== undefined) {
      this.#fail(exchange, early, undefined);
      return;
    }
    const { authorization, "if-match": ifMatch } = request.headers;
    const answer = dispatch({ method, target, authorization, ifMatch, body }, { router, context, listeners });
    const late = this.faults.take("after", method, target);
    if (late?.kind === "hold") await late.meanwhile();
    if (late === undefined || late.kind === "hold") send(exchange, answer);
    else this.#fail(exchange, late, answer);
  }

  #fail(exchange: Exchange, fault: Exclude<Fault, { kind: "hold" }>, answer: RenderedAnswer | undefined): void {
    if (fault.kind === "hang" || fault.kind === "reset") {
      exchange.log(null, fault.kind);
      if (fault.kind === "reset") this.#sockets.get(peerOf(exchange.request.socket))?.resetAndDestroy();
      return;
    }
    send(exchange, renderFault(fault, answer, this.#options.context.variations), fault.kind);
  }

  /** Answers what is not HTTP, after the answers that are still due before it, and ends the connection. */
  #refuseMalformed(error: Error, socket: Duplex): void {
    if (this.#ending.has(socket)) return;
    this.#ending.add(socket);
    const { variations, clock } = this.#options.context;
    const status = statusOfMalformed(error);
    if (status === undefined || !socket.writable) {
      socket.destroy();
      return;
    }
    const answer = renderStatus(status, variations);
    const latest = this.#latest.get(socket);
    if (latest === undefined || latest.response.writableFinished) {
      endWith(socket, answer, clock);
    } else if (latest.request.complete) {
      latest.response.once("finish", () => {
        endWith(socket, answer, clock);
      });
    } else {
      latest.response.shouldKeepAlive = false;
      send(latest, answer);
    }
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly clock: Clock;
  /** How long the client may take to read the answer. */
  readonly timeoutMs: number;
  readonly log: (status: number | null, fault?: Fault["kind"]) => void;
}

/** @see RFC 9112, 3.2: HTTP/1.1 names the host in every request, and HTTP/1.0 need not */
function lacksHost({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === "1.1" && headers.host === undefined;
}

/** Tells connections apart: the address and port of the other end. */
function peerOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ""} ${socket.remotePort ?? ""}`;
}

function send(exchange: Exchange, answer: RenderedAnswer, fault?: Fault["kind"]): void {
  const { response, clock, timeoutMs, log } = exchange;
  const bytes = Buffer.from(answer.text);
  log(answer.status, fault);
  response.setTimeout(timeoutMs, () => response.destroy());
  response.writeHead(answer.status, headersOf(answer, bytes.length, clock));
  response.end(bytes);
}
