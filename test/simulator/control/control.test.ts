import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { AdjustableClock, ControlClient, serveControl, type SimulatorOptions } from "../../../src/simulator/index.ts";
import { type GivenCluster, givenCluster } from "../../support/simulator/given-cluster.ts";

const seed = { version: 1, users: [{ name: "svc-backup" }] } as const;
const start = new Date("2030-01-31T12:00:00.000Z");

let folder: string;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "control-"));
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(folder, { recursive: true });
});

async function givenControl(
  options: SimulatorOptions = {},
): Promise<GivenCluster & { readonly control: ControlClient; readonly socket: string }> {
  const clock = new AdjustableClock({ time: start, isRunning: false });
  const cluster = await givenCluster({ clock, seed, ...options });
  const socket = path.join(folder, "control", "control.sock");
  const offered = await serveControl(cluster.simulator, { socket, ...(options.clock === undefined ? { clock } : {}) });
  closing.push(offered.close);
  return { ...cluster, control: new ControlClient({ socket }), socket };
}

async function namesOf({ admin }: GivenCluster): Promise<readonly string[]> {
  return ((await admin.get("/v1/users/")).body as readonly { readonly name: string }[]).map(({ name }) => name);
}

test("a socket is for its owner alone, and so is its folder", async () => {
  const { socket } = await givenControl();

  const [file, parent] = [await stat(socket), await stat(path.dirname(socket))];

  expect(file.isSocket()).toBe(true);
  expect((file.mode & 0o777).toString(8)).toBe("600");
  expect((parent.mode & 0o777).toString(8)).toBe("700");
});

test("it tells where the cluster is and its certificate, and no secret", async () => {
  const { control, simulator } = await givenControl();

  const described = await control.describe();

  expect(described).toMatchObject({
    url: simulator.url,
    port: simulator.port,
    core_version: "7.8.2",
    username: "admin",
  });
  expect(described.certificate_pem).toBe(simulator.certificatePem);
  expect(JSON.stringify(described)).not.toContain(simulator.adminPassword.reveal());
});

test("a reset brings back the cluster, the clock and the request log of the start, and forgets faults", async () => {
  const given = await givenControl();
  const { control, admin, signIn, simulator } = given;
  await admin.post("/v1/users/", { name: "added", primary_group: "513", password: "Test-Password-1" });
  await control.advanceClock("2d");
  await control.declareFault("GET ** 503 x*");

  await control.reset();

  expect(await control.listFaults()).toEqual([]);
  expect((await control.readRequests()).total).toBe(0);
  expect(await control.readClock()).toEqual({ time: start.toISOString(), running: false });
  expect((await admin.get("/v1/users/")).status).toBe(401);
  const again = await signIn("admin", simulator.adminPassword.reveal());
  expect(await namesOf({ ...given, admin: again })).toEqual(["admin", "guest", "svc-backup"]);
});

test("a seed takes the place of the cluster, and an exported one brings it back", async () => {
  const given = await givenControl();
  const { control, signIn, simulator } = given;
  const before = await control.exportSeed();
  const names = async (): Promise<readonly string[]> =>
    namesOf({ ...given, admin: await signIn("admin", simulator.adminPassword.reveal()) });

  await control.replaceCluster({ version: 1, users: [{ name: "svc-report" }] });
  const replaced = await names();
  await control.replaceCluster(before);

  expect(replaced).toEqual(["admin", "guest", "svc-report"]);
  expect(await names()).toEqual(["admin", "guest", "svc-backup"]);
});

test("a cluster that was replaced is what a data folder holds", async () => {
  const dataFolder = path.join(folder, "cluster");
  const { control, simulator } = await givenControl({ dataFolder });

  await control.replaceCluster({ version: 1, users: [{ name: "svc-report" }] });
  await simulator.close();
  const reopened = await givenCluster({ dataFolder });

  expect(await namesOf(reopened)).toEqual(["admin", "guest", "svc-report"]);
});

