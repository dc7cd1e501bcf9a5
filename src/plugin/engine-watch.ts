import type { Http2Server, Http2Session } from "node:http2";
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
 * @returns a function that finds the engine of a session; a session that is closed already belongs to an engine that is gone
 */
export function watchEngines(
  http: Http2Server,
  { undoTimeMs, onGone }: EnginesWatchOptions,
): (session: Http2Session | undefined) => WatchedEngine {
  const engines = new WeakMap<Http2Session, WatchedEngine>();
  http.on("session", (session) => {
    const engine = new WatchedEngine(undoTimeMs);
    engines.set(session, engine);
    session.once("close", () => {
      engine.leave();
      onGone(engine);
    });
  });
  return (session) => {
    const engine = session && engines.get(session);
    if (engine !== undefined) return engine;
    const departed = new WatchedEngine(undoTimeMs);
    departed.leave();
    return departed;
  };
}
