import { writeSync } from "node:fs";
import type { EngineLife } from "../framework/engine-life.ts";
import type { ProviderServer } from "../framework/provider-server.ts";
import { watchConnections } from "./connection-watch.ts";
import { watchEngines } from "./engine-watch.ts";
import type { ConnectionListener, GrpcServerOptions, PreparedAnswers } from "./grpc-server.ts";
import { handshakeLine, readHandshake } from "./handshake.ts";
import { Lifetime } from "./lifetime.ts";
import { type Listener, listen } from "./listener.ts";
import { createLog, type Log } from "./log.ts";
import { type ConnectionServer, createConnectionServer } from "./mutual-tls.ts";
import { watchParent } from "./parent-watch.ts";
import { reattachCommand } from "./reattach.ts";
import { keepStdoutForHandshake, panicOnUncaught, refuse, tolerateClosedStderr } from "./standard-streams.ts";
import { WatchedEngine } from "./watched-engine.ts";

/** What to serve, and to whom. */
export interface ServeOptions {
  /** Source address of the provider, as configurations name it: `example/null`. */
  readonly source: string;
  /** Loads the provider. Called with the first call that needs it, since the engine waits meanwhile. */
  readonly loadServer: () => Promise<ProviderServer>;
  /**
   * Loads answers that need no provider.
   *
   * @default there are none
   */
  readonly loadPreparedAnswers?: () => Promise<PreparedAnswers>;
  /** Called after the engine knows where to connect, before anything more is loaded. */
  readonly beforeLoading?: () => void;
  /**
   * Serves any engine that attaches, until Ctrl-C, and prints how to attach.
   *
   * @default false: serves the engine that has started the process, for as long as that engine lives
   */
  readonly debug?: boolean;
  /**
   * How long what is under way may go on when its engine is gone: to learn what a request did that is sent already, and
   * to undo it.
   *
   * @default 40 seconds: as long as one request may take, and some for undoing it
   */
  readonly undoTimeMs?: number;
}

/** What all functions of a running process share: its options, its lifetime, its log and the provider. */
interface Process {
  readonly options: ServeOptions;
  readonly lifetime: Lifetime;
  readonly log: Log;
  readonly server: LoadedOnce<ProviderServer>;
}

/** Something that is loaded when it is first asked for. */
interface LoadedOnce<T> {
  readonly get: () => Promise<T>;
  /** Gives what was asked for before, and `undefined` where nobody has. */
  readonly peek: () => Promise<T> | undefined;
}

type EngineEvents = Pick<GrpcServerOptions, "onShutdown" | "onEngineGone" | "engineOf">;

const stdout = 1;
/**
 * How long to wait for the first connection. An engine connects as soon as it has read the handshake line; one that has not
 * by then has died, and without a connection there is nothing whose closing would show that.
 */
const connectDeadlineMs = 60_000;
/**
 * How often to look whether the parent process is still the same. It shows that an engine was killed before it connected,
 * or while its connection stays open.
 */
const parentWatchMs = 100;
const defaultUndoTimeMs = 40_000;
/** How long the process goes on after it has answered a shutdown. The engine kills it two seconds after that answer. */
const shutdownDeadlineMs = 250;
/** How long the answer to a shutdown waits until calls that the engine has given up are undone. */
const givenUpDeadlineMs = 5_000;
/**
 * How long the answer to a shutdown waits for ephemeral resources that are still open to be closed. OpenTofu waits as long for
 * the closing of one.
 */
const leftoversDeadlineMs = 10_000;

/**
 * Runs a provider in this process, whose standard output, signals and exit are this function's from now on.
 *
 * Resolves once the engine knows where to connect. Where that fails, it says why and ends the process with status 1.
 */
export async function serve(options: ServeOptions): Promise<void> {
  keepStdoutForHandshake();
  panicOnUncaught(programName(options));
  const lifetime = new Lifetime(() => process.exit(0));
  const log = createLog({ env: process.env, now: () => new Date(), write: (line) => process.stderr.write(line) });
  try {
    await (options.debug === true ? serveAnyEngine : serveOneEngine)({
      options,
      lifetime,
      log,
      server: once(options.loadServer),
    });
    tolerateClosedStderr();
  } catch (error) {
    refuse(error);
  }
}

/** Serves the engine that has started this process. */
async function serveOneEngine(running: Process): Promise<void> {
  const { options, lifetime, log } = running;
  const { clientCertificate } = readHandshake(process.env, programName(options));
  // The terminal sends these to the engine as well, which still wants its answers, or may live on under nohup.
  onSignals(["SIGINT", "SIGHUP"], () => {
    log("debug", "ignored an interrupt: the engine decides when to stop");
  });
  onSignals(["SIGTERM"], () => {
    leaveInOrder(running);
  });
  const connections = createConnectionServer(clientCertificate, new Date());
  const { address } = await listenUntilExit(connections);
  // Read before the line is written, so that each end of the engine shows: with one that has ended before, the line has no
  // reader and cannot be written; one that ends later is no longer the parent.
  const parent = process.ppid;
  // The engine waits for this line. Nothing comes over a connection before this function has ended.
  writeSync(stdout, handshakeLine(address, connections.certificateDer));
  const undoTimeMs = options.undoTimeMs ?? defaultUndoTimeMs;
  const engine = new WatchedEngine(undoTimeMs);
  const onEngineGone = (): void => {
    if (!lifetime.isLeaving) log("debug", "the engine is gone: leaving when all work is done");
    engine.leave();
    void closeLeftovers(running);
    lifetime.leaveWithoutAnswering();
  };
  engine.undoEnd.addEventListener("abort", () => {
    lifetime.leaveNow();
  });
  watchParent({ parent, everyMs: parentWatchMs, onOver: onEngineGone });
  watchConnections(connections, { connectDeadlineMs, onOver: onEngineGone });
  answerRequests(connections, running, {
    engineOf: () => engine,
    onEngineGone,
    onShutdown: async () => {
      engine.leave();
      await Promise.all([closeLeftovers(running), atMost(givenUpDeadlineMs, lifetime.workIsOver())]);
      leaveSoon(lifetime);
    },
  });
}

