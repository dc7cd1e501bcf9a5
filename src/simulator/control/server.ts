import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { findUnknownKey } from "../../vocabulary/known-keys.ts";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { readBody } from "../http/read-body.ts";
import { ControlError, controlRefusals } from "./control-error.ts";
import { describeControl } from "./describe.ts";
import { type PortGuard, refuseBrowsers, requireSecret } from "./guard.ts";
import { type Controlled, type ControlRoute, controlRoutes } from "./routes.ts";

/** What the control API acts on, and who may ask. */
export interface ControlServerOptions extends Controlled {
  /** Absent at a socket, which only its owner can reach. */
  readonly guard: PortGuard | undefined;
  /** Called for a failure of the simulator itself. */
  readonly onDefect: (error: unknown) => void;
}

const descriptionPath = "/openapi.json";
const paths = [...new Set(controlRoutes.map(({ path }) => path)), descriptionPath];

/** A server of the control API that does not listen yet. */
export function createControlServer(options: ControlServerOptions): Server {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 16_384 },
    (request, response) => {
      void respond(request, response, options);
    },
  );
  // Nobody controls one cluster from so many places.
  server.maxConnections = 100;
  return server;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: ControlServerOptions,
): Promise<void> {
  try {
    send(response, 200, await answerTo(request, options));
  } catch (error) {
    // Whoever asked has gone away in the middle.
    if (request.destroyed && !request.complete) return;
    const refusal = refusalOf(error, options);
    // What is left of the request is not read.
    if (!request.complete) response.shouldKeepAlive = false;
    if (refusal.code === "unauthorized") response.setHeader("WWW-Authenticate", "Bearer");
    const { code, message, details } = refusal;
    send(response, controlRefusals[code].status, { code, message, ...details });
  }
}

function refusalOf(error: unknown, { onDefect }: ControlServerOptions): ControlError {
  if (error instanceof ControlError) return error;
  onDefect(error);
  return new ControlError("defect", "The simulator failed. What it printed tells more.");
}

async function answerTo(request: IncomingMessage, options: ControlServerOptions): Promise<unknown> {
  refuseBrowsers(request.headers);
  if (options.guard !== undefined) requireSecret(request.headers, options.guard);
  const { method = "GET", url = "/" } = request;
  const [path = "", search = ""] = url.split(/\?(.*)/s, 2);
  if (path === descriptionPath && method === "GET") return describeControl();
  const route = findRoute(method, path);
  const query = readQuery(route, search);
  const received = await readBody(request, route.largestBodyBytes);
  return route.handle({ body: checkBody(received, route, request.headers["content-type"]), query }, options);
}

function findRoute(method: string, path: string): ControlRoute {
  const atPath = controlRoutes.filter((route) => route.path === path);
  const found = atPath.find((route) => route.method === method);
  if (found !== undefined) return found;
  if (atPath.length > 0 || path === descriptionPath) {
    const methods = path === descriptionPath ? "GET" : atPath.map((route) => route.method).join(", ");
    throw new ControlError("method_not_allowed", `${path} does not take this method. It takes ${methods}.`);
  }
  const nearest = nearestName(path.slice(0, 200), paths);
  const hint = nearest === undefined ? `There are ${paths.join(", ")}.` : `Did you mean ${nearest}?`;
  throw new ControlError("unknown_path", `There is nothing at ${JSON.stringify(path.slice(0, 200))}. ${hint}`);
}

function readQuery(route: ControlRoute, search: string): URLSearchParams {
  const query = new URLSearchParams(search);
  const known = Object.fromEntries(route.query.map(({ name }) => [name, true]));
  const unknown = findUnknownKey(Object.fromEntries(query), known);
  if (unknown === undefined) return query;
  const advice = route.query.length === 0 ? `${route.path} takes none.` : unknown.advice;
  throw new ControlError(
    "invalid_query",
    `There is no parameter ${JSON.stringify(unknown.key.slice(0, 80))}. ${advice}`,
  );
}

function checkBody(
  body: Buffer | undefined,
  { isBodyOptional, largestBodyBytes }: ControlRoute,
  contentType: string | undefined,
): Buffer {
  if (body === undefined) {
    const message = `The body has more than ${largestBodyBytes} bytes, and this path takes no more.`;
    throw new ControlError("body_too_large", message);
  }
  if (body.length === 0 && !isBodyOptional) {
    throw new ControlError("invalid_body", "The body is empty, and this path needs one in JSON.");
  }
  if (body.length > 0 && !/^application\/json\s*(?:;|$)/i.test(contentType ?? "")) {
    const message = "Send the body as JSON, with the header Content-Type: application/json.";
    throw new ControlError("unsupported_media_type", message);
  }
  return body;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(body)}\n`);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": bytes.length,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(bytes);
}
