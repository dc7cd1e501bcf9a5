import { setMaxListeners } from "node:events";
import { expect, test } from "@jest/globals";
import { failureOf } from "../support/simulator/given-client.ts";
import { givenAnswering } from "../support/simulator/given-answering.ts";

const whoAmI = JSON.stringify({ id: "500", name: "admin", privileges: [] });

test("a request that still waits for a connection ends in its time, and is never sent", async () => {
  const paths: string[] = [];
  const cluster = await givenAnswering((request) => paths.push(request.url ?? ""), {
    requestTimeoutMs: 2_000,
    maxRetries: 0,
  });

  const asked = Array.from({ length: 12 }, async (_, index) =>
    failureOf(cluster.localUsers.find(String(1_000 + index))),
  );
  const errors = await Promise.all(asked);

  expect(errors.map(({ kind }) => kind)).toEqual(Array.from({ length: 12 }, () => "timeout"));
  expect(new Set(paths).size).toBe(8);
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
