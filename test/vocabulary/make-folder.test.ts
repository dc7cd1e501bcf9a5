import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { makeFolder } from "../../src/vocabulary/make-folder.ts";

let ground = "";

beforeEach(async () => {
  ground = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-folder-"));
});

afterEach(async () => rm(ground, { recursive: true }));

test("a folder is made with those above it, for whom it is meant, and may be there already", async () => {
  const folder = path.join(ground, "a/b/c");

  await makeFolder(folder, 0o700);
  await makeFolder(folder, 0o755);

  for (const made of [folder, path.dirname(folder)]) expect((await stat(made)).mode & 0o777).toBe(0o700);
});

test("many who make the same folder at the same time all have it", async () => {
  await Promise.all(Array.from({ length: 20 }, async () => makeFolder(path.join(ground, "a/b/c/d"))));

  expect((await stat(path.join(ground, "a/b/c/d"))).isDirectory()).toBe(true);
});

test.each([
  ["is a file", "file", "EEXIST"],
  ["is below a file", "file/a/b", "ENOTDIR"],
  ["is a link that leads nowhere", "nowhere", "ENOENT"],
  ["is below a link that leads nowhere", "nowhere/a", "ENOENT"],
])("a folder that %s is not made", async (_case, name, code) => {
  await writeFile(path.join(ground, "file"), "");
  await symlink(path.join(ground, "no/such"), path.join(ground, "nowhere"));

  await expect(makeFolder(path.join(ground, name))).rejects.toMatchObject({ code });
});

test("a folder below /proc is refused, and not tried for ever", async () => {
  await expect(makeFolder("/proc/none/a/b")).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
});
