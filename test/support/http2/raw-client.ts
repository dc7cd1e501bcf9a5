import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Call } from "../../../src/plugin/http2/call.ts";
import { Connection } from "../../../src/plugin/http2/connection.ts";
import { encodeHeaders } from "../../../src/plugin/http2/hpack-encoder.ts";
import { frameTypes } from "../../../src/plugin/http2/frames.ts";

/** What every client sends first. */
export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** A frame with this type, these flags and this stream, in hexadecimal or as bytes. */
export function frame(
  [type, marks]: readonly [number, number],
  streamId: number,
  payload: string | Buffer = "",
): Buffer {
  const bytes = typeof payload === "string" ? Buffer.from(payload.replaceAll(" ", ""), "hex") : payload;
  const head = Buffer.alloc(9);
  head.writeUIntBE(bytes.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(marks, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, bytes]);
}

/** Settings, by their numbers. */
export function settings(values: Readonly<Record<number, number>> = {}): Buffer {
  const payload = Object.entries(values).map(([id, value]) => {
    const bytes = Buffer.alloc(6);
    bytes.writeUInt16BE(Number(id));
    bytes.writeUInt32BE(value, 2);
    return bytes;
  });
  return frame([frameTypes.settings, 0], 0, Buffer.concat(payload));
}

/** A number of four bytes, as windows and errors have it. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The headers of a call. */
export const callHeaders = encodeHeaders({
  ":method": "POST",
  ":scheme": "http",
  ":path": "/test",
  "content-type": "application/grpc",
  te: "trailers",
});

/** A whole request without a body. */
export function request(streamId: number): Buffer {
  return frame([frameTypes.headers, 0x5], streamId, callHeaders);
}

/** A frame that the server has sent. */
export interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

/** A client that sends whatever it is told, and keeps what it gets. */
export class RawClient {
  readonly socket: Socket;
  readonly frames: ReceivedFrame[] = [];
  #rest: Buffer = Buffer.of();
  #pings = 0;
  /** Called with each piece that comes, and when the connection is closed. */
  #onNews: (() => void) | undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("error", () => undefined);
    this.socket.on("data", (piece: Buffer) => {
      this.#take(piece);
      this.#onNews?.();
    });
    this.socket.on("close", () => this.#onNews?.());
  }

  /** Sends the preface, settings and these frames. */
  begin(...frames: readonly Buffer[]): void {
    this.send(preface, settings(), ...frames);
  }

  send(...frames: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** Waits for a frame of this type, and where it matters of this stream. */
  async receives(type: number, streamId?: number): Promise<ReceivedFrame> {
    return this.#finds((each) => each.type === type && each.streamId === (streamId ?? each.streamId));
  }

  /** Waits until the server has read all that was sent: it answers a ping. */
  async isRead(): Promise<void> {
    const name = Buffer.alloc(8);
    name.writeUInt32BE((this.#pings += 1));
    this.send(frame([frameTypes.ping, 0], 0, name));
    await this.#finds(({ type, payload }) => type === frameTypes.ping && payload.equals(name));
  }

  /** Waits for a frame, looking at each only once. */
  async #finds(isWanted: (frame: ReceivedFrame) => boolean): Promise<ReceivedFrame> {
    let looked = 0;
    return new Promise((resolve, reject) => {
      const look = (): void => {
        for (; looked < this.frames.length; looked += 1) {
          const frame = this.frames[looked];
          if (frame !== undefined && isWanted(frame)) {
            resolve(frame);
            return;
          }
        }
        if (this.socket.destroyed) reject(new Error("the connection closed before the frame came"));
      };
      this.#onNews = look;
      look();
    });
  }

  /** How many bytes of data have come over a stream. */
  bytesOf(streamId: number): number {
    return this.frames
      .filter((each) => each.type === frameTypes.data && each.streamId === streamId)
      .reduce((sum, { payload }) => sum + payload.length, 0);
  }

  #take(piece: Buffer): void {
    let rest = Buffer.concat([this.#rest, piece]);
    while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const end = 9 + rest.readUIntBE(0, 3);
      this.frames.push({
        type: rest.readUInt8(3),
        flags: rest.readUInt8(4),
        streamId: rest.readUInt32BE(5),
        payload: rest.subarray(9, end),
      });
      rest = rest.subarray(end);
    }
    this.#rest = rest;
  }
}

/** A server with this handler, until {@link ConnectionTestServer.stop}. */
export interface ConnectionTestServer {
  readonly port: number;
  /** Connects a client. */
  client(): RawClient;
  stop(): Promise<void>;
}

/** Starts a server whose calls are handled so. */
export async function startConnectionServer(onCall: (call: Call) => void): Promise<ConnectionTestServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    new Connection(socket, onCall);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const clients: RawClient[] = [];
  return {
    port,
    client: () => {
      const client = new RawClient(port);
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const { socket } of clients) socket.destroy();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
