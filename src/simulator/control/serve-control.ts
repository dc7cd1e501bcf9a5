import { once } from "node:events";
import { chmod, lstat, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { connect, isIPv6, type ListenOptions } from "node:net";
import path from "node:path";
import { errorCode } from "../../vocabulary/error-code.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { findUnknownKey, type KeysOf } from "../../vocabulary/known-keys.ts";
import { Secret } from "../../vocabulary/secret.ts";
import type { AdjustableClock } from "../adjustable-clock.ts";
import { preparePrivateFolder } from "../private-folder.ts";
import type { Simulator } from "../simulator.ts";
import { SimulatorError } from "../simulator-error.ts";
import { createControlServer } from "./server.ts";

/** Where the control API is offered, and what it may change; either `socket` or `port` and `secret`. */
export interface ControlOptions {
  /**
   * A Unix socket, which only this user can reach: it is made in a folder that is this user's alone, and that is made when there
   * is none.
   */
  readonly socket?: string;
  /** A TCP port; 0 lets the system choose. */
  readonly port?: number;
  /** The address to listen at with `port`; 127.0.0.1 when absent. What goes over it is not encrypted. */
  readonly host?: string;
  /** The bearer secret that requests to `port` need, of at least 16 visible ASCII characters. */
  readonly secret?: string | Secret;
  /** The clock that the simulator was started with, so that it can be moved; without it, the API refuses to. */
  readonly clock?: AdjustableClock;
  /** Called for a failure of the simulator itself; the request is answered 500. */
  readonly onDefect?: (error: unknown) => void;
}

/** A control API that is offered. */
export interface OfferedControl extends AsyncDisposable {
  /** Such as `http://127.0.0.1:40124`; absent at a socket. */
  readonly url?: string;
  /** The path of its socket; absent at a port. */
  readonly socket?: string;
  /** Stops offering it; the simulator goes on. */
  readonly close: () => Promise<void>;
}

const controlOptions: KeysOf<ControlOptions> = {
  socket: true,
  port: true,
  host: true,
  secret: true,
  clock: true,
  onDefect: true,
};

/**
 * Offers the control API of a simulator to other programs: reset, seed, clock, faults and request log, as JSON over HTTP.
 *
 * @throws {SimulatorError} when an option is unknown or missing, or it cannot be offered there
 *
 * @example
 * import { AdjustableClock, serveControl, startSimulator } from "cdktf-qumulo/simulator";
 *
 * const clock = new AdjustableClock();
 * const simulator = await startSimulator({ clock });
 * const control = await serveControl(simulator, { clock, socket: "./control/control.sock" });
 * console.log(control.socket);
 * await control.close();
 * await simulator.close();
 */
export async function serveControl(simulator: Simulator, options: ControlOptions): Promise<OfferedControl> {
  const unknown = findUnknownKey(options, controlOptions);
  if (unknown !== undefined) throw new SimulatorError("option", `There is no option ${unknown.key}. ${unknown.advice}`);
  const { socket, port, host = "127.0.0.1", clock, onDefect = () => undefined } = options;
  if ((socket === undefined) === (port === undefined)) {
    throw new SimulatorError("option", "The control API is offered at a socket or at a port: give one of the two.");
  }
  const guard = socket === undefined ? { secret: checkSecret(options.secret), host } : undefined;
  const server = createControlServer({ simulator, clock, guard, onDefect });
  const place =
    socket === undefined ? await listenAtPort(server, port ?? 0, host) : await listenAtSocket(server, socket);
  const close = async (): Promise<void> => stop(server);
  return { ...place, close, [Symbol.asyncDispose]: close };
}

/** Shorter ones could be tried one by one. */
const shortestSecret = 16;

function checkSecret(given: string | Secret | undefined): Secret {
  const secret = given instanceof Secret ? given : new Secret(given ?? "");
  if (new RegExp(`^[\\x21-\\x7e]{${shortestSecret},}$`).test(secret.reveal())) return secret;
  throw new SimulatorError(
    "option",
    `At a port, the control API needs a secret of at least ${shortestSecret} visible ASCII characters, such as "openssl rand -hex 24" prints.`,
  );
}

async function listenAtPort(server: Server, port: number, host: string): Promise<{ readonly url: string }> {
  if (host === "") throw new SimulatorError("option", "host is empty. Give a text, or leave it out.");
  try {
    await listen(server, { port, host });
  } catch (cause) {
    throw new SimulatorError(
      "place",
      `The control API cannot listen at ${host} port ${port}: ${reasonOf(cause)}. Choose another port, or 0 for any free one.`,
      { cause },
    );
  }
  const address = server.address();
  const bound = address !== null && typeof address === "object" ? address.port : port;
  return { url: `http://${isIPv6(host) ? `[${host}]` : host}:${bound}` };
}

/** What the path of a socket may take on every system; a longer one would be cut silently on some. */
const longestSocketPath = 103;

async function listenAtSocket(server: Server, given: string): Promise<{ readonly socket: string }> {
  const socket = path.resolve(given);
  if (process.platform === "win32") {
    throw new SimulatorError("option", "There are no such sockets on Windows. Offer the control API at a port.");
  }
  if (Buffer.byteLength(socket) > longestSocketPath) {
    const message = `The path of the socket, ${socket}, has more than ${longestSocketPath} bytes. Choose a shorter one.`;
    throw new SimulatorError("option", message);
  }
  try {
    await preparePrivateFolder(path.dirname(socket));
    await removeStale(socket);
    await listen(server, { path: socket });
    await chmod(socket, 0o600);
  } catch (cause) {
    await stop(server);
    if (cause instanceof SimulatorError) throw cause;
    const advice = "Choose a folder of its own for it, with mode 0700 and owned by the user who runs the simulator.";
    throw new SimulatorError("place", `The control API cannot be offered at ${socket}: ${reasonOf(cause)}. ${advice}`, {
      cause,
    });
  }
  return { socket };
}

/** Removes a socket whose simulator is gone. The folder is this user's alone, so nobody else has made it. */
async function removeStale(socket: string): Promise<void> {
  const found = await lstat(socket).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error("something that is not a socket has this name");
  if (await answers(socket)) throw new Error("another simulator listens there");
  await rm(socket);
}

async function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const peer = connect(socket);
    peer.once("connect", () => {
      peer.destroy();
      resolve(true);
    });
    peer.once("error", () => {
      resolve(false);
    });
  });
}

async function listen(server: Server, place: ListenOptions): Promise<void> {
  const listening = once(server, "listening");
  server.listen(place);
  await listening;
}

/** Stops at once, also with open connections; a server that does not listen is not an error. */
async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
