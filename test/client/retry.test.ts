import { expect, test } from "@jest/globals";
import { retryAfterMs } from "../../src/client/retry.ts";
import { bearing, failureOf, givenClientOf } from "../support/simulator/given-client.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";

const whoAmI = "/v1/session/who-am-i";

test.each([429, 502, 503, 504])("a read that is answered %d is sent again until it succeeds", async (status) => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ path: /who-am-i/, times: 3, with: { kind: "status", status } });

  const user = await cluster.sessions.whoAmI();

  expect(user.name).toBe("admin");
  expect(simulator.requests.filter(({ path }) => path === whoAmI)).toHaveLength(4);
});

test.each([400, 403, 404, 405, 409, 500])("an answer %d is final", async (status) => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ path: /who-am-i/, times: 2, with: { kind: "status", status } });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "answer", status, method: "GET", path: whoAmI });
  expect(simulator.faultsLeft()).toBe(1);
});

test("a read whose connection is reset is sent again", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ path: /who-am-i/, times: 2, with: { kind: "reset" } });

  await expect(cluster.sessions.whoAmI()).resolves.toMatchObject({ id: "500" });
});

test("retries end after max_retries, with the last answer", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator, { maxRetries: 2 });
  simulator.failNext({ path: /who-am-i/, times: 9, with: { kind: "status", status: 503 } });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "answer", status: 503 });
  expect(simulator.faultsLeft()).toBe(6);
});

test("without retries, one answer is all there is", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator, { maxRetries: 0 });
  simulator.failNext({ path: /who-am-i/, with: { kind: "status", status: 503 } });

  await expect(cluster.sessions.whoAmI()).rejects.toMatchObject({ status: 503 });
});

test("a login and a look-up change nothing, so that they are sent again", async () => {
  const { simulator } = await givenCluster({ localUsers: ["svc"] });
  const cluster = givenClientOf(simulator);
  simulator.failNext({ path: /session\/login/, with: { kind: "reset" } });
  simulator.failNext({ path: /identity\/find/, with: { kind: "status", status: 503 } });

  await expect(cluster.identities.get({ name: "svc" })).resolves.toMatchObject({ domain: "LOCAL" });
});

test.each(["before", "after"] as const)("a creation that is reset %s it happened is never sent again", async (when) => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const cluster = givenClientOf(simulator);
  simulator.failNext({ method: "POST", path: /access-tokens/, when, with: { kind: "reset" } });

  const error = await failureOf(cluster.accessTokens.create({ user: { authId: user("svc").id } }));

  expect(error.kind).toBe("outcome-unknown");
  expect(await cluster.accessTokens.listOf(user("svc").id)).toHaveLength(when === "after" ? 1 : 0);
});

test.each([429, 502, 503, 504])("a creation that is answered %d has an unknown outcome", async (status) => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ method: "POST", path: /roles/, times: 2, with: { kind: "status", status } });

  const error = await failureOf(cluster.roles.create({ name: "ops", description: "", privileges: [] }));

  expect(error).toMatchObject({ kind: "outcome-unknown", status });
  expect(simulator.faultsLeft()).toBe(1);
});

test.each(["empty-body", "broken-json"] as const)(
  "a creation with the answer %s has an unknown outcome",
  async (kind) => {
    const { simulator } = await givenCluster();
    const cluster = givenClientOf(simulator);
    simulator.failNext({ method: "POST", path: /roles/, when: "after", with: { kind } });

    const error = await failureOf(cluster.roles.create({ name: "ops", description: "", privileges: [] }));

    expect(error.kind).toBe("outcome-unknown");
    expect(await cluster.roles.find("ops")).toBeDefined();
  },
);

test("a deletion that is reset is not sent again", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  await cluster.roles.create({ name: "ops", description: "", privileges: [] });
  simulator.failNext({ method: "DELETE", times: 2, with: { kind: "reset" } });

  const error = await failureOf(cluster.roles.delete("ops", undefined));

  expect(error.kind).toBe("outcome-unknown");
  expect(simulator.faultsLeft()).toBe(1);
});

test("a change is sent again", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  await cluster.roles.create({ name: "ops", description: "", privileges: [] });
  simulator.failNext({ method: "PATCH", with: { kind: "reset" } });

  const role = await cluster.roles.update("ops", { description: "new" }, undefined);

  expect(role.description).toBe("new");
});

test("a request timeout longer than a timer counts is none that is over at once", async () => {
  const { simulator, admin } = await givenCluster();
  const ninetyDaysMs = 90 * 86_400_000;
  const cluster = givenClientOf(simulator, {
    requestTimeoutMs: ninetyDaysMs,
    maxRetries: 0,
    credentials: bearing(admin.bearerToken ?? ""),
  });

  const self = await cluster.sessions.whoAmI();

  expect(self.name).toBe("admin");
});

test("a read that is never answered ends after the request timeout", async () => {
  const { simulator, admin } = await givenCluster();
  const cluster = givenClientOf(simulator, { requestTimeoutMs: 2_000, credentials: bearing(admin.bearerToken ?? "") });
  await cluster.coreVersion();
  simulator.failNext({ path: /who-am-i/, with: { kind: "hang" } });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "timeout", status: undefined });
});

test("a creation that is never answered has an unknown outcome", async () => {
  const { simulator, admin } = await givenCluster();
  const cluster = givenClientOf(simulator, { requestTimeoutMs: 2_000, credentials: bearing(admin.bearerToken ?? "") });
  await cluster.coreVersion();
  simulator.failNext({ method: "POST", path: /roles/, with: { kind: "hang" } });

  const error = await failureOf(cluster.roles.create({ name: "ops", description: "", privileges: [] }));

  expect(error.kind).toBe("outcome-unknown");
});

test("a signal ends a read under way", async () => {
  const { simulator } = await givenCluster();
  const controller = new AbortController();
  const cluster = givenClientOf(simulator);
  await cluster.sessions.start();
  simulator.failNext({ path: /who-am-i/, with: { kind: "hang" } });

  const failure = failureOf(cluster.until(controller.signal).sessions.whoAmI());
  controller.abort();

  expect((await failure).kind).toBe("aborted");
});

test("a signal ends the wait for the next attempt", async () => {
  const controller = new AbortController();
  const { simulator } = await givenCluster({
    onRequest: ({ path }) => {
      if (path === whoAmI)
        setImmediate(() => {
          controller.abort();
        });
    },
  });
  const cluster = givenClientOf(simulator, { retryWaitMs: 60_000 });
  simulator.failNext({ path: /who-am-i/, times: 9, with: { kind: "status", status: 503 } });

  const error = await failureOf(cluster.until(controller.signal).sessions.whoAmI());

  expect(error.kind).toBe("aborted");
});

test("a cluster that asks for more patience than there is gets no second request", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ path: /who-am-i/, times: 2, with: { kind: "status", status: 429, retryAfterSeconds: 3_600 } });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error.status).toBe(429);
  expect(simulator.faultsLeft()).toBe(1);
});

test("Retry-After is read as seconds or as a date", () => {
  const now = Date.parse("2026-03-02T08:00:00Z");

  expect(retryAfterMs("7", now)).toBe(7_000);
  expect(retryAfterMs("0", now)).toBe(0);
  expect(retryAfterMs("Mon, 02 Mar 2026 08:00:09 GMT", now)).toBe(9_000);
  expect(retryAfterMs("Mon, 02 Mar 2026 07:00:00 GMT", now)).toBe(0);
  expect(retryAfterMs("soon", now)).toBeUndefined();
  expect(retryAfterMs(undefined, now)).toBeUndefined();
});
