import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { connect, type Socket } from "node:net";
import { afterEach } from "@jest/globals";

/** How a proxy behaves. */
export interface ProxyBehavior {
  /** Names that the proxy alone can look up, and the addresses that they have. */
  readonly names?: Readonly<Record<string, string>>;
  /** `user:password` that it asks for. */
  readonly login?: string;
  /** The status with which it refuses every tunnel. */
  readonly refusing?: number;
  /** Certificate and key of a proxy that is spoken to with TLS. */
  readonly certificate?: { readonly certificatePem: string; readonly privateKeyPem: string };
}

/** A proxy of one test, and what it saw. */
export interface GivenProxy {
  readonly port: number;
  /** Its URL without credentials. */
  readonly url: string;
  /** The tunnels that it was asked for, each as `host:port`, refused ones as well. */
  readonly asked: readonly string[];
  /** The bytes that it carried from the client to the cluster. */
  readonly carried: () => Buffer;
}

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

/** Starts a real HTTP proxy on this machine that opens tunnels; it is closed after the test. */
export async function givenProxy(behavior: ProxyBehavior = {}): Promise<GivenProxy> {
  const { certificate } = behavior;
  const server =
    certificate === undefined
      ? createServer()
      : createSecureServer({ cert: certificate.certificatePem, key: certificate.privateKeyPem });
  const asked: string[] = [];
  const chunks: Buffer[] = [];
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    keep(client);
    asked.push(request.url ?? "");
    const status = refusalOf(request, behavior);
    if (status === undefined) carry(request.url ?? "", { client, behavior, chunks });
    else client.end(`HTTP/1.1 ${status} Refused\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n`);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  const url = `http${certificate === undefined ? "" : "s"}://127.0.0.1:${address.port}`;
  return { port: address.port, url, asked, carried: () => Buffer.concat(chunks) };
}

function refusalOf({ headers }: IncomingMessage, { login, refusing }: ProxyBehavior): number | undefined {
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;
  return headers["proxy-authorization"] === expected ? refusing : 407;
}

interface Carried {
  readonly client: Socket;
  readonly behavior: ProxyBehavior;
  readonly chunks: Buffer[];
}

function carry(target: string, { client, behavior, chunks }: Carried): void {
  const { hostname, port } = new URL(`http://${target}`);
  const cluster = connect(Number(port), behavior.names?.[hostname] ?? hostname.replace(/^\[(.*)\]$/, "$1"), () => {
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    client.on("data", (chunk: Buffer) => chunks.push(chunk));
    client.pipe(cluster).pipe(client);
  });
  keep(cluster);
  cluster.on("error", () => client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
}

function keep(socket: Socket): void {
  sockets.add(socket);
  socket.on("error", () => undefined);
}
