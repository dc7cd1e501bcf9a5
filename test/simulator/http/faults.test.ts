import { expect, test } from "@jest/globals";
import { type GivenCluster, givenCluster } from "../../support/simulator/given-cluster.ts";

const users = "/v1/users/";
const newUser = { name: "svc", primary_group: "513", password: "Test-1234" };

async function exists({ admin }: GivenCluster): Promise<boolean> {
  return (await admin.get(users)).text.includes(`"svc"`);
}

test("a failure before the commit leaves the cluster as it was, a failure after it does not", async () => {
  const before = await givenCluster();
  const after = await givenCluster();
  before.simulator.failNext({ method: "POST", path: /users/, with: { kind: "status", status: 503 } });
  after.simulator.failNext({ method: "POST", path: /users/, when: "after", with: { kind: "status", status: 503 } });

  const replies = [await before.admin.post(users, newUser), await after.admin.post(users, newUser)];

  expect(replies.map(({ status }) => status)).toEqual([503, 503]);
  expect([await exists(before), await exists(after)]).toEqual([false, true]);
});

test("a failure happens as often as declared, and then no more", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ times: 2, with: { kind: "status", status: 500 } });

  const replies = [await admin.get(users), await admin.get(users), await admin.get(users)];

  expect(replies.map(({ status }) => status)).toEqual([500, 500, 200]);
  expect(simulator.faultsLeft()).toBe(0);
});

test("a failure that is declared for no exchange happens to none", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ times: 0, with: { kind: "status", status: 500 } });

  const reply = await admin.get(users);

  expect(reply.status).toBe(200);
  expect(simulator.faultsLeft()).toBe(0);
});

test("only the method and path that were declared fail", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ method: "get", path: /^\/v1\/users\/\?x=1$/g, times: 5, with: { kind: "status", status: 500 } });

  const replies = [
    await admin.get(`${users}?x=1`),
    await admin.get(`${users}?x=1`),
    await admin.get(users),
    await admin.post(`${users}?x=1`, newUser),
  ];

  expect(replies.map(({ status }) => status)).toEqual([500, 500, 200, 200]);
  expect(simulator.faultsLeft()).toBe(3);
});

test("declared failures can be forgotten", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ times: 9, with: { kind: "hang" } });

  simulator.clearFaults();
  const reply = await admin.get(users);

  expect(reply.status).toBe(200);
  expect(simulator.faultsLeft()).toBe(0);
});

test("failures come in the order of their declaration", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ with: { kind: "status", status: 429, retryAfterSeconds: 7 } });
  simulator.failNext({ with: { kind: "status", status: 401 } });

  const first = await admin.get(users);
  const second = await admin.get(users);

  expect([first.status, first.headers["retry-after"], second.status]).toEqual([429, "7", 401]);
  expect(first.body).toMatchObject({ error_class: "http_too_many_requests_error", stack: [] });
});

test.each(["before", "after"] as const)("a reset %s the commit breaks the connection", async (when) => {
  const cluster = await givenCluster();
  cluster.simulator.failNext({ method: "POST", when, with: { kind: "reset" } });

  await expect(cluster.admin.post(users, newUser)).rejects.toMatchObject({ code: "ECONNRESET" });

  expect(await exists(cluster)).toBe(when === "after");
  expect(cluster.simulator.requests.map(({ status }) => status)).toContain(null);
});

test("an empty body and a broken one come with status 200", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ with: { kind: "empty-body" } });
  simulator.failNext({ with: { kind: "broken-json" } });
  simulator.failNext({ when: "after", with: { kind: "broken-json" } });

  const replies = [await admin.get(users), await admin.get(users), await admin.get(users)];

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(replies[0]?.text).toBe("");
  expect(replies.map(({ body }) => body)).toEqual([undefined, undefined, undefined]);
  expect(replies[2]?.text).toContain("admin");
});

test.each(["before", "after"] as const)(
  "an exchange can be held %s the commit while others are faster",
  async (when) => {
    const { admin, simulator } = await givenCluster();
    let seen: readonly number[] = [];
    const meanwhile = async () => {
      seen = [(await admin.post(users, newUser)).status];
    };
    simulator.failNext({ method: "POST", path: /users/, when, with: { kind: "hold", meanwhile } });

    const held = await admin.post(users, newUser);

    // The first of two users of one name is made, whichever came first.
    expect([held.status, ...seen]).toEqual(when === "before" ? [409, 200] : [200, 409]);
    expect(simulator.faultsLeft()).toBe(0);
  },
);

test("an exchange that hangs stays open until the cluster closes", async () => {
  const { admin, simulator } = await givenCluster();
  simulator.failNext({ method: "GET", path: /users/, with: { kind: "hang" } });

  const hanging = admin.get(users);
  const outcome = hanging.then(
    () => "answered",
    () => "cut",
  );
  while (!simulator.requests.some(({ status }) => status === null)) await admin.get("/v1/version");
  await simulator.close();

  await expect(outcome).resolves.toBe("cut");
});
