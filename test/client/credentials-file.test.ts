import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { basename, join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { readCredentialsFile, readStoredCredentials } from "../../src/client/credentials-file.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function givenFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "credentials-"));
  folders.push(folder);
  return folder;
}

async function givenFile(content: string): Promise<string> {
  const path = join(await givenFolder(), "credentials");
  await writeFile(path, content);
  return path;
}

test.each([
  '{"bearer_token": "session-v1:x", "version": 1}\n',
  '{"version": 1, "bearer_token": "session-v1:x", "more": 1}',
])("the file %j holds a bearer token", async (content) => {
  const found = await readCredentialsFile(await givenFile(content));

  expect(found.kind === "bearer-token" && found.bearerToken.reveal()).toBe("session-v1:x");
});

test.each(["", " \n"])("the empty file %j says that nobody is logged in", async (content) => {
  expect((await readCredentialsFile(await givenFile(content))).kind).toBe("none");
});

test.each([
  "secret-text",
  "[]",
  '{"version": 2, "bearer_token": "secret-text"}',
  '{"version": 1}',
  '{"version": 1, "bearer_token": ""}',
])("the file %j is refused without repeating it", async (content) => {
  const found = await readCredentialsFile(await givenFile(content));

  expect(found.kind).toBe("unreadable");
  expect(JSON.stringify(found)).not.toContain("secret-text");
});

test("a file that is not there says that nobody is logged in", async () => {
  expect((await readCredentialsFile(join(await givenFolder(), "absent"))).kind).toBe("none");
});

test("what qq stored for the host and port comes before the one file of older releases", async () => {
  const home = await givenFolder();
  await writeFile(join(home, ".qfsd_cred"), '{"version": 1, "bearer_token": "old"}');
  const store = { host: "Cluster.Example.com", port: 8000, home };
  const tokenOf = async (options: Parameters<typeof readStoredCredentials>[0]): Promise<string | undefined> => {
    const found = await readStoredCredentials(options);
    return found.kind === "bearer-token" ? found.bearerToken.reveal() : undefined;
  };

  expect(await tokenOf(store)).toBe("old");

  await mkdir(join(home, ".config", "qumulo", "credentials"), { recursive: true });
  await writeFile(
    join(home, ".config", "qumulo", "credentials", "cluster.example.com_8000"),
    '{"version": 1, "bearer_token": "new"}',
  );

  expect(await tokenOf(store)).toBe("new");
  expect(await tokenOf({ ...store, port: 8001 })).toBe("old");
  expect(await tokenOf({ ...store, configHome: "relative/is/ignored" })).toBe("new");
  expect(await tokenOf({ ...store, configHome: join(home, "elsewhere") })).toBe("old");
});

test("an empty home means the one that the system knows, not the current folder", async () => {
  const folder = await givenFolder();
  const store = join(folder, ".config", "qumulo", "credentials");
  const host = `${basename(folder)}.example`;
  const before = process.cwd();
  await mkdir(store, { recursive: true });
  await writeFile(join(store, `${host.toLowerCase()}_8000`), '{"version": 1, "bearer_token": "planted"}');

  process.chdir(folder);
  const stored = await readStoredCredentials({ host, port: 8000, home: "" }).finally(() => {
    process.chdir(before);
  });

  expect(stored).toEqual(await readStoredCredentials({ host, port: 8000, home: userInfo().homedir }));
});

test("without anything stored, nobody is logged in", async () => {
  expect((await readStoredCredentials({ host: "c", port: 8000, home: await givenFolder() })).kind).toBe("none");
});
