import { connect as connectPlainly, type Socket } from "node:net";
import { connect } from "node:tls";

/** Where something listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly certificatePem: string;
}

/** A connection on which a test says what it likes. */
export interface RawConnection {
  readonly socket: Socket;
  /** All that came so far. */
  readonly received: () => string;
  /** Waits until the other end closes the connection, and gives all that came; a reset is a close as well. */
  readonly closed: Promise<string>;
}

/** Opens a TLS connection. */
export async function openRaw({ host, port, certificatePem }: Address): Promise<RawConnection> {
  const socket = connect({ host, port, ca: certificatePem });
  const connection = watch(socket);
  await new Promise((resolve, reject) => socket.once("secureConnect", resolve).once("error", reject));
  return connection;
}

/** Opens a connection without TLS. */
export async function openPlain({ host, port }: Address): Promise<RawConnection> {
  const socket = connectPlainly({ host, port });
  const connection = watch(socket);
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return connection;
}

function watch(socket: Socket): RawConnection {
  const chunks: Buffer[] = [];
  const received = (): string => Buffer.concat(chunks).toString();
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.on("error", () => undefined);
  const closed = new Promise<string>((resolve) => {
    socket.once("close", () => {
      resolve(received());
    });
  });
  return { socket, received, closed };
}

/** Sends bytes as they are (one for each character), and gives all that comes back until the connection is closed. */
export async function sendRaw(address: Address, text: string): Promise<string> {
  const { socket, closed } = await openRaw(address);
  socket.write(Buffer.from(text, "latin1"));
  return closed;
}
