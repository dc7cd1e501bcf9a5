import { EventEmitter, once } from "node:events";
import { request as sendRequest } from "node:https";
import { expect, test } from "@jest/globals";
import { type RequestLogEntry, SimulatorError, startSimulator } from "../../src/simulator/index.ts";
import { Secret } from "../../src/vocabulary/secret.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

test("admin signs in with the password that was given", async () => {
  const { signIn } = await givenCluster({ adminPassword: new Secret("Chosen-1234") });

  const party = await signIn("admin", "Chosen-1234");
  const reply = await party.get("/v1/session/who-am-i");

  expect(reply.body).toMatchObject({ id: "500", name: "admin" });
});

test("a password that a cluster would not take is refused before anything starts", async () => {
  const start = startSimulator({ adminPassword: "admin" });

  await expect(start).rejects.toBeInstanceOf(SimulatorError);
  await expect(start).rejects.toThrow(/at least 8 characters/);
});

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ latency: 5 }, 'There is no option latency. Did you mean "latencyMs"?'],
  [{ faults: [] }, "There is no option faults. These are known: port, host, dataFolder, "],
  [{ variations: { supportRoles: true } }, 'There is no variation supportRoles. Did you mean "supportRole"?'],
])("an option that is not known is refused before anything starts: %j", async (options, message) => {
  const start = startSimulator(options);

  await expect(start).rejects.toBeInstanceOf(SimulatorError);
  await expect(start).rejects.toThrow(message);
});

test("without a password every cluster has its own, which is not printed", async () => {
  const [first, second] = [await givenCluster(), await givenCluster()];

  expect(first.simulator.adminPassword.equals(second.simulator.adminPassword)).toBe(false);
  expect(JSON.stringify(first.simulator.adminPassword)).toBe('"[redacted]"');
});

test("url, host and port agree", async () => {
  const { simulator } = await givenCluster();

  expect(simulator.url).toBe(`https://127.0.0.1:${simulator.port}`);
  expect(simulator.host).toBe("127.0.0.1");
  expect(simulator.username).toBe("admin");
});

test("another loopback address is served under the same certificate", async () => {
  const { simulator, nobody } = await givenCluster({ host: "127.0.0.2" });

  const reply = await nobody.get("/v1/version");

  expect(reply.status).toBe(200);
  expect(simulator.url).toContain("127.0.0.2");
});

test("a taken port is an error that names it", async () => {
  const { simulator } = await givenCluster();

  const second = startSimulator({ port: simulator.port });

  await expect(second).rejects.toBeInstanceOf(SimulatorError);
  await expect(second).rejects.toThrow(new RegExp(`port ${simulator.port}.*another port`));
});

test("two clusters at the same time share nothing", async () => {
  const first = await givenCluster({ localUsers: ["svc"] });
  const second = await givenCluster();

  const names = (await second.admin.get("/v1/users/")).text;
  const foreign = await second.bearing(first.admin.bearerToken ?? "").get("/v1/session/who-am-i");

  expect(names).not.toContain("svc");
  expect(foreign.status).toBe(401);
});

test("every exchange is logged with time, method, path, status and duration, before its answer arrives", async () => {
  const told: RequestLogEntry[] = [];
  const clock = new SettableClock("2026-03-02T08:15:42.108Z");
  const { admin, simulator } = await givenCluster({ clock, onRequest: (entry) => told.push(entry) });

  await admin.get("/v1/auth/access-tokens/?limit=1");
  await admin.get("/v1/users/999");

  expect(simulator.requests).toEqual(told);
  expect(told.slice(-2)).toEqual([
    {
      time: "2026-03-02T08:15:42.108Z",
      method: "GET",
      path: "/v1/auth/access-tokens/?limit=1",
      route: "/v1/auth/access-tokens/",
      status: 200,
      milliseconds: expect.any(Number),
    },
    expect.objectContaining({ path: "/v1/users/999", status: 404 }),
  ]);
});

test("the log holds no passwords and no bearer tokens", async () => {
  const { admin, simulator } = await givenCluster({ localUsers: ["svc"] });
  const issued = await admin.post("/v1/auth/access-tokens/", { user: { name: "svc" } });

  const log = JSON.stringify(simulator.requests);

  expect(log).not.toContain(simulator.adminPassword.reveal());
  expect(log).not.toContain(admin.bearerToken);
  expect(log).not.toContain(issued.field("bearer_token"));
});

test("answers are held back by the latency", async () => {
  const { nobody } = await givenCluster({ latencyMs: 40 });
  const startedAt = performance.now();

  await nobody.get("/v1/version");

  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(39);
});

test("closing ends kept connections", async () => {
  const { simulator, nobody } = await givenCluster();
  await nobody.get("/v1/version");

  await simulator.close();

  await expect(nobody.get("/v1/version")).rejects.toThrow();
});

test("closing cuts answers that are still held back", async () => {
  const arrivals = new EventEmitter();
  const arrival = once(arrivals, "request");
  const clock = {
    now() {
      arrivals.emit("request");
      return new Date(0);
    },
  };
  const simulator = await startSimulator({ latencyMs: 60_000, clock });
  const { host, port, certificatePem: ca } = simulator;
  const request = sendRequest({ host, port, ca, path: "/v1/version" }).end();
  const cut = once(request, "error");
  await arrival;

  await simulator.close();

  await expect(cut).resolves.toEqual([expect.objectContaining({ code: "ECONNRESET" })]);
  expect(simulator.defects).toEqual([]);
});

test("closing twice is not an error", async () => {
  const { simulator } = await givenCluster();

  await simulator.close();

  await expect(simulator.close()).resolves.toBeUndefined();
});
