import { Secret } from "../vocabulary/secret.ts";

/** An HTTP proxy through which a cluster is reached, by a tunnel that the proxy opens (`CONNECT`) and cannot look into. */
export interface Proxy {
  /** Host name or address, without brackets. */
  readonly host: string;
  /** Port of the proxy. */
  readonly port: number;
  /** Whether the proxy itself is spoken to with TLS. */
  readonly isSecure: boolean;
  /** What the proxy asks for a user and a password; sent to the proxy alone. */
  readonly credentials: { readonly username: string; readonly password: Secret } | undefined;
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/**
 * Reads the address of an HTTP proxy, as `HTTPS_PROXY` has it: `http://proxy.example.com:3128`, without a scheme too, and with
 * `user:password@` before the host where the proxy asks for them.
 *
 * @returns `undefined` for what is none, such as a SOCKS proxy
 */
export function parseProxy(text: string): Proxy | undefined {
  const trimmed = text.trim();
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (!URL.canParse(written)) return undefined;
  const url = new URL(written);
  const defaultPort = defaultPorts[url.protocol];
  if (defaultPort === undefined || url.hostname === "") return undefined;
  const username = decoded(url.username);
  const password = decoded(url.password);
  if (username === undefined || password === undefined) return undefined;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? defaultPort : Number(url.port),
    isSecure: url.protocol === "https:",
    credentials: username === "" && password === "" ? undefined : { username, password: new Secret(password) },
  };
}

/** The address of a proxy for people: without its credentials. */
export function renderProxy({ host, port, isSecure }: Proxy): string {
  return `${isSecure ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins nothing: the answer is that this is not a URL.
    return undefined;
  }
}
