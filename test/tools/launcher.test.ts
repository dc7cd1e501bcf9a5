import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readLauncher } from "../../tools/launcher.ts";

let folder: string;
let program: string;

beforeEach(async () => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "launcher-")), `a "folder" of $HOME`);
  mkdirSync(folder);
  program = path.join(folder, "program");
  const found = `{ args: process.argv.slice(2), strict: (function () { return this; })() === undefined,
    extra: process.env.NODE_EXTRA_CA_CERTS, aside: process.env.CDKTF_QUMULO_EXTRA_CA_CERTS }`;
  writeFileSync(program, `${await readLauncher()}\n"use strict"; console.log(JSON.stringify(${found}))`);
  chmodSync(program, 0o755);
});

afterEach(() => {
  rmSync(path.dirname(folder), { recursive: true });
});

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): unknown {
  const { PATH } = process.env;
  const { stdout, stderr } = spawnSync(command, args, { env: { PATH, ...env }, encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("a program is run by Node.js, whatever its folder and its arguments are named", () => {
  const args = ["--debug", "$(false)", "two words", '"'];

  expect(run(program, args)).toEqual({ args, strict: true });
});

test("Node.js can be given the program as well", () => {
  expect(run(process.execPath, [program, "--version"])).toEqual({ args: ["--version"], strict: true });
});

test("authorities of the environment are set aside for the start", () => {
  const file = path.join(folder, "not; there");

  expect(run(program, [], { NODE_EXTRA_CA_CERTS: file })).toEqual({ args: [], strict: true, aside: file });
  expect(run(program, [], { NODE_EXTRA_CA_CERTS: "" })).toEqual({ args: [], strict: true, extra: "" });
});

test("where there is no Node.js, the engine is told in one line", () => {
  const { status, stdout, stderr } = spawnSync(program, [], { env: { PATH: folder }, encoding: "utf8" });

  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(stdout).toMatch(/^The provider could not start: it needs Node\.js 20\.18\.1 or later, .*\n$/);
});
