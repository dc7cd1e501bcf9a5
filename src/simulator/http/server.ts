import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "../rules/context.ts";
import { dispatch, type Listeners } from "./dispatch.ts";
import type { RenderedAnswer } from "./error-answer.ts";
import { type Fault, Faults } from "./faults.ts";
import type { RequestLogEntry } from "./request-log.ts";
import type { Router } from "./router.ts";

/** No body of this API comes near it. */
const largestBodyBytes = 1_048_576;

/** Long, so that a connection is not closed under a client that is about to use it again. */
const keepAliveMs = 65_000;

const hsts = "max-age=31536000";

/** What a server serves, and what it tells. */
export interface ServerOptions {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly router: Router;
  readonly context: Context;
  /** How long every answer is held back. */
  readonly latencyMs: number;
  readonly listeners: Listeners;
  /** Called just before an answer is sent. */
  readonly onRequest: (entry: RequestLogEntry) => void;
}

/** Requests over HTTPS. */
export class ApiServer {
  readonly faults = new Faults();
  readonly #options: ServerOptions;
  readonly #server: Server;
  readonly #sockets = new Map<string, Socket>();
  readonly #closing = new AbortController();

  constructor(options: ServerOptions) {
    this.#options = options;
    const { certificatePem, privateKeyPem } = options;
    this.#server = createServer({ cert: certificatePem, key: privateKeyPem, keepAliveTimeout: keepAliveMs });
    this.#server.on("connection", (socket: Socket) => {
      this.#remember(socket);
    });
    this.#server.on("request", (request, response) => {
      this.#exchange(request, response).catch((error: unknown) => {
        // When the connection broke, or closing the server ended the exchange, nothing is wrong and nobody is left.
        if (!request.socket.destroyed && !this.#closing.signal.aborted) options.listeners.onDefect(error);
        request.socket.destroy();
      });
    });
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

  async #exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { context, latencyMs, onRequest, router, listeners } = this.#options;
    const { method = "GET", url: target = "/" } = request;
    const time = context.clock.now().toISOString();
    const startedAt = performance.now();
    const log = (status: number | null): void => {
      onRequest({ time, method, path: target, status, milliseconds: Math.round(performance.now() - startedAt) });
    };
    const body = await readBody(request);
    if (latencyMs > 0) await delay(latencyMs, undefined, { signal: this.#closing.signal });
    const exchange = { request, response, log };

    const early = this.faults.take("before", method, target);
    if (early !== undefined) {
      this.#fail(exchange, early, undefined);
      return;
    }
    const { authorization, "if-match": ifMatch } = request.headers;
    const answer = dispatch({ method, target, authorization, ifMatch, body }, { router, context, listeners });
    const late = this.faults.take("after", method, target);
    if (late === undefined) send(exchange, answer);
    else this.#fail(exchange, late, answer);
  }

  #fail(exchange: Exchange, fault: Fault, answer: RenderedAnswer | undefined): void {
    switch (fault.kind) {
      case "hang":
        exchange.log(null);
        return;
      case "reset":
        exchange.log(null);
        this.#sockets.get(peerOf(exchange.request.socket))?.resetAndDestroy();
        return;
      case "status":
        send(exchange, errorOf(fault));
        return;
      case "empty-body":
        send(exchange, { status: 200, headers: {}, text: "" });
        return;
      case "broken-json": {
        const whole = answer?.text ?? "";
        const text = whole === "" ? `{"id": "10` : whole.slice(0, Math.ceil(whole.length / 2));
        send(exchange, { status: 200, headers: {}, text });
        return;
      }
    }
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly log: (status: number | null) => void;
}

/** Tells connections apart: the address and port of the other end. */
function peerOf(socket: Socket): string {
  return `${socket.remoteAddress ?? ""} ${socket.remotePort ?? ""}`;
}

/** The whole body, or `undefined` when it is too large; it is read to its end all the same, or no answer would arrive. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= largestBodyBytes) chunks.push(chunk);
    else chunks = [];
  }
  return sizeBytes <= largestBodyBytes ? Buffer.concat(chunks) : undefined;
}

function send({ response, log }: Exchange, answer: RenderedAnswer): void {
  const { status, headers, text } = answer;
  const bytes = Buffer.from(text);
  const type = bytes.length === 0 ? {} : { "Content-Type": "application/json" };
  log(status);
  response.writeHead(status, {
    ...type,
    "Content-Length": bytes.length,
    "Strict-Transport-Security": hsts,
    ...headers,
  });
  response.end(bytes);
}

function errorOf(fault: Extract<Fault, { kind: "status" }>): RenderedAnswer {
  const { status, retryAfterSeconds } = fault;
  const body = {
    description: "This failure was declared for a test",
    error_class: "declared_error",
    module: "/simulator",
    stack: [],
    user_visible: false,
  };
  return {
    status,
    headers: retryAfterSeconds === undefined ? {} : { "Retry-After": retryAfterSeconds.toString() },
    text: JSON.stringify(body),
  };
}
