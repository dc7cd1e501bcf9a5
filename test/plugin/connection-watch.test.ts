import { afterEach, expect, test } from "@jest/globals";
import { once } from "node:events";
import { connect, type Server, type Socket } from "node:net";
import { watchConnections } from "../../src/plugin/connection-watch.ts";
import { createConnectionServer } from "../../src/plugin/mutual-tls.ts";

const started: (() => void)[] = [];

afterEach(() => {
  for (const stop of started.splice(0)) stop();
});

async function givenWatch(connectDeadlineMs: number): Promise<{
  readonly over: Promise<void>;
  readonly isOver: () => boolean;
  readonly connected: () => Promise<Socket>;
}> {
  const connections = createConnectionServer(undefined, new Date());
  const { server } = connections;
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    watchConnections(connections, {
      connectDeadlineMs,
      onOver: () => {
        isOver = true;
        resolve();
      },
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  started.push(() => server.close());
  return { over, isOver: () => isOver, connected: async () => connected(server) };
}

async function connected(server: Server): Promise<Socket> {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const socket = connect(port, "127.0.0.1");
  started.push(() => {
    socket.destroy();
  });
  await Promise.all([once(server, "connection"), once(socket, "connect")]);
  return socket;
}

test("it is over when nobody connects in time", async () => {
  const { over } = await givenWatch(1);

  await expect(over).resolves.toBeUndefined();
});

test("it is over when the last of several connections is closed", async () => {
  const watch = await givenWatch(60_000);
  const [one, other] = [await watch.connected(), await watch.connected()];

  one.destroy();
  await once(one, "close");
  const wasOver = watch.isOver();
  other.destroy();

  await expect(watch.over).resolves.toBeUndefined();
  expect(wasOver).toBe(false);
});
