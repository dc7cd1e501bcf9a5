import { afterEach, expect, test } from "@jest/globals";
import { connect, createServer, type ClientHttp2Session, type Http2Server } from "node:http2";
import { once } from "node:events";
import { watchSessions } from "../../src/plugin/session-watch.ts";

const started: (() => void)[] = [];

afterEach(() => {
  for (const stop of started.splice(0)) stop();
});

async function givenWatch(connectDeadlineMs: number): Promise<{
  readonly over: Promise<void>;
  readonly isOver: () => boolean;
  readonly connected: () => Promise<ClientHttp2Session>;
}> {
  const http = createServer();
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    watchSessions(http, {
      connectDeadlineMs,
      onOver: () => {
        isOver = true;
        resolve();
      },
    });
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  started.push(() => http.close());
  return { over, isOver: () => isOver, connected: async () => connected(http) };
}

async function connected(http: Http2Server): Promise<ClientHttp2Session> {
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const session = connect(`http://127.0.0.1:${port}`);
  started.push(() => {
    session.destroy();
  });
  await Promise.all([once(http, "session"), once(session, "connect")]);
  return session;
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
