import { isIP, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, createSecureContext, type TLSSocket } from "node:tls";

import type { ConnectionFault } from "./cluster-error.ts";
import { trustedAuthorities } from "./certificate-authorities.ts";
import { ConnectionError } from "./connection-error.ts";
import type { Proxy } from "./proxy.ts";
import { errorCode } from "../vocabulary/error-code.ts";
import { parseFingerprint } from "../vocabulary/fingerprint.ts";

/** How the cluster proves that it is the cluster. */
export type Trust =
  /** By an authority: the system's and those of `authoritiesPem`; the host name must match. */
  | { readonly kind: "authorities"; readonly authoritiesPem?: string | undefined }
  /** By the SHA-256 fingerprint of its certificate, and by nothing else. */
  | { readonly kind: "fingerprint"; readonly certificateSha256: string }
  /** Not at all. */
  | { readonly kind: "insecure" };

/** Where to connect to. */
interface TlsAddress {
  readonly hostname: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/** Opens one connection that has passed the trust's check. */
export type TlsConnect = (address: TlsAddress) => Promise<TLSSocket>;

/**
 * Makes the way to open connections.
 *
 * The certificate is checked here, after the handshake and before a byte is sent, rather than by Node.js: only so can
 * the error show the fingerprint that was met, and a pinned certificate need no authority.
 *
 * @param proxy - whom to ask for a tunnel; without one the way is direct
 * @throws {ConnectionError} from the connections, when there is none or the certificate is not trusted
 */
export function tlsConnector(trust: Trust, proxy?: Proxy): TlsConnect {
  // Taking in the system's authorities takes longer than a whole login: only if the given ones do not do.
  const given = trust.kind === "authorities" ? trust.authoritiesPem : undefined;
  let narrow = given === undefined ? undefined : contextOf([given]);
  let wide: Promise<ConnectionOptions> | undefined;
  const openSocket = async (address: TlsAddress) => tunnelTo(address, proxy, given);
  return async (address) => {
    if (narrow !== undefined) {
      const first = await connectChecked({ ...address, socket: await openSocket(address) }, narrow, trust);
      if (!(first instanceof ConnectionError)) return first;
      if (first.fault !== "untrusted") throw first;
      narrow = undefined;
    }
    wide ??= widestContext(trust);
    const socket = await connectChecked({ ...address, socket: await openSocket(address) }, await wide, trust);
    if (socket instanceof ConnectionError) throw socket;
    return socket;
  };
}

/** A tunnel to this address; `undefined` where the way is direct. */
async function tunnelTo(
  address: TlsAddress,
  proxy: Proxy | undefined,
  authoritiesPem: string | undefined,
): Promise<Socket | undefined> {
  if (proxy === undefined) return undefined;
  // Loaded only then: most clusters are reached directly.
  const { openTunnel } = await import("./proxy-tunnel.ts");
  return openTunnel(proxy, { ...address, authoritiesPem });
}

/** An address, and the tunnel that leads there, if there is one. */
interface ReachedAddress extends TlsAddress {
  readonly socket: Socket | undefined;
}

/** @returns why the certificate is not trusted, in place of the connection */
async function connectChecked(
  address: ReachedAddress,
  context: ConnectionOptions,
  trust: Trust,
): Promise<TLSSocket | ConnectionError> {
  const socket = await handshake(address, context);
  const distrust = distrustOf(socket, trust);
  if (distrust === undefined) return socket;
  socket.destroy();
  return distrust;
}

/** Without authorities where none is asked: Node 20 takes as long to read its own as for all of its start. */
async function widestContext(trust: Trust): Promise<ConnectionOptions> {
  return contextOf(trust.kind === "authorities" ? await trustedAuthorities(trust.authoritiesPem) : []);
}

function contextOf(authorities: string[]): ConnectionOptions {
  return { secureContext: createSecureContext({ ca: authorities }) };
}

async function handshake(address: ReachedAddress, context: ConnectionOptions): Promise<TLSSocket> {
  const { hostname, port, timeoutMs, socket: tunnel } = address;
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...context,
      host: hostname,
      port,
      ...(tunnel === undefined ? {} : { socket: tunnel }),
      // Names of addresses are not allowed in a server name indication.
      servername: isIP(hostname) === 0 ? hostname : "",
      ALPNProtocols: ["http/1.1"],
      // Not the absence of a check: distrustOf() makes it, on every connection.
      rejectUnauthorized: false,
    });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new ConnectionError("connect-timeout"));
    }, timeoutMs);
    const fail = (cause: Error): void => {
      clearTimeout(timer);
      reject(new ConnectionError(connectionFault(cause), { cause }));
    };
    socket.once("error", fail);
    socket.once("secureConnect", () => {
      clearTimeout(timer);
      socket.off("error", fail);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

function distrustOf(socket: TLSSocket, trust: Trust): ConnectionError | undefined {
  if (trust.kind === "insecure") return undefined;
  const certificateSha256 = socket.getPeerCertificate().fingerprint256;
  if (trust.kind === "fingerprint") {
    const isPinned = certificateSha256 === parseFingerprint(trust.certificateSha256);
    return isPinned ? undefined : new ConnectionError("wrong-fingerprint", { certificateSha256 });
  }
  if (socket.authorized) return undefined;
  // Node.js gives the OpenSSL code as text here, in spite of the declared type.
  const code = String(socket.authorizationError);
  return new ConnectionError(certificateFault(code), { certificateSha256, cause: socket.authorizationError });
}

function certificateFault(code: string): ConnectionFault {
  if (code.includes("ERR_TLS_CERT_ALTNAME_INVALID")) return "host-mismatch";
  return code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID" ? "expired" : "untrusted";
}

const faults: Readonly<Record<string, ConnectionFault>> = {
  ENOTFOUND: "name-not-found",
  EAI_AGAIN: "name-not-found",
  EAI_NODATA: "name-not-found",
  EAI_NONAME: "name-not-found",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "no-route",
  ENETUNREACH: "no-route",
  EADDRNOTAVAIL: "no-route",
  EHOSTDOWN: "no-route",
  EACCES: "no-route",
  EPERM: "no-route",
  EINVAL: "no-route",
  ETIMEDOUT: "connect-timeout",
  ECONNRESET: "reset",
  EPIPE: "reset",
  EPROTO: "not-tls",
};

/** Says why opening a connection failed, from the system's error. Handshakes that break for another reason are `not-tls`. */
function connectionFault(error: Error): ConnectionFault {
  // A name with several addresses fails with one error for each of them.
  const first: unknown = "errors" in error && Array.isArray(error.errors) ? error.errors[0] : error;
  const code = errorCode(first) ?? errorCode(error) ?? "";
  if (code.startsWith("ERR_SSL_")) return "not-tls";
  return faults[code] ?? "no-route";
}