/** Serves whoever attaches. Such engines leave the process running, and configure it anew each time. */
async function serveAnyEngine(running: Process): Promise<void> {
  const { options } = running;
  onSignals(["SIGINT", "SIGTERM", "SIGHUP"], () => {
    leaveInOrder(running);
  });
  const connections = createConnectionServer(undefined, new Date());
  const { address } = await listenUntilExit(connections);
  const stay = (): void => undefined;
  const engineOf = watchEngines(connections, {
    undoTimeMs: options.undoTimeMs ?? defaultUndoTimeMs,
    onGone: (engine) => void closeLeftovers(running, engine),
  });
  answerRequests(connections, running, { engineOf, onEngineGone: stay, onShutdown: async () => Promise.resolve() });
  const command = reattachCommand({ source: options.source, address, pid: process.pid });
  writeSync(
    stdout,
    `The provider runs. Engines use it in a terminal where this is set, until Ctrl-C here:\n\n${command}\n`,
  );
}

/**
 * Begins to answer requests. The gRPC server is loaded only now, after the engine has read where to connect; requests that
 * arrive meanwhile wait until it is.
 */
function answerRequests(
  connections: ConnectionServer,
  { options, server, lifetime, log }: Process,
  events: EngineEvents,
): void {
  options.beforeLoading?.();
  let listener: ConnectionListener | undefined;
  const prepared = options.loadPreparedAnswers?.() ?? new Map<string, Buffer>();
  const loading = Promise.all([import("./grpc-server.ts"), prepared]).then(
    ([{ createGrpcListener }, preparedAnswers]) => {
      listener = createGrpcListener({ server: server.get, preparedAnswers, lifetime, log, ...events });
      return listener;
    },
  );
  // What a connection brings stays in it for as long as nobody reads.
  connections.onConnection((socket) => {
    if (listener !== undefined) listener(socket);
    else
      void loading.then((handle) => {
        handle(socket);
      });
  });
}

/** Closes ephemeral resources that are still open, and ends the process as soon as that and all other calls are done. */
function leaveInOrder(running: Process): void {
  void closeLeftovers(running);
  running.lifetime.leaveWhenIdle();
}

/**
 * Closes ephemeral resources that one engine, or without `engine` any engine, has left open. It gives up after
 * `leftoversDeadlineMs`. Diagnostics go to the log, since no engine is left to show them.
 */
async function closeLeftovers({ server, lifetime, log }: Process, engine?: EngineLife): Promise<void> {
  const loading = server.peek();
  if (loading === undefined) return; // Nothing was opened.
  const close = async (): Promise<void> => {
    const provider = await loading;
    const { diagnostics } = await (engine === undefined ? provider : provider.servedTo(engine)).closeLeftovers();
    for (const { summary, detail } of diagnostics) log("warn", `${summary}: ${detail}`);
  };
  // A provider that could not be loaded has opened nothing; each call has told why.
  await lifetime.run(async () =>
    atMost(
      leftoversDeadlineMs,
      close().catch(() => undefined),
    ),
  );
}

/** Resolves when the work is over, or at the deadline. */
async function atMost(deadlineMs: number, work: Promise<void>): Promise<void> {
  const deadline = new Promise<void>((resolve) => {
    setTimeout(resolve, deadlineMs).unref();
  });
  return Promise.race([work, deadline]);
}

/**
 * Ends the process once no call is under way, at the latest after `shutdownDeadlineMs`. That is enough to send the answer to
 * the shutdown; a call that takes longer is cut off, since the engine no longer waits for it.
 */
function leaveSoon(lifetime: Lifetime): void {
  lifetime.leaveWhenIdle();
  setTimeout(() => {
    lifetime.leaveNow();
  }, shutdownDeadlineMs);
}

async function listenUntilExit({ server, certificateDer }: ConnectionServer): Promise<Listener> {
  const listener = await listen(server, { env: process.env, isSecured: certificateDer !== undefined });
  process.on("exit", () => {
    listener.remove();
  });
  return listener;
}

function onSignals(signals: readonly NodeJS.Signals[], listener: () => void): void {
  for (const signal of signals) process.on(signal, listener);
}

function once<T>(load: () => Promise<T>): LoadedOnce<T> {
  let loading: Promise<T> | undefined;
  return { get: async () => (loading ??= load()), peek: (): Promise<T> | undefined => loading };
}

function programName({ source }: ServeOptions): string {
  return `terraform-provider-${source.split("/").at(-1) ?? source}`;
}
