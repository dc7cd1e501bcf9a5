import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { startSimulator } from "../../src/simulator/index.ts";
import { environmentOf } from "./run-command.ts";

const root = path.resolve(__dirname, "../..");
let folder: string;
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-bin-"));
  program = path.join(folder, "cdktf-qumulo.cjs");
  const esbuild = path.join(root, "node_modules/.bin/esbuild");
  const source = path.join(root, "src/bin/cdktf-qumulo.ts");
  const flags = [
    "--bundle",
    "--platform=node",
    "--format=cjs",
    "--log-level=error",
    "--external:libsql",
    `--outfile=${program}`,
  ];
  await promisify(execFile)(esbuild, [source, ...flags]);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Starts a simulator and waits until it listens. */
async function givenSimulator(): Promise<{ child: ChildProcess; url: string; caFile: string; error: () => string }> {
  const child = spawn(process.execPath, [program, "simulate", "--port", "0", "--json"], {
    env: { PATH: process.env["PATH"], TMPDIR: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let error = "";
  child.stderr.on("data", (text: Buffer) => (error += text.toString()));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { url, ca_file: caFile } = JSON.parse(line) as { url: string; ca_file: string };
  return { child, url, caFile, error: () => error };
}

test.each(["SIGINT", "SIGTERM"] as const)("%s ends the simulator in order", async (signal) => {
  const { child, caFile, error } = await givenSimulator();

  child.kill(signal);
  const ended = (await once(child, "close")) as unknown[];

  expect({ ended, error: error() }).toEqual({ ended: [0, null], error: "" });
  await expect(stat(caFile)).rejects.toMatchObject({ code: "ENOENT" });
});

/** Waits for a signal, asks the cluster then, and says what it has got. */
const cleaner = `
const { QUMULO_HOST: host, QUMULO_PORT: port, QUMULO_CA_FILE: file } = process.env;
const ca = require("node:fs").readFileSync(file);
setInterval(() => undefined, 60_000);
for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => {
  require("node:https").get({ host, port, ca, path: "/v1/version" }, ({ statusCode }) => {
    console.log(name, statusCode);
    process.exit(0);
  });
});
console.log("ready");`;

test.each([
  ["SIGINT", "all of the terminal's group", (pid: number) => -pid],
  ["SIGTERM", "the simulator alone", (pid: number) => pid],
] as const)("on %s to %s, a program that is run cleans up on the cluster first", async (signal, _whom, to) => {
  const child = spawn(process.execPath, [program, "simulate", "--", process.execPath, "-e", cleaner], {
    env: { PATH: process.env["PATH"], TMPDIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const lines = createInterface(child.stdout);
  await once(lines, "line");

  process.kill(to(child.pid ?? Number.NaN), signal);
  const [told] = (await once(lines, "line")) as [string];

  expect(told).toBe(`${signal} 200`);
  expect(await once(child, "close")).toEqual([0, null]);
});

test("without anybody who reads its warnings the simulator goes on", async () => {
  const { child, url, caFile } = await givenSimulator();
  child.stderr?.destroy();
  const ca = await readFile(caFile);

  for (let request = 0; request < 5; request += 1) {
    const sent = get(`${url}/v1/nothing`, { ca, agent: false });
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(404);
  }
  child.kill();

  expect(await once(child, "exit")).toEqual([0, null]);
});

test("without a folder for temporary files the simulator says what to do", async () => {
  const child = spawn(process.execPath, [program, "simulate", "--port", "0"], {
    env: { PATH: process.env["PATH"], TMPDIR: path.join(folder, "missing") },
  });
  let error = "";
  child.stderr.on("data", (text: Buffer) => (error += text.toString()));

  const [code] = (await once(child, "close")) as [number];

  expect(code).toBe(1);
  expect(error).toMatch(
    /^(warning: .*\n)?error: The certificate cannot be written .* Name another one with TMPDIR, .*\n$/,
  );
});

test("a refused command leaves nothing in the temporary folder", async () => {
  const before = await readdir(folder);
  const child = spawn(process.execPath, [program, "simulate", "--port", "0", "--admin-password", "short"], {
    env: { PATH: process.env["PATH"], TMPDIR: folder },
  });

  const [code] = (await once(child, "close")) as [number];

  expect(code).toBe(2);
  expect(await readdir(folder)).toEqual(before);
});

test.each([
  ["thrown", "setTimeout(() => { throw new TypeError('pass-word-of-somebody'); }, 20);"],
  ["rejected", "setTimeout(() => { void Promise.reject(new TypeError('pass-word-of-somebody')); }, 20);"],
])("an error that nobody expects, %s, is one line that can be reported, without its text", async (_, script) => {
  const preloaded = path.join(folder, "crash.cjs");
  await writeFile(preloaded, script);

  const child = spawn(process.execPath, ["--require", preloaded, program, "simulate", "--port", "0"], {
    env: { PATH: process.env["PATH"], TMPDIR: folder },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let error = "";
  child.stderr.on("data", (text: Buffer) => (error += text.toString()));
  const ended: unknown = await once(child, "close");

  const line = error.split("\n").find((text) => text.startsWith("error: ")) ?? "";
  expect(ended).toEqual([2, null]);
  expect(line).toMatch(
    /^error: cdktf-qumulo met an unexpected error: TypeError at crash\.cjs:1:\d+ .*Please report this line/,
  );
  expect(error).not.toContain("pass-word-of-somebody");
  expect(error).not.toMatch(/^\s+at /m);
});

/** A pipe that a program waits at, so that whoever opens it for writing knows that the program has come so far. */
async function givenPipe(name: string): Promise<string> {
  const pipe = path.join(folder, name);
  await promisify(execFile)("mkfifo", [pipe]);
  return pipe;
}

test.each([
  ["SIGINT", "audit"],
  ["SIGTERM", "audit"],
  ["SIGINT", "simulate --port 0 --seed"],
  ["SIGTERM", "simulate --port 0 --seed"],
] as const)("%s ends %s at once while it reads: nothing waits for a handler", async (signal, command) => {
  const pipe = await givenPipe(`${command} ${signal}`);
  const args = [program, ...command.split(" "), pipe];
  const child = spawn(process.execPath, args, { env: { TMPDIR: folder }, stdio: "ignore" });
  const ended = once(child, "close");
  const writer = await open(pipe, "w");

  child.kill(signal);

  expect(await ended).toEqual([null, signal]);
  await writer.close();
});

test("SIGINT in the middle of a conformance run leaves nothing on the cluster", async () => {
  let made = 0;
  const running: { child?: ChildProcess } = {};
  const simulator = await startSimulator({
    onRequest: ({ method }) => {
      if (method === "POST" && (made += 1) === 40) running.child?.kill("SIGINT");
    },
  });
  const contents = () => ({ ...simulator.exportSeed(), cluster: undefined });
  const before = contents();

  const child = spawn(process.execPath, [program, "conformance", "--yes"], {
    env: {
      PATH: process.env["PATH"],
      ...environmentOf(simulator),
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  running.child = child;
  let error = "";
  child.stderr.on("data", (text: Buffer) => (error += text.toString()));
  const ended = (await once(child, "close")) as unknown[];
  const after = contents();
  await simulator.close();

  expect({ ended, after }).toEqual({ ended: [3, null], after: before });
  expect(error).toMatch(/^What is made .+\nStopping: what was made is removed first\..+\n$/);
  expect(made).toBeGreaterThanOrEqual(40);
});
