import { createSecureServer, createServer, type Http2Server, type ServerOptions } from "node:http2";
import { certificatePem } from "../certificate/self-signed.ts";
import { createCertificate } from "./certificate.ts";

/** A server that is not bound yet. */
export interface ConnectionServer {
  readonly http: Http2Server;
  /** What the engine must trust; `undefined` on a plain connection. */
  readonly certificateDer: Buffer | undefined;
}

/** Windows that are large enough for many large values at once, so that none has to wait for another to be sent. */
const http2Options: ServerOptions = { maxSessionMemory: 1024, settings: { initialWindowSize: 4 * 1024 * 1024 } };

/**
 * An HTTP/2 server for exactly one client: the one that holds the key of this certificate. With no certificate the
 * connection is plain, as the engine asks for with `TF_DISABLE_PLUGIN_TLS`.
 *
 * @param clientCertificate - PEM
 * @throws {Error} for text that is not a certificate
 */
export function createConnectionServer(clientCertificate: string | undefined, now: Date): ConnectionServer {
  if (clientCertificate === undefined) return { http: createServer(http2Options), certificateDer: undefined };
  const { privateKey, certificateDer } = createCertificate({ now });
  const http = createSecureServer({
    ...http2Options,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    cert: certificatePem(certificateDer),
    ca: clientCertificate,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
    ALPNProtocols: ["h2"],
  });
  return { http, certificateDer };
}
