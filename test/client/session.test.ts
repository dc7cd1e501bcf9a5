import { expect, test } from "@jest/globals";
import { startSession } from "../../src/client/session.ts";
import { Secret } from "../../src/vocabulary/secret.ts";
import { bearing, failureOf, givenClientOf } from "../support/simulator/given-client.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";

const loginPath = "/v1/session/login";

test("a session that has ended is renewed, and the request sent once more", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  await cluster.sessions.whoAmI();
  const before = simulator.requests.filter(({ path }) => path === loginPath).length;
  simulator.failNext({ path: /who-am-i/, with: { kind: "status", status: 401 } });

  const user = await cluster.sessions.whoAmI();

  expect(user.name).toBe("admin");
  expect(simulator.requests.filter(({ path }) => path === loginPath)).toHaveLength(before + 1);
});

test("a request that is refused with a fresh login as well is refused for good", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ path: /who-am-i/, times: 3, with: { kind: "status", status: 401 } });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "answer", status: 401 });
  expect(simulator.faultsLeft()).toBe(1);
});

test("a creation that is refused for an ended session is sent once more", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  simulator.failNext({ method: "POST", path: /roles/, with: { kind: "status", status: 401 } });

  await expect(cluster.roles.create({ name: "ops", description: "", privileges: [] })).resolves.toMatchObject({
    name: "ops",
  });
});

test("requests that start together share one login", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  const before = simulator.requests.filter(({ path }) => path === loginPath).length;

  await Promise.all(Array.from({ length: 6 }, async () => cluster.sessions.whoAmI()));

  expect(simulator.requests.filter(({ path }) => path === loginPath)).toHaveLength(before + 1);
});

test("requests that are refused together share one new login", async () => {
  let logins = 0;
  const session = startSession({ kind: "login", username: "svc", password: new Secret("unused") }, async () => {
    logins += 1;
    return Promise.resolve(new Secret(`session-${logins}`));
  });
  const refused = await session.bearerToken();

  const renewed = await Promise.all([session.renew(refused), session.renew(refused), session.renew(refused)]);
  const late = await session.renew(refused);

  expect(logins).toBe(2);
  expect([...renewed, late].map((token) => token.reveal())).toEqual(Array(4).fill("session-2"));
});

test("a login that failed is tried anew by the next request", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator, { maxRetries: 0 });
  simulator.failNext({ path: /login/, with: { kind: "status", status: 503 } });

  const error = await failureOf(cluster.sessions.whoAmI());
  const user = await cluster.sessions.whoAmI();

  expect(error).toMatchObject({ path: loginPath, status: 503 });
  expect(user.name).toBe("admin");
});

test("a wrong password is refused at the login", async () => {
  const { simulator } = await givenCluster();
  const password = new Secret("Wrong-Passw0rd");
  const cluster = givenClientOf(simulator, { credentials: { kind: "login", username: "admin", password } });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "answer", status: 401, path: loginPath });
  expect(JSON.stringify(error) + error.message + String(error.stack)).not.toContain(password.reveal());
});

test("a bearer token that is refused is refused for good", async () => {
  const { simulator, admin } = await givenCluster();
  const before = simulator.requests.length;
  const cluster = givenClientOf(simulator, { credentials: bearing("access-v1:unknown") });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "answer", status: 401 });
  expect(error.message).not.toContain("access-v1");
  expect(simulator.requests.slice(before)).toHaveLength(1);
  expect(admin.bearerToken).toBeDefined();
});

test("a 401 without a body is an answer like any other", async () => {
  const { simulator } = await givenCluster({ variations: { emptyUnauthorized: true } });
  const cluster = givenClientOf(simulator, { credentials: bearing("access-v1:unknown") });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "answer", status: 401, errorClass: undefined, description: undefined });
});

test("whether a password is right can be asked", async () => {
  const { simulator, user } = await givenCluster({ localUsers: ["svc"] });
  const cluster = givenClientOf(simulator);

  expect(await cluster.sessions.isPassword("svc", new Secret(user("svc").password))).toBe(true);
  expect(await cluster.sessions.isPassword("svc", new Secret("Wrong-Passw0rd"))).toBe(false);
});

test("a wait for the login ends with its own signal, and the login goes on for whoever else waits", async () => {
  const { simulator } = await givenCluster();
  const cluster = givenClientOf(simulator);
  const stop = new AbortController();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  simulator.failNext({ path: new RegExp(loginPath), with: { kind: "hold", meanwhile: async () => held } });
  const stopped = failureOf(cluster.until(stop.signal).sessions.whoAmI());
  const going = cluster.sessions.whoAmI();

  stop.abort();
  const error = await stopped;
  release();

  expect(error.kind).toBe("aborted");
  expect((await going).name).toBe("admin");
});
