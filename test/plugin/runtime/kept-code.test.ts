import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";
import type { V8Flag } from "../../../src/plugin/runtime/v8-flags.ts";

let programs: string;
let folder: string;

beforeAll(() => {
  programs = mkdtempSync(path.join(tmpdir(), "program-"));
  const source = path.join(programs, "program.ts");
  const runtime = path.resolve(__dirname, "../../../src/plugin/runtime");
  writeFileSync(
    source,
    `import { keepCode } from ${JSON.stringify(path.join(runtime, "kept-code.ts"))};
     import { setFlags } from ${JSON.stringify(path.join(runtime, "v8-flags.ts"))};
     setFlags(JSON.parse(process.argv[4]));
     keepCode(require("node:path").dirname(process.argv[3]), process.argv[2]);
     process.stdout.write(JSON.stringify(require(process.argv[3])));`,
  );
  buildSync({
    entryPoints: [source],
    outfile: path.join(programs, "program.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
  });
});

afterAll(() => {
  rmSync(programs, { recursive: true, force: true });
});

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kept-"));
  writeFileSync(path.join(folder, "beside.js"), "module.exports = 'beside';");
  for (const name of ["kept", "other"]) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, "other", "other.js"), "module.exports = 'other';");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Loading {
  readonly kept?: string;
  /** Flags that the process sets for itself. */
  readonly flags?: readonly V8Flag[];
}

/** What a process says that keeps code in this folder and loads a file with this source. */
function load(source: string, { kept = path.join(folder, "kept"), flags = [] }: Loading = {}): unknown {
  const file = path.join(folder, "late.js");
  writeFileSync(file, source);
  const args = [path.join(programs, "program.cjs"), kept, file, JSON.stringify(flags)];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

function placeOfKept(): string {
  return path.join(folder, "kept", `${process.version}-${process.arch}`);
}

function allKeptFiles(): readonly string[] {
  return readdirSync(placeOfKept()).toSorted();
}

/** The files in which code of `late.js` is kept. */
function keptFiles(): readonly string[] {
  return allKeptFiles()
    .filter((name) => name.startsWith("late.js"))
    .map((name) => path.join(placeOfKept(), name));
}

function theKeptFile(): string {
  const [file = "", ...others] = keptFiles();
  expect(others).toEqual([]);
  return file;
}

const answer = "exports.answer = (() => 6 * 7)();";

test("what is kept is the user's alone, and is taken by the next process", () => {
  const first = load(answer);
  const { ino, mode } = statSync(theKeptFile());
  const second = load(answer);

  expect([first, second]).toEqual([{ answer: 42 }, { answer: 42 }]);
  expect(mode & 0o777).toBe(0o600);
  // It is written anew where V8 does not take it.
  expect(statSync(theKeptFile()).ino).toBe(ino);
});

test("what is kept is taken whatever flags the process has set for itself", () => {
  const flags = [{ flag: "--heap-growing-percent=50", usual: "--heap-growing-percent=0" }];
  load(answer, { flags });
  const { ino } = statSync(theKeptFile());

  expect([load(answer, { flags }), load(answer)]).toEqual([{ answer: 42 }, { answer: 42 }]);
  expect(statSync(theKeptFile()).ino).toBe(ino);
});

test("a source of the same length is another one", () => {
  load(answer);

  expect(load(answer.replace("7", "8"))).toEqual({ answer: 48 });
  expect(keptFiles()).toHaveLength(2);
});

const digestBytes = 32;

function withDigest(data: Buffer): Buffer {
  return Buffer.concat([createHash("sha256").update(data).digest(), data]);
}

test.each<[string, (kept: Buffer) => Buffer]>([
  ["is empty", () => Buffer.alloc(0)],
  ["is cut off", (kept) => kept.subarray(0, kept.length / 2)],
  ["is shorter than its digest", (kept) => kept.subarray(0, digestBytes - 1)],
  ["is a digest and nothing", () => withDigest(Buffer.alloc(0))],
  ["has another byte", (kept) => Buffer.from(kept.map((byte, at) => (at === kept.length - 9 ? byte ^ 1 : byte)))],
  [
    "is of another version of V8",
    (kept) => withDigest(Buffer.from(kept.subarray(digestBytes).map((byte, at) => (at === 4 ? byte ^ 1 : byte)))),
  ],
  ["is something else", () => withDigest(Buffer.from("something else"))],
])("a file that %s is not taken, and replaced", (_what, change) => {
  load(answer);
  const file = theKeptFile();
  const whole = readFileSync(file);
  writeFileSync(file, change(whole));

  const again = load(answer);

  expect(again).toEqual({ answer: 42 });
  expect(readFileSync(theKeptFile())).toHaveLength(whole.length);
});

test("a module finds what modules find", () => {
  const source = `module.exports = {
    beside: require("./beside.js"),
    names: [__filename, __dirname, require("node:path").basename(module.filename)],
    self: this === exports,
    resolved: require.resolve("./beside.js"),
    other: require("./other/other.js"),
  };`;

  const found = [load(source), load(source)];

  const expected = {
    beside: "beside",
    names: [path.join(folder, "late.js"), folder, "late.js"],
    self: true,
    resolved: path.join(folder, "beside.js"),
    other: "other",
  };
  expect(found).toEqual([expected, expected]);
  // Files of other programs are none of its business.
  expect(allKeptFiles().map((name) => name.replace(/-.*/, ""))).toEqual(["beside.js", "late.js"]);
});

test.each([
  ["does not exist", (place: string) => path.join(place, "no", "such", "folder")],
  ["is a file", (place: string) => path.join(place, "beside.js")],
])("a folder that %s is no reason to fail", (_what, choose) => {
  expect(load(answer, { kept: choose(folder) })).toEqual({ answer: 42 });
});
