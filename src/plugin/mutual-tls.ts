import type { X509Certificate } from "node:crypto";
import { createServer as createPlainServer, type Server, type Socket } from "node:net";
import type { Server as TlsServer, TLSSocket, TlsOptions } from "node:tls";
import { certificatePem } from "../certificate/self-signed.ts";
import { createCertificate } from "./certificate.ts";

/** A server that is not bound yet. */
export interface ConnectionServer {
  readonly server: Server;
  /** What the engine must trust; `undefined` on a plain connection. */
  readonly certificateDer: Buffer | undefined;
  /** Calls the listener with each connection from now on, once both ends have authenticated each other. */
  onConnection(listener: (socket: Socket) => void): void;
}

/** The protocol that is spoken, as TLS names it. */
const protocol = "h2";

/**
 * A server for exactly one client: the one that holds the key of this certificate. With no certificate the connection is plain,
 * as the engine asks for with `TF_DISABLE_PLUGIN_TLS`.
 */
export function createConnectionServer(clientCertificate: X509Certificate | undefined, now: Date): ConnectionServer {
  const server = createPlainServer();
  if (clientCertificate === undefined) {
    return {
      server,
      certificateDer: undefined,
      onConnection: (listener) => server.on("connection", tolerant(listener)),
    };
  }
  const { raw } = clientCertificate;
  const { privateKey, certificateDer } = createCertificate({ now });
  const listeners: ((socket: Socket) => void)[] = [];
  secureConnections(
    server,
    (connection) => {
      if (!isFrom(connection, raw)) connection.destroy();
      else for (const listener of listeners) listener(connection);
    },
    () => ({
      key: privateKey.export({ type: "pkcs8", format: "pem" }),
      cert: certificatePem(certificateDer),
      // No authority is trusted: isFrom() knows the one certificate. Reading authorities takes Node 20 as long as all of its start.
      ca: [],
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: "TLSv1.2",
      ALPNProtocols: [protocol],
    }),
  );
  return { server, certificateDer, onConnection: (listener) => listeners.push(tolerant(listener)) };
}

/**
 * Speaks TLS on the connections of a server. What that takes is loaded with the first of them: the engine waits to be told
 * where to connect, and loading TLS takes a good part of that time.
 */
function secureConnections(server: Server, listener: (connection: TLSSocket) => void, options: () => TlsOptions): void {
  let secured: TlsServer | undefined;
  server.on("connection", (socket) => {
    if (secured === undefined) {
      secured = process.getBuiltinModule("node:tls").createServer(options());
      secured.on("secureConnection", listener);
    }
    secured.emit("connection", socket);
  });
}

/** Whether the other end has shown exactly this certificate. That it holds the key is what the TLS handshake has proven. */
function isFrom(connection: TLSSocket, certificateDer: Buffer): boolean {
  return connection.getPeerX509Certificate()?.raw.equals(certificateDer) === true;
}

/** A connection can break at any time, which is an error of it and of nothing else. */
function tolerant(listener: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.on("error", () => undefined);
    listener(socket);
  };
}
