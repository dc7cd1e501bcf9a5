import { once } from "node:events";
import { chmod, lstat, mkdir, rm, rmdir } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";

/** Where a running simulator listens for requests of the cluster. */
export interface SimulatorAddress {
  readonly host: string;
  readonly port: number;
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
    // A peer that goes away in the middle is no failure of the simulator.
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
 */
export async function requestExport(address: SimulatorAddress): Promise<string | undefined> {
  const peer = connect(socketOf(address));
  try {
    await once(peer, "connect");
  } catch {
    return undefined;
  }
  return text(peer);
}

function socketOf({ host, port }: SimulatorAddress): string {
  const name = `${host.replaceAll(":", "_")}-${port}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\cdktf-qumulo-simulator-${name}`;
  return path.join(tmpdir(), `cdktf-qumulo-${userInfo().uid}`, `${name}.sock`);
}

/** The folder of temporary files belongs to everyone: ours in it must be one that nobody else has prepared. */
async function preparePrivateFolder(socket: string): Promise<void> {
  const folder = path.dirname(socket);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(folder);
  if (uid !== userInfo().uid) throw new Error(`${folder} belongs to another user`);
  await chmod(folder, 0o700);
  // The port is ours, so whoever listened at this socket is gone.
  await rm(socket, { force: true });
}
