import { once } from "node:events";
import { lstat, rm, rmdir } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { errorCode } from "../vocabulary/error-code.ts";
import { makeFolder } from "../vocabulary/make-folder.ts";

/** Where a running simulator listens for requests of the cluster. */
export interface SimulatorAddress {
  readonly host: string;
  readonly port: number;
  /** @default the folder of temporary files, which belongs to everyone */
  readonly temporaryFolder?: string;
}

/** The folder for this user's sockets belongs to somebody else, who could listen in it or answer in place of the simulator. */
export class ForeignFolderError extends Error {
  override readonly name = "ForeignFolderError";
}

/**
 * Lets other processes of the same user ask a running simulator for an export, apart from the simulated API.
 *
 * @param render - the export, called for each process that asks
 * @returns what ends it
 * @throws {Error} of the system when it cannot be offered
 */
export async function offerExport(address: SimulatorAddress, render: () => string): Promise<() => Promise<void>> {
  const socket = socketOf(address);
  if (process.platform !== "win32") await preparePrivateFolder(socket);
  const server = createServer((peer) => {
    // A peer that goes away in the middle is not a failure of the simulator.
    peer.on("error", () => peer.destroy());
    peer.end(render());
  });
  server.listen(socket);
  await once(server, "listening");
  return async () => {
    const closed = once(server, "close");
    server.close();
    await closed;
    // Others may have theirs in the folder.
    if (process.platform !== "win32") await rmdir(path.dirname(socket)).catch(() => undefined);
  };
}

/**
 * Asks a running simulator of the same user for an export.
 *
 * @returns `undefined` when none runs there
 * @throws {ForeignFolderError} when somebody else may be listening in its place
 */
export async function requestExport(address: SimulatorAddress): Promise<string | undefined> {
  const socket = socketOf(address);
  if (process.platform !== "win32" && !(await isPrivateFolder(path.dirname(socket)))) return undefined;
  const peer = connect(socket);
  try {
    await once(peer, "connect");
  } catch {
    return undefined;
  }
  return text(peer);
}

function socketOf({ host, port, temporaryFolder = tmpdir() }: SimulatorAddress): string {
  const name = `${host.replaceAll(":", "_")}-${port}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\cdktf-qumulo-simulator-${name}`;
  return path.join(temporaryFolder, `cdktf-qumulo-${ownId()}`, `${name}.sock`);
}

/** Not by name: in containers, users often have no entry in the password database. */
function ownId(): number {
  return process.geteuid?.() ?? 0;
}

/**
 * Creates the folder for this user's sockets. Everybody can write to the folder of temporary files, so it checks that nobody
 * else has created ours.
 */
async function preparePrivateFolder(socket: string): Promise<void> {
  const folder = path.dirname(socket);
  await makeFolder(folder, 0o700);
  if (!(await isPrivateFolder(folder))) throw new ForeignFolderError(`${folder} is no longer there`);
  // The port is ours, so whoever listened at this socket is gone.
  await rm(socket, { force: true });
}

/**
 * Whether there is a folder that is this user's alone.
 *
 * @throws {ForeignFolderError} when there is another one in its place
 */
async function isPrivateFolder(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    if (!found.isDirectory()) throw new ForeignFolderError(`${folder} is not a folder`);
    if (found.uid !== ownId()) throw new ForeignFolderError(`${folder} belongs to another user`);
    if ((found.mode & 0o077) !== 0) throw new ForeignFolderError(`${folder} is open to other users`);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}
