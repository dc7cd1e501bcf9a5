import { isIP, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, createSecureContext, type TLSSocket } from "node:tls";

import type { ConnectionFault } from "./cluster-error.ts";
import { trustedAuthorities } from "./certificate-authorities.ts";
import { ConnectionError } from "./connection-error.ts";
import { ownCertificates, showsOneOf } from "./own-certificate.ts";
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

/** One way to check a certificate: what OpenSSL is given for it, and what its finding means. */
interface Check {
  readonly context: () => ConnectionOptions | Promise<ConnectionOptions>;
  readonly distrustOf: (socket: TLSSocket) => ConnectionError | undefined;
}

/** What to check one after the other until a certificate is trusted: the fastest first. */
type Checks = readonly [Check, ...Check[]];

/**
 * Makes the way to open connections to one host.
 *
 * The certificate is checked here, after the handshake and before a byte is sent, rather than by Node.js: only so can
 * the error show the fingerprint that was met, and a pinned certificate need no authority.
 *
 * @param proxy - whom to ask for a tunnel; without one the way is direct
 * @throws {ConnectionError} from the connections, when there is none or the certificate is not trusted
 */
export function tlsConnector(trust: Trust, proxy?: Proxy): TlsConnect {
  let checks: Checks | undefined;
  const connect: TlsConnect = async (address) => {
    checks ??= checksOf(trust, address.hostname);
    const [check, next, ...later] = checks;
    const socket = await handshake(address, await check.context(), await tunnelTo(address, proxy, trust));
    const distrust = check.distrustOf(socket);
    if (distrust === undefined) return socket;
    socket.destroy();
    if (distrust.fault !== "untrusted" || next === undefined) throw distrust;
    // Of connections that are opened at the same time, each may find this out.
    if (checks[0] === check) checks = [next, ...later];
    return connect(address);
  };
  return connect;
}

function checksOf(trust: Trust, hostname: string): Checks {
  const withoutAuthorities = once(() => contextOf([]));
  if (trust.kind === "insecure") return [{ context: withoutAuthorities, distrustOf: () => undefined }];
  if (trust.kind === "fingerprint") {
    const pin = parseFingerprint(trust.certificateSha256);
    return [{ context: withoutAuthorities, distrustOf: (socket) => mismatch(socket, pin) }];
  }
  const { authoritiesPem: given } = trust;
  const withAll: Check = {
    context: once(async () => contextOf(await trustedAuthorities(given))),
    distrustOf: unauthorized,
  };
  if (given === undefined) return [withAll];
  // Taking in the system's authorities takes longer than a whole login: only if the given ones do not do.
  const withGiven: Check = { context: once(() => contextOf([given])), distrustOf: unauthorized };
  const own = ownCertificates(given, hostname);
  if (own.length === 0) return [withGiven, withAll];
  const untrusted = new ConnectionError("untrusted");
  return [
    // As soon as OpenSSL has any authority to trust, Node 20 reads all that it brings. What is wrong with a certificate that is not
    // one of these is for the next check to say.
    {
      context: withoutAuthorities,
      distrustOf: (socket) => (showsOneOf(own, socket, hostname) ? undefined : untrusted),
    },
    withGiven,
    withAll,
  ];
}

/** A tunnel to this address; `undefined` where the way is direct. */
async function tunnelTo(address: TlsAddress, proxy: Proxy | undefined, trust: Trust): Promise<Socket | undefined> {
  if (proxy === undefined) return undefined;
  // Loaded only then: most clusters are reached directly.
  const { openTunnel } = await import("./proxy-tunnel.ts");
  const authoritiesPem = trust.kind === "authorities" ? trust.authoritiesPem : undefined;
  return openTunnel(proxy, { ...address, authoritiesPem });
}

function contextOf(authorities: string[]): ConnectionOptions {
  return { secureContext: createSecureContext({ ca: authorities }) };
}

/** What takes a while to make, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** @param tunnel - leads to this address, if there is one */
async function handshake(
  address: TlsAddress,
  context: ConnectionOptions,
  tunnel: Socket | undefined,
): Promise<TLSSocket> {
  const { hostname, port, timeoutMs } = address;
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      ...context,
      host: hostname,
      port,
      ...(tunnel === undefined ? {} : { socket: tunnel }),
      // Names of addresses are not allowed in a server name indication.
      servername: isIP(hostname) === 0 ? hostname : "",
      ALPNProtocols: ["http/1.1"],
      // Not the absence of a check: tlsConnector() makes it, on every connection.
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

function mismatch(socket: TLSSocket, pin: string | undefined): ConnectionError | undefined {
  const certificateSha256 = socket.getPeerCertificate().fingerprint256;
  return certificateSha256 === pin ? undefined : new ConnectionError("wrong-fingerprint", { certificateSha256 });
}

/** What OpenSSL has found. */
function unauthorized(socket: TLSSocket): ConnectionError | undefined {
  if (socket.authorized) return undefined;
  // Node.js gives the OpenSSL code as text here, in spite of the declared type.
  const code = String(socket.authorizationError);
  const certificateSha256 = socket.getPeerCertificate().fingerprint256;
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
