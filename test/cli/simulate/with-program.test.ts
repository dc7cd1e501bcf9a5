import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { runCommand } from "../run-command.ts";

let folder: string;
let seed: string;
let out: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "with-program-"));
  seed = path.join(folder, "seed.json");
  out = path.join(folder, "out.json");
  await writeFile(seed, JSON.stringify({ version: 1, cluster: { name: "lab" } }));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Asks the cluster that it finds, writes what it has found into a file, and ends with 3. */
const asks = `
const { QUMULO_HOST: host, QUMULO_PORT: port, QUMULO_CA_FILE: ca } = process.env;
require("node:https").get({ host, port, path: "/v1/version", ca: require("node:fs").readFileSync(ca) }, ({ statusCode }) => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("QUMULO_")));
  require("node:fs").writeFileSync(process.argv[1], JSON.stringify({ statusCode, env }));
  process.exit(3);
});`;

test("a program finds the cluster in its environment and no other, and gives the exit status", async () => {
  const env = {
    PATH: process.env["PATH"],
    QUMULO_HOST: "production.example.com",
    QUMULO_BEARER_TOKEN: "access-v1:production",
    QUMULO_INSECURE: "true",
    QUMULO_SIMULATOR_ADMIN_PASSWORD: "Test-Password-1",
    QUMULO_REQUEST_TIMEOUT: "9s",
  };

  const result = await runCommand(["simulate", "--seed", seed, "--", process.execPath, "-e", asks, out], { env });

  const told = JSON.parse(await readFile(out, "utf8")) as { env: Record<string, string> };
  expect(result).toEqual({ exitCode: 3, out: "", error: "" });
  expect(told).toEqual({
    statusCode: 200,
    env: {
      QUMULO_HOST: "127.0.0.1",
      QUMULO_PORT: expect.stringMatching(/^\d+$/),
      QUMULO_USERNAME: "admin",
      QUMULO_PASSWORD: "Test-Password-1",
      QUMULO_CA_FILE: expect.stringMatching(/ca\.pem$/),
      QUMULO_REQUEST_TIMEOUT: "9s",
    },
  });
  // Any free port, so that others may simulate as well.
  expect(told.env["QUMULO_PORT"]).not.toBe("8000");
  await expect(stat(told.env["QUMULO_CA_FILE"] ?? "")).rejects.toMatchObject({ code: "ENOENT" });
});

test.each([
  ["ends well", ["-e", ""], { exitCode: 0, error: "" }],
  ["is ended by a signal", ["-e", "process.kill(process.pid, 'SIGKILL')"], { exitCode: 137, error: "" }],
])("a program that %s", async (_what, args, expected) => {
  expect(await runCommand(["simulate", "--", process.execPath, ...args])).toMatchObject(expected);
});

test("a program that is not there is told by its name", async () => {
  const { exitCode, error } = await runCommand(["simulate", "--", "no-such-program", "--flag"]);

  expect(exitCode).toBe(127);
  expect(error).toContain("no-such-program cannot be run");
});

test.each([
  [["--json"], "leave --json out"],
  [["--export", "copy.json"], "leave the program out"],
])("%j has no meaning with a program", async (flags, advice) => {
  const { exitCode, error } = await runCommand(["simulate", ...flags, "--", "true"]);

  expect(exitCode).toBe(2);
  expect(error).toContain(advice);
});
