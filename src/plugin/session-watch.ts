import type { Http2Server } from "node:http2";

/** For {@link watchSessions}. */
export interface SessionWatchOptions {
  /** How long the first connection may take. */
  readonly connectDeadlineMs: number;
  /** Called when the last connection is closed, or none was made in time. */
  readonly onOver: () => void;
}

/** Watches whether anybody is connected. */
export function watchSessions(http: Http2Server, { connectDeadlineMs, onOver }: SessionWatchOptions): void {
  let sessions = 0;
  const deadline = setTimeout(onOver, connectDeadlineMs).unref();
  http.on("session", (session) => {
    clearTimeout(deadline);
    sessions += 1;
    session.once("close", () => {
      sessions -= 1;
      if (sessions === 0) onOver();
    });
  });
}
