import type { Socket } from "node:net";
import type { ConnectionServer } from "./mutual-tls.ts";
import { WatchedEngine } from "./watched-engine.ts";

/** For {@link watchEngines}. */
export interface EnginesWatchOptions {
  /** How much time undoing has once an engine is gone. */
  readonly undoTimeMs: number;
  /** Called when an engine has closed its connection, or lost it. */
  readonly onGone: (engine: WatchedEngine) => void;
}

/**
 * Distinguishes the engines that share this process: each connection is one engine, and the engine is gone when its connection
 * is closed.
 *
 * @returns a function that finds the engine of a connection
 */
export function watchEngines(
  server: Pick<ConnectionServer, "onConnection">,
  { undoTimeMs, onGone }: EnginesWatchOptions,
): (socket: Socket) => WatchedEngine {
  const engines = new WeakMap<Socket, WatchedEngine>();
  server.onConnection((socket) => {
    const engine = new WatchedEngine(undoTimeMs);
    engines.set(socket, engine);
    socket.once("close", () => {
      engine.leave();
      onGone(engine);
    });
  });
  return (socket) => {
    const engine = engines.get(socket);
    if (engine === undefined) throw new Error("a connection was made before engines were watched");
    return engine;
  };
}
