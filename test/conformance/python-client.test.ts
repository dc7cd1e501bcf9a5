import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { installPythonClient } from "../support/qq/python-client.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder for programs, and one for the cache. */
async function givenFolders(): Promise<{ readonly bin: string; readonly cache: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-python-"));
  folders.push(folder);
  const [bin, cache] = [path.join(folder, "bin"), path.join(folder, "cache")];
  await mkdir(bin);
  return { bin, cache };
}

test("without Python the run fails and says what to install", async () => {
  const { bin, cache } = await givenFolders();

  const installation = installPythonClient({ env: { PATH: bin }, cache });

  await expect(installation).rejects.toThrow(/apt-get install python3 python3-venv[^]*no python3 on the PATH/);
});

test("a Python that can install nothing leaves nothing in the cache", async () => {
  const { bin, cache } = await givenFolders();
  await writeFile(path.join(bin, "python3"), "#!/bin/sh\necho 'No module named pip' >&2\nexit 1\n");
  await chmod(path.join(bin, "python3"), 0o755);

  const installation = installPythonClient({ env: { PATH: bin }, cache });

  await expect(installation).rejects.toThrow(/with venv: No module named pip\nwith pip: No module named pip/);
  expect(await readdir(path.join(cache, "cdktf-qumulo", "python"))).toEqual([]);
});

test("a client that is in the cache is taken without installing anything", async () => {
  const { cache } = await givenFolders();
  const present = await installPythonClient({ env: process.env });
  await mkdir(path.join(cache, "cdktf-qumulo", "python"), { recursive: true });
  const place = path.join(cache, "cdktf-qumulo", "python", path.basename(present.folder));
  await symlink(present.folder, place);

  const client = await installPythonClient({ env: process.env, cache });

  expect(client).toMatchObject({ folder: place, qq: present.qq.replace(present.folder, place) });
});