test("a refused seed names each fault and changes nothing", async () => {
  const given = await givenControl();
  const bad = {
    version: 1,
    users: [
      { name: "x", pasword: "Secret-Text-1" },
      { name: "admin", id: "7" },
    ],
  };

  const refused = given.control.replaceCluster(bad as never);

  await expect(refused).rejects.toMatchObject({ code: "invalid_seed" });
  await expect(refused).rejects.toThrow(
    "PUT /v1/seed: No cluster can be made from the seed. The present one stays as it is.\n  users[0].pasword: there is no such field; did you mean password?",
  );
  await expect(refused).rejects.not.toThrow(/Secret-Text/);
  expect(await namesOf(given)).toEqual(["admin", "guest", "svc-backup"]);
});

test("a clock is set, advanced, stopped and let go on, and the cluster goes by it", async () => {
  const { control, admin } = await givenControl();
  const token = { user: { domain: "LOCAL", name: "svc-backup" }, expiration_time: "2030-03-01T00:00:00Z" };
  const created = await admin.post("/v1/auth/access-tokens/", token);

  const set = await control.setClock({ time: new Date("2030-02-01T00:00:00Z") });
  const advanced = await control.advanceClock("1d12h");
  const running = await control.setClock({ running: true });
  const stopped = await control.setClock({ running: false, time: new Date("2030-02-28T00:00:00Z") });

  expect(created.status).toBe(200);
  expect(set).toEqual({ time: "2030-02-01T00:00:00.000Z", running: false });
  expect(advanced).toEqual({ time: "2030-02-02T12:00:00.000Z", running: false });
  expect(running).toEqual({ time: expect.stringMatching(/^2030-02-02T12:/), running: true });
  expect(stopped).toEqual({ time: "2030-02-28T00:00:00.000Z", running: false });
  expect((await admin.get("/v1/users/")).headers["date"]).toBe("Thu, 28 Feb 2030 00:00:00 GMT");
});

test("a clock that belongs to the program is not moved", async () => {
  const { control } = await givenControl({ clock: { now: () => start } });

  for (const moved of [control.readClock(), control.advanceClock("1d"), control.setClock({ running: false })]) {
    await expect(moved).rejects.toMatchObject({ code: "foreign_clock" });
  }
});

test("faults are declared as text, listed with what is left of them, met, and cleared", async () => {
  const { control, admin } = await givenControl();

  await control.declareFault("GET /v1/users/ 503 x2  retry-after=1");
  await control.declareFault("POST ** reset x* skip=3");
  const first = await admin.get("/v1/users/");
  const listed = await control.listFaults();
  await control.clearFaults();
  const after = await admin.get("/v1/users/");

  expect([first.status, after.status]).toEqual([503, 200]);
  expect(listed).toEqual([
    { fault: "GET /v1/users/ 503 x2 retry-after=1", left: 1, skip: 0 },
    { fault: "POST ** reset x* skip=3", left: null, skip: 3 },
  ]);
  expect(await control.listFaults()).toEqual([]);
});

test("a fault that a program has declared is listed as well", async () => {
  const { control, simulator } = await givenControl();

  simulator.failNext({ method: "GET", path: /users/, with: { kind: "hang" } });

  expect(await control.listFaults()).toEqual([{ fault: "GET … hang", left: 1, skip: 0 }]);
});

test("the request log is read, its latest entries alone where asked, and emptied", async () => {
  const { control, admin, nobody } = await givenControl();
  await control.clearRequests();
  await admin.get("/v1/users/");
  await nobody.get("/v1/users/access-v1:AAAA");

  const all = await control.readRequests();
  const latest = await control.readRequests(1);
  await control.clearRequests();

  expect(all).toMatchObject({ total: 2, requests: [{ path: "/v1/users/", status: 200 }, { status: 401 }] });
  expect(latest).toMatchObject({ total: 2, requests: [{ path: "/v1/users/access-v1:[redacted]" }] });
  expect(await control.readRequests()).toEqual({ total: 0, requests: [] });
});

test("when it is closed its socket is gone, and the simulator goes on", async () => {
  const { socket, admin } = await givenControl();

  await closing.pop()?.();

  await expect(stat(socket)).rejects.toMatchObject({ code: "ENOENT" });
  expect((await admin.get("/v1/users/")).status).toBe(200);
});
