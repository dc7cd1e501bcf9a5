import { chmodSync, chownSync, mkdtempSync, readFileSync, rmdirSync, rmSync, unlinkSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findVariable } from "./environment.ts";
import type { ListenAddress } from "./handshake.ts";
import { whyNotPrivate } from "./private-folder.ts";

/** A bound server. */
export interface Listener {
  readonly address: ListenAddress;
  /** Removes what is left on disk. */
  remove(): void;
}

/** The longest path that every system takes for a socket, in bytes: macOS has 104 with the final zero. */
const longestSocketPath = 103;

/** How to bind a server. */
export interface ListenOptions {
  /** `PLUGIN_UNIX_SOCKET_DIR` and `PLUGIN_UNIX_SOCKET_GROUP` choose another folder, and a group that may connect as well. */
  readonly env: NodeJS.ProcessEnv;
  /**
   * Whether both ends authenticate each other. If they do not, everybody who can connect can read the passwords that engines
   * send, so only this user may be able to connect.
   */
  readonly isSecured: boolean;
  /**
   * A folder for sockets where the path would be too long otherwise.
   *
   * @default "/tmp"
   */
  readonly shortFolder?: string;
}

/**
 * Binds a server to a socket in a new folder that only this user can enter. If sockets are not possible, and both ends
 * authenticate each other, it binds to a free port of 127.0.0.1 instead.
 *
 * @throws {Error} when nothing can be bound safely, or the group does not exist
 */
export async function listen(server: Server, options: ListenOptions): Promise<Listener> {
  const { env, isSecured, shortFolder = "/tmp" } = options;
  const group = findVariable(env, "PLUGIN_UNIX_SOCKET_GROUP");
  if (process.platform === "win32") return listenOnPort(server, options, "Windows has none that engines know.");
  if (!isSecured && group !== undefined) throw unsafe("PLUGIN_UNIX_SOCKET_GROUP lets others connect.");
  const folder = resolve(findVariable(env, "PLUGIN_UNIX_SOCKET_DIR") ?? tmpdir());
  const parent = [folder, shortFolder].find(isShortEnough);
  if (parent === undefined) return listenOnPort(server, options, `${folder} is too long a path for one.`);
  return listenOnSocket(server, parent, options);
}

function isShortEnough(parent: string): boolean {
  return Buffer.byteLength(join(parent, "plugin-XXXXXX", "rpc")) <= longestSocketPath;
}

async function listenOnSocket(server: Server, parent: string, { env, isSecured }: ListenOptions): Promise<Listener> {
  const directory = mkdtempSync(join(parent, "plugin-")); // mode 0700
  const path = join(directory, "rpc");
  const remove = (): void => {
    removeSocket(directory, path);
  };
  try {
    const fault = isSecured ? undefined : whyNotPrivate(directory);
    if (fault !== undefined) throw unsafe(fault);
    await bound(server, () => server.listen(path));
    const group = findVariable(env, "PLUGIN_UNIX_SOCKET_GROUP");
    if (group !== undefined) openToGroup(directory, path, groupId(group));
    return { address: { network: "unix", address: path }, remove };
  } catch (error) {
    server.close();
    remove();
    throw error;
  }
}

/** The engine waits meanwhile, and removing a whole folder, of which nothing is known, takes longer than these two. */
function removeSocket(directory: string, path: string): void {
  try {
    unlinkSync(path);
    rmdirSync(directory);
  } catch {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The error for a connection over which the engine could not be distinguished from other programs. */
function unsafe(fault: string): Error {
  return new Error(
    `Other users of this machine could connect in the engine's place and learn its passwords: this connection is without TLS, as with --debug or TF_DISABLE_PLUGIN_TLS, and so it needs a socket that is private. ${fault} Set TMPDIR to a short path of a folder of your own, or use TLS.`,
  );
}

/** @param fault - why there is no socket */
async function listenOnPort(server: Server, { isSecured }: ListenOptions, fault: string): Promise<Listener> {
  if (!isSecured) throw unsafe(fault);
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
