import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { writeWholeFiles } from "../../src/cli/whole-file.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-whole-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const filesAt = (...names: readonly string[]): readonly { file: string; text: string }[] =>
  names.map((name) => ({ file: path.join(folder, name), text: name }));

test("all files are written", async () => {
  await writeWholeFiles({ flag: "--output", files: filesAt("a", "b"), mode: 0o644 });

  expect((await readdir(folder)).toSorted()).toEqual(["a", "b"]);
  expect(await readFile(path.join(folder, "b"), "utf8")).toBe("b");
});

test("when the last one cannot be written, none is, and nothing else is left behind", async () => {
  const writing = writeWholeFiles({ flag: "--output", files: filesAt("a", "missing/b"), mode: 0o644 });

  await expect(writing).rejects.toThrow(`--output ${path.join(folder, "missing/b")} cannot be written: `);
  expect(await readdir(folder)).toEqual([]);
});

test("a file that cannot take its place leaves nothing beside it", async () => {
  await mkdir(path.join(folder, "b"));

  const writing = writeWholeFiles({ flag: "--output", files: filesAt("b"), mode: 0o644 });

  await expect(writing).rejects.toThrow(`--output ${path.join(folder, "b")} cannot be written: `);
  expect(await readdir(folder)).toEqual(["b"]);
});
