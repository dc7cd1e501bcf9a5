import { expect, test } from "@jest/globals";
import { ClusterError } from "../../src/client/cluster-error.ts";
import { SharedRequest } from "../../src/client/shared-reads/shared-request.ts";
import { failureOf } from "../support/simulator/given-client.ts";

/** A request that the test answers by hand, and that is kept for ten milliseconds of a clock that the test sets. */
function givenRequest() {
  const asked: { signal: AbortSignal; answer: (text: string) => void; fail: (error: Error) => void }[] = [];
  const time = { elapsedMs: 0 };
  const ask = async (signal: AbortSignal): Promise<string> =>
    new Promise((answer, fail) => {
      asked.push({ signal, answer, fail });
    });
  const sharing = { elapsedMs: () => time.elapsedMs, keptMs: 10 };
  const request = new SharedRequest({ request: { method: "GET", path: "/v1/users/" }, ask }, sharing);
  return { request, asked, time };
}

function refusal(): ClusterError {
  return new ClusterError("no", { kind: "answer", method: "GET", path: "/v1/users/", status: 500 });
}

test("those who ask together and those who ask soon after share one request", async () => {
  const { request, asked, time } = givenRequest();

  const together = [request.get(undefined), request.get(undefined)];
  asked[0]?.answer("all users");
  const answers = await Promise.all(together);
  time.elapsedMs = 9;
  const later = await request.get(undefined);

  expect([...answers, later]).toEqual(["all users", "all users", "all users"]);
  expect(asked).toHaveLength(1);
});

test("an answer is too old by the time since it was asked for, however late it came", async () => {
  const { request, asked, time } = givenRequest();
  const first = request.get(undefined);
  time.elapsedMs = 10;

  const second = request.get(undefined);
  asked[0]?.answer("old");
  asked[1]?.answer("new");

  expect(await Promise.all([first, second])).toEqual(["old", "new"]);
  expect(await request.get(undefined)).toBe("new");
});

test("what is forgotten while it is on its way serves only those who wait for it already", async () => {
  const { request, asked } = givenRequest();
  const before = request.get(undefined);

  request.forget();
  const after = request.get(undefined);
  asked[1]?.answer("new");
  asked[0]?.answer("old");

  expect(await Promise.all([before, after])).toEqual(["old", "new"]);
  expect(await request.get(undefined)).toBe("new");
});

test("a failure reaches all who wait, and the next one asks anew", async () => {
  const { request, asked } = givenRequest();
  const together = [request.get(undefined), request.get(undefined)];

  asked[0]?.fail(refusal());
  const failures = await Promise.all(together.map(failureOf));
  const next = request.get(undefined);
  asked[1]?.answer("all users");

  expect(failures.map(({ status }) => status)).toEqual([500, 500]);
  expect(await next).toBe("all users");
});

test("who stops waiting leaves the request to those who still wait", async () => {
  const { request, asked } = givenRequest();
  const stopping = new AbortController();
  const stopped = failureOf(request.get(stopping.signal));
  const waiting = request.get(new AbortController().signal);

  stopping.abort();
  const { kind, path } = await stopped;
  const isEnded = asked[0]?.signal.aborted;
  asked[0]?.answer("all users");

  expect([kind, path, isEnded]).toEqual(["aborted", "/v1/users/", false]);
  expect(await waiting).toBe("all users");
});

test("a request ends when nobody waits for it any more, and the next one asks anew", async () => {
  const { request, asked } = givenRequest();
  const stopping = new AbortController();
  const stopped = [failureOf(request.get(stopping.signal)), failureOf(request.get(stopping.signal))];

  stopping.abort();
  await Promise.all(stopped);
  const next = request.get(undefined);
  asked[0]?.fail(refusal());
  asked[1]?.answer("all users");

  expect(asked[0]?.signal.aborted).toBe(true);
  expect(await next).toBe("all users");
});

test("who has stopped already asks nothing", async () => {
  const { request, asked } = givenRequest();

  const { kind } = await failureOf(request.get(AbortSignal.abort()));

  expect(kind).toBe("aborted");
  expect(asked).toEqual([]);
});
