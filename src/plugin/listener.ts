import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findVariable } from "./environment.ts";
import type { ListenAddress } from "./handshake.ts";

/** A bound server. */
export interface Listener {
  readonly address: ListenAddress;
  /** Removes what is left on disk. */
  remove(): void;
}

/** The longest path that every system takes for a socket, in bytes: macOS has 104 with the final zero. */
const longestSocketPath = 103;

/**
 * Binds a server where only this user reaches it: to a socket in a fresh directory, or to a free port of 127.0.0.1 on
 * Windows and where the path would be too long.
 *
 * @param env - `PLUGIN_UNIX_SOCKET_DIR` and `PLUGIN_UNIX_SOCKET_GROUP` choose another directory, and a group that may
 *   connect as well
 * @throws {Error} when nothing can be bound, or the group does not exist
 */
export async function listen(server: Server, env: NodeJS.ProcessEnv): Promise<Listener> {
  const parent = resolve(findVariable(env, "PLUGIN_UNIX_SOCKET_DIR") ?? tmpdir());
  const isTooLong = Buffer.byteLength(join(parent, "plugin-XXXXXX", "rpc")) > longestSocketPath;
  if (process.platform === "win32" || isTooLong) return listenOnPort(server);
  return listenOnSocket(server, parent, findVariable(env, "PLUGIN_UNIX_SOCKET_GROUP"));
}

async function listenOnSocket(server: Server, parent: string, group: string | undefined): Promise<Listener> {
  const directory = mkdtempSync(join(parent, "plugin-")); // mode 0700
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const path = join(directory, "rpc");
    await bound(server, () => server.listen(path));
    if (group !== undefined) openToGroup(directory, path, groupId(group));
    return { address: { network: "unix", address: path }, remove };
  } catch (error) {
    server.close();
    remove();
    throw error;
  }
}

async function listenOnPort(server: Server): Promise<Listener> {
  await bound(server, () => server.listen(0, "127.0.0.1"));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a server on a port has an address");
  return { address: { network: "tcp", address: `127.0.0.1:${address.port}` }, remove: () => undefined };
}

async function bound(server: Server, start: () => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      server.off("error", reject);
      resolve();
    });
    start();
  });
}

function openToGroup(directory: string, path: string, gid: number): void {
  chownSync(path, -1, gid);
  chmodSync(path, 0o660);
  chownSync(directory, -1, gid);
  chmodSync(directory, 0o710);
}

/** A number, or a name from the system's list of groups. */
function groupId(group: string): number {
  if (/^\d+$/.test(group)) return Number(group);
  const line = readFileSync("/etc/group", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${group}:`));
  const gid = line?.split(":")[2];
  if (gid === undefined) throw new Error(`PLUGIN_UNIX_SOCKET_GROUP is ${group}, and there is no such group here`);
  return Number(gid);
}
