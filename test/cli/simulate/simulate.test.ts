import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { getStatus, givenSimulator } from "../given-simulator.ts";
import { runCommand } from "../run-command.ts";

test("with --json one line tells all that a program needs", async () => {
  const simulator = await givenSimulator(["--json"], { QUMULO_SIMULATOR_ADMIN_PASSWORD: "Test-Password-1" });

  const line = JSON.parse(simulator.printed) as Record<string, string>;
  const status = await getStatus(line["url"] ?? "", line["ca_file"] ?? "");
  const { exitCode, out, error } = await simulator.stop();

  expect(line).toEqual({
    url: `https://127.0.0.1:${line["port"] ?? ""}`,
    host: "127.0.0.1",
    port: expect.any(Number),
    ca_file: expect.stringMatching(/^\/.*\.pem$/),
    certificate_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    username: "admin",
    password: "Test-Password-1",
  });
  expect(status).toBe(200);
  expect({ exitCode, error, lines: out.split("\n").length }).toEqual({ exitCode: 0, error: "", lines: 2 });
});

test("when it stops, its certificate file is gone", async () => {
  const simulator = await givenSimulator(["--json"]);
  const { ca_file: file } = JSON.parse(simulator.printed) as { ca_file: string };

  await simulator.stop();

  await expect(stat(path.dirname(file))).rejects.toMatchObject({ code: "ENOENT" });
});

test("for people it prints what to type for the provider and for qq", async () => {
  const simulator = await givenSimulator(["--admin-password", "It's-A-Password-1"]);
  await simulator.stop();

  expect(simulator.printed).toMatch(/^A simulated cluster listens at https:\/\/127\.0\.0\.1:\d+\n/);
  expect(simulator.printed).toContain("export QUMULO_HOST=127.0.0.1\n");
  expect(simulator.printed).toMatch(/export QUMULO_PORT=\d+\n/);
  expect(simulator.printed).toContain("export QUMULO_USERNAME=admin\n");
  expect(simulator.printed).toContain(`export QUMULO_PASSWORD='It'\\''s-A-Password-1'\n`);
  expect(simulator.printed).toMatch(/export QUMULO_CA_FILE=\/\S+\.pem\n/);
  expect(simulator.printed).toMatch(/qq --host 127\.0\.0\.1 --port \d+ login --username admin\n/);
});

test("a password from the environment stays there: what a service prints is kept in logs", async () => {
  const simulator = await givenSimulator([], { QUMULO_SIMULATOR_ADMIN_PASSWORD: "From-Environment-1" });
  await simulator.stop();

  expect(simulator.printed).toContain("  password     that of QUMULO_SIMULATOR_ADMIN_PASSWORD\n");
  expect(simulator.printed).toContain('  export QUMULO_PASSWORD="$QUMULO_SIMULATOR_ADMIN_PASSWORD"\n');
  expect(simulator.printed).not.toContain("From-Environment-1");
});

test("the flag for the password wins over the environment", async () => {
  const env = { QUMULO_SIMULATOR_ADMIN_PASSWORD: "From-Environment-1" };
  const simulator = await givenSimulator(["--json", "--admin-password", "From-The-Flag-1"], env);
  await simulator.stop();

  expect(simulator.printed).toContain("From-The-Flag-1");
});

test("without a password each simulator gets one of its own", async () => {
  const [one, other] = await Promise.all([givenSimulator(["--json"]), givenSimulator(["--json"])]);
  await Promise.all([one.stop(), other.stop()]);

  const passwords = [one, other].map(({ printed }) => (JSON.parse(printed) as { password: string }).password);
  expect(passwords[0]).not.toBe(passwords[1]);
  expect(passwords[0]?.length).toBeGreaterThan(20);
});

test("the request log gets one JSON line for each request, and keeps those of earlier runs", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "request-log-"));
  const log = path.join(folder, "requests.jsonl");
  for (let run = 0; run < 2; run += 1) {
    const simulator = await givenSimulator(["--json", "--request-log", log]);
    const line = JSON.parse(simulator.printed) as { url: string; ca_file: string };
    await getStatus(line.url, line.ca_file);
    await simulator.stop();
  }

  const lines = (await readFile(log, "utf8")).trim().split("\n");
  await rm(folder, { recursive: true });

  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
    [1, 2].map(() => ({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      method: "GET",
      path: "/v1/version",
      route: "/v1/version",
      status: 200,
      milliseconds: expect.any(Number),
    })),
  );
});

test("a taken port is refused with what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;

  const { exitCode, error } = await runCommand(["simulate", "--port", String(port)]);
  other.close();

  expect(exitCode).toBe(1);
  expect(error).toBe(
    `error: Port ${port} is taken: another program listens there. Choose another one with --port N, or --port 0 for any free one.\n`,
  );
});

test("a password that no cluster takes is refused without repeating it", async () => {
  const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--admin-password", "short"]);

  expect(exitCode).toBe(2);
  expect(error).toMatch(/^error: The password for admin is not one that a cluster takes\./);
  expect(error).not.toContain('"short"');
});

test("a request log that cannot be written is refused", async () => {
  const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--request-log", "/not/there/log"]);

  expect(exitCode).toBe(1);
  expect(error).toContain("error: --request-log /not/there/log cannot be written: ");
});

test("a request log on a disk that is full is told once, and the cluster goes on", async () => {
  const simulator = await givenSimulator(["--json", "--request-log", "/dev/full"]);
  const line = JSON.parse(simulator.printed) as { url: string; ca_file: string };

  const statuses = [1, 2, 3].map(async () => getStatus(line.url, line.ca_file));
  const answered = await Promise.all(statuses);
  const { exitCode, error } = await simulator.stop();

  expect(answered).toEqual([200, 200, 200]);
  expect(exitCode).toBe(0);
  expect(error).toMatch(/^warning: --request-log \/dev\/full cannot be written any more: ENOSPC[^\n]*\n$/);
});

test("counters that cannot be written are refused at the start", async () => {
  const { exitCode, out, error } = await runCommand(["simulate", "--port", "0", "--counters", "/not/there/counters"]);

  expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
  expect(error).toMatch(/^error: --counters \/not\/there\/counters cannot be written: ENOENT[^\n]*\n$/);
});

test.each([
  ["--host", "address"],
  ["--admin-password", "password"],
  ["--cluster-name", "name"],
])("an empty %s is refused, and stands for nothing else", async (flag, what) => {
  const { exitCode, error } = await runCommand(["simulate", "--port", "0", `${flag}=`]);

  expect(exitCode).toBe(2);
  expect(error).toContain(`option '${flag} <`);
  expect(error).toMatch(new RegExp(`It is empty: give an? ${what}, or leave the flag out\\.`));
});

test.each([
  ["--port", "65536", "65535"],
  ["--port", "-1", "65535"],
  ["--port", "http", "65535"],
  ["--port", "80.5", "65535"],
  ["--port", "", "65535"],
  ["--latency", "60001", "60000"],
  ["--latency", "fast", "60000"],
])("%s %j is refused with the flag, the value and what is accepted", async (flag, value, most) => {
  const { exitCode, error } = await runCommand(["simulate", `${flag}=${value}`]);

  expect(exitCode).toBe(2);
  expect(error).toContain(`error: option '${flag}`);
  expect(error).toContain(`argument '${value}' is invalid. Give a whole number from 0 to ${most}.`);
});

test("the longest latency is accepted", async () => {
  const simulator = await givenSimulator(["--json", "--latency", "60000"]);

  const { exitCode } = await simulator.stop();

  expect(exitCode).toBe(0);
});
