import { once } from "node:events";
import { rm, rmdir } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { errorCode } from "../vocabulary/error-code.ts";
import { isPrivateFolder, mostTries, ownUserId, preparePrivateFolder } from "./private-folder.ts";

/** Where a running simulator listens for requests of the cluster. */
export interface SimulatorAddress {
  readonly host: string;
  readonly port: number;
  /** @default the folder of temporary files, which belongs to everyone */
  readonly temporaryFolder?: string;
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
  const server = createServer((peer) => {
    // A peer that goes away in the middle is not a failure of the simulator.
    peer.on("error", () => peer.destroy());
    peer.end(render());
  });
  await listen(server, socket);
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
  return path.join(temporaryFolder, `cdktf-qumulo-${ownUserId()}`, `${name}.sock`);
}

/** A simulator that ends removes the folder when nobody has a socket in it: also while another one is about to make its own. */
async function listen(server: Server, socket: string): Promise<void> {
  for (let left = mostTries; ; left -= 1) {
    try {
      if (process.platform !== "win32") await prepareFolder(socket);
      server.listen(socket);
      await once(server, "listening");
      return;
    } catch (error) {
      // What Node.js calls EACCES may be a folder that is gone as well.
      if (!["ENOENT", "EACCES"].includes(errorCode(error) ?? "") || left === 1) throw error;
    }
  }
}

/** Creates the folder for this user's sockets; everybody can write to the folder of temporary files. */
async function prepareFolder(socket: string): Promise<void> {
  await preparePrivateFolder(path.dirname(socket));
  // The port is ours, so whoever listened at this socket is gone.
  await rm(socket, { force: true });
}
