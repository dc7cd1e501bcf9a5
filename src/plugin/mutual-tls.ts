import { createServer as createPlainServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
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
 *
 * @param clientCertificate - PEM
 * @throws {Error} for text that is not a certificate
 */
export function createConnectionServer(clientCertificate: string | undefined, now: Date): ConnectionServer {
  if (clientCertificate === undefined) {
    const server = createPlainServer();
    return {
      server,
      certificateDer: undefined,
      onConnection: (listener) => server.on("connection", tolerant(listener)),
    };
  }
  const { privateKey, certificateDer } = createCertificate({ now });
  const server = createTlsServer({
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: certificatePem(certificateDer),
    ca: clientCertificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ALPNProtocols: [protocol],
  });
  return {
    server,
    certificateDer,
    onConnection: (listener) => server.on("secureConnection", tolerant(listener)),
  };
}

/** A connection can break at any time, which is an error of it and of nothing else. */
function tolerant(listener: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.on("error", () => undefined);
    listener(socket);
  };
}
