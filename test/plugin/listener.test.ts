import { afterEach, expect, test } from "@jest/globals";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { type Listener, listen, type ListenOptions } from "../../src/plugin/listener.ts";

const started: (() => void)[] = [];

afterEach(() => {
  for (const stop of started.splice(0)) stop();
});

async function givenListener(
  env: NodeJS.ProcessEnv,
  options: Omit<ListenOptions, "env"> = { isSecured: true },
): Promise<Listener> {
  const server: Server = createServer((socket) => socket.end());
  const listener = await listen(server, { env, ...options });
  started.push(() => {
    server.close();
    listener.remove();
  });
  return listener;
}

function givenDirectory(...inside: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), "listener-test-"));
  started.push(() => {
    rmSync(directory, { recursive: true });
  });
  const path = join(directory, ...inside);
  mkdirSync(path, { recursive: true });
  return path;
}

async function reaches(target: { readonly path: string } | { readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = "path" in target ? connect(target.path) : connect(target.port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => {
      resolve(false);
    });
  });
}

test("the socket is in a directory that nobody else can enter", async () => {
  const { address } = await givenListener({});

  expect(address.network).toBe("unix");
  expect(statSync(dirname(address.address)).mode & 0o777).toBe(0o700);
  expect(await reaches({ path: address.address })).toBe(true);
});

test("the directory is the one that the engine names", async () => {
  const directory = givenDirectory();

  const { address } = await givenListener({ PLUGIN_UNIX_SOCKET_DIR: directory });

  expect(dirname(dirname(address.address))).toBe(directory);
});

test("a directory that is named from here is told in full", async () => {
  const directory = givenDirectory();

  const { address } = await givenListener({ PLUGIN_UNIX_SOCKET_DIR: relative(process.cwd(), directory) });

  expect(dirname(dirname(address.address))).toBe(directory);
});

test("where the path is too long for a socket, it is in a short folder", async () => {
  const directory = givenDirectory("x".repeat(100));
  const shortFolder = givenDirectory();

  const { address } = await givenListener({ PLUGIN_UNIX_SOCKET_DIR: directory }, { isSecured: false, shortFolder });

  expect(address.network).toBe("unix");
  expect(dirname(dirname(address.address))).toBe(shortFolder);
  expect(statSync(dirname(address.address)).mode & 0o777).toBe(0o700);
});

test("where every path is too long, it is a port of this machine for whoever proves who they are, and else nothing", async () => {
  const directory = givenDirectory("x".repeat(100));
  const env = { PLUGIN_UNIX_SOCKET_DIR: directory };

  const { address } = await givenListener(env, { isSecured: true, shortFolder: directory });

  expect(address).toEqual({ network: "tcp", address: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  expect(await reaches({ port: Number(address.address.split(":")[1]) })).toBe(true);
  await expect(givenListener(env, { isSecured: false, shortFolder: directory })).rejects.toThrow(
    /too long a path.*Set TMPDIR to a short path/,
  );
});

test("the longest path that every system takes is still a socket there, and the next is elsewhere", async () => {
  const base = givenDirectory();
  const fitting = 103 - Buffer.byteLength(join(base, "plugin-XXXXXX", "rpc")) - 1;
  const directories = [fitting, fitting + 1].map((length) => join(base, "x".repeat(length)));
  for (const directory of directories) mkdirSync(directory);

  const listeners = await Promise.all(
    directories.map(async (directory) => givenListener({ PLUGIN_UNIX_SOCKET_DIR: directory })),
  );

  expect(listeners.map(({ address }) => address.address.startsWith(base))).toEqual([true, false]);
});

test.each([
  [0o777, "Other users may rename what is in"],
  [0o775, "Other users may rename what is in"],
])("without TLS, a folder that others may change (%i) is refused, and nothing is left behind", async (mode, text) => {
  const directory = givenDirectory();
  chmodSync(directory, mode);
  const env = { PLUGIN_UNIX_SOCKET_DIR: directory };

  const plain = listen(createServer(), { env, isSecured: false });

  await expect(plain).rejects.toThrow(text);
  expect(readdirSync(directory)).toEqual([]);
  await expect(givenListener(env, { isSecured: true })).resolves.toBeDefined();
});

test("without TLS, a folder that others may change only their own things in will do", async () => {
  const directory = givenDirectory();
  chmodSync(directory, 0o1777);

  const { address } = await givenListener({ PLUGIN_UNIX_SOCKET_DIR: directory }, { isSecured: false });

  expect(await reaches({ path: address.address })).toBe(true);
});

test("without TLS, no group is let in", async () => {
  const env = { PLUGIN_UNIX_SOCKET_GROUP: String(process.getgid?.() ?? 0) };

  await expect(listen(createServer(), { env, isSecured: false })).rejects.toThrow("PLUGIN_UNIX_SOCKET_GROUP");
});

test("a group that is named may connect as well", async () => {
  const group = process.getgid?.() ?? 0;

  const { address } = await givenListener({ PLUGIN_UNIX_SOCKET_GROUP: String(group) });

  const [socket, directory] = [statSync(address.address), statSync(dirname(address.address))];
  expect([socket.gid, socket.mode & 0o777]).toEqual([group, 0o660]);
  expect([directory.gid, directory.mode & 0o777]).toEqual([group, 0o710]);
});

test("a group that does not exist is refused by name, and nothing is left behind", async () => {
  const directory = givenDirectory();

  const env = { PLUGIN_UNIX_SOCKET_DIR: directory, PLUGIN_UNIX_SOCKET_GROUP: "no-such-group" };
  const attempt = listen(createServer(), { env, isSecured: true });

  await expect(attempt).rejects.toThrow("PLUGIN_UNIX_SOCKET_GROUP is no-such-group");
  expect(statSync(directory).nlink).toBe(2);
});

test("nothing is left on disk when it is over", async () => {
  const listener = await givenListener({});

  listener.remove();

  expect(existsSync(dirname(listener.address.address))).toBe(false);
});
