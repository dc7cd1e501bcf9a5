import type { ConnectionServer } from "./mutual-tls.ts";

/** For {@link watchConnections}. */
export interface ConnectionWatchOptions {
  /** How long the first connection may take. */
  readonly connectDeadlineMs: number;
  /** Called when the last connection is closed, or none was made in time. */
  readonly onOver: () => void;
}

/** Watches whether anybody is connected. */
export function watchConnections(
  server: Pick<ConnectionServer, "onConnection">,
  { connectDeadlineMs, onOver }: ConnectionWatchOptions,
): void {
  let connections = 0;
  const deadline = setTimeout(onOver, connectDeadlineMs).unref();
  server.onConnection((socket) => {
    clearTimeout(deadline);
    connections += 1;
    socket.once("close", () => {
      connections -= 1;
      if (connections === 0) onOver();
    });
  });
}
