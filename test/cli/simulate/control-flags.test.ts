import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ControlClient } from "../../../src/simulator/index.ts";
import { givenSimulator, type Printed } from "../given-simulator.ts";
import { runCommand } from "../run-command.ts";

type Told = Printed & { readonly control_url?: string; readonly control_socket?: string };

const secret = "a-secret-of-this-test";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "control-flags-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function givenControlled(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly told: Told; readonly stop: () => Promise<unknown> }> {
  const { printed, stop } = await givenSimulator(["--json", ...args], env);
  return { told: JSON.parse(printed) as Told, stop };
}

test("with a socket, programs of the same user move the clock and declare faults, until the simulator stops", async () => {
  const socket = path.join(folder, "control", "control.sock");
  const { told, stop } = await givenControlled(["--control-socket", socket, "--clock", "2030-01-31T12:00:00Z"]);
  const control = new ControlClient({ socket });

  const advanced = await control.advanceClock("90d");
  await control.declareFault("GET ** 503");
  const described = await control.describe();
  await stop();

  expect(told).toMatchObject({ control_socket: socket, port: described.port });
  expect(advanced).toEqual({ time: "2030-05-01T12:00:00.000Z", running: false });
  await expect(stat(socket)).rejects.toMatchObject({ code: "ENOENT" });
});

test("faults and seed of the command line are there for the control API, and a reset brings the seed back", async () => {
  const seed = path.join(folder, "seed.json");
  await writeFile(seed, '{ "version": 1, "users": [{ "name": "svc-backup" }] }');
  const socket = path.join(folder, "control", "control.sock");
  const args = ["--control-socket", socket, "--seed", seed, "--fault", "GET /v1/users/ 503 x2"];
  const { stop } = await givenControlled(args);
  const control = new ControlClient({ socket });

  const faults = await control.listFaults();
  await control.replaceCluster({ version: 1 });
  await control.reset();
  const { users } = await control.exportSeed();
  await stop();

  expect(faults).toEqual([{ fault: "GET /v1/users/ 503 x2", left: 2, skip: 0 }]);
  expect(users?.map(({ name }) => name)).toContain("svc-backup");
});

test("at a port, the secret comes from the environment or from a file, which wins, and is not printed", async () => {
  const file = path.join(folder, "secret");
  await writeFile(file, `${secret}\n`);
  const env = { QUMULO_SIMULATOR_CONTROL_SECRET: "another-secret-of-this-test" };
  const byEnvironment = await givenControlled(["--control-port", "0"], env);
  const byFile = await givenControlled(["--control-port", "0", "--control-secret-file", file], env);

  for (const [{ told }, known] of [
    [byEnvironment, env.QUMULO_SIMULATOR_CONTROL_SECRET],
    [byFile, secret],
  ] as const) {
    const control = new ControlClient({ url: told.control_url ?? "", secret: known });
    expect(await control.readClock()).toMatchObject({ running: true });
    expect(JSON.stringify(told)).not.toContain(known);
  }
  await byEnvironment.stop();
  await byFile.stop();
});

test("a program after -- finds the control API in its environment", async () => {
  const file = path.join(folder, "secret");
  await writeFile(file, secret);
  const out = path.join(folder, "environment");
  const print = `require("fs").writeFileSync(${JSON.stringify(out)}, JSON.stringify(process.env))`;

  const { exitCode } = await runCommand(
    ["simulate", "--control-port", "0", "--control-secret-file", file, "--", process.execPath, "-e", print],
    { env: { PATH: process.env["PATH"] } },
  );

  expect(exitCode).toBe(0);
  expect(JSON.parse(await readFile(out, "utf8"))).toMatchObject({
    QUMULO_SIMULATOR_CONTROL_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    QUMULO_SIMULATOR_CONTROL_SECRET: secret,
  });
});

test("a clock that a file moves is not moved by the control API", async () => {
  const file = path.join(folder, "clock");
  await writeFile(file, "2030-01-31T12:00:00Z");
  const socket = path.join(folder, "control", "control.sock");
  const { stop } = await givenControlled(["--control-socket", socket, "--clock-file", file]);

  await expect(new ControlClient({ socket }).advanceClock("1d")).rejects.toMatchObject({ code: "foreign_clock" });

  await stop();
});

test.each([
  { args: ["--control-port", "0"], status: 2, message: "--control-port needs a secret" },
  { args: ["--control-port", "0", "--control-socket", "./x/y"], status: 2, message: "exclude each other" },
  {
    args: ["--control-host", "::1"],
    status: 2,
    message: "--control-host goes with --control-port, which is not given.",
  },
  { args: ["--control-secret-file", "x"], status: 2, message: "--control-secret-file goes with --control-port" },
  {
    args: ["--control-port", "0", "--control-secret-file", "/not/there"],
    status: 1,
    message: "cannot be read: ENOENT",
  },
  {
    args: ["--control-port", "0", "--control-secret-file", "/dev/null"],
    status: 2,
    message: "at least 16 visible ASCII",
  },
  { args: ["--control-socket", "/usr/control.sock"], status: 1, message: "/usr " },
])("$args are refused", async ({ args, status, message }) => {
  const { exitCode, error, out } = await runCommand(["simulate", "--port", "0", ...args]);

  expect({ exitCode, out }).toEqual({ exitCode: status, out: "" });
  expect(error).toContain(message);
});

test("--ping ends with 0 while a cluster answers, and with 1 when none does", async () => {
  const { told, stop } = await givenControlled([]);
  const asked = ["simulate", "--ping", "--port", String(told.port)];

  const alive = await runCommand(asked);
  await stop();
  const gone = await runCommand(asked);

  expect(alive).toEqual({ exitCode: 0, out: "", error: "" });
  expect(gone.exitCode).toBe(1);
  expect(gone.error).toMatch(/^error: No cluster answers at 127\.0\.0\.1 port \d+: connect ECONNREFUSED/);
});

test("--ping refuses what is about a cluster that it would start", async () => {
  const { exitCode, error } = await runCommand(["simulate", "--ping", "--seed", "seed.json"]);

  expect(exitCode).toBe(2);
  expect(error).toBe("error: --ping asks a cluster that runs, and ends: leave --seed out.\n");
});
