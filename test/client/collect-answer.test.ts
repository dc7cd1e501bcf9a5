import { once, setMaxListeners } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { Pool } from "undici";
import { collectAnswer, type CollectedAnswer } from "../../src/client/collect-answer.ts";
import { failureOf } from "../support/simulator/given-client.ts";
import { givenAnswering } from "../support/simulator/given-answering.ts";

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const whoAmI = JSON.stringify({ id: "500", name: "admin", privileges: [] });

test("a request that still waits for a connection ends in its time", async () => {
  const cluster = await givenAnswering(() => undefined, { requestTimeoutMs: 2_000, maxRetries: 0 });

  const asked = Array.from({ length: 12 }, async () => failureOf(cluster.sessions.whoAmI()));

  const errors = await Promise.all(asked);
  expect(errors.map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => "timeout"));
});

test("a request that is given up before it has a connection ends at once, and is never sent", async () => {
  const paths: (string | undefined)[] = [];
  let answerFirst = (): void => undefined;
  const server = createServer((request, response) => {
    paths.push(request.url);
    const answer = (): void => void response.end("{}");
    if (request.url === "/first") answerFirst = answer;
    else answer();
  }).listen(0, "127.0.0.1");
  open.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 });
  const ask = (path: string): CollectedAnswer => {
    const answer = collectAnswer(100, () => new Error("too long"));
    pool.dispatch({ method: "GET", path }, answer.handler);
    return answer;
  };
  const first = ask("/first");
  const waiting = ask("/waiting");
  await once(server, "request");

  waiting.stop(new Error("given up"));

  await expect(waiting.whole).rejects.toThrow("given up");
  answerFirst();
  await expect(first.whole).resolves.toMatchObject({ status: 200 });
  await expect(ask("/last").whole).resolves.toMatchObject({ status: 200 });
  expect(paths).toEqual(["/first", "/last"]);
});

test("reads that nobody wants any more end at once, also those that still wait for a connection", async () => {
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  let requests = 0;
  const cluster = await givenAnswering(() => {
    requests += 1;
    if (requests === 8) stopping.abort();
  });
  const stoppable = cluster.until(stopping.signal);

  const unwanted = Array.from({ length: 12 }, async () => failureOf(stoppable.sessions.whoAmI()));

  const errors = await Promise.all(unwanted);
  expect(errors.map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => "aborted"));
  expect(requests).toBe(8);
});

test("remarks before an answer are not the answer", async () => {
  const cluster = await givenAnswering((_request, response) => {
    response.writeProcessing();
    response.writeEarlyHints({ link: "</style.css>; rel=preload" });
    response.writeHead(200, { "content-type": "application/json", etag: '"7"' }).end(whoAmI);
  });

  await expect(cluster.sessions.whoAmI()).resolves.toMatchObject({ id: "500" });
});
