import { type IncomingMessage, request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type Socket } from "node:net";
import { trustedAuthorities } from "./certificate-authorities.ts";
import { ConnectionError } from "./connection-error.ts";
import type { Proxy } from "./proxy.ts";

/** Where a tunnel leads, and what there is time for. */
export interface TunnelEnd {
  readonly hostname: string;
  readonly port: number;
  readonly timeoutMs: number;
  /** Authorities to trust for the proxy's own certificate, in addition to the system's. */
  readonly authoritiesPem: string | undefined;
}

/**
 * Asks a proxy for a tunnel. The proxy looks the name up; what is said in the tunnel is TLS with the cluster.
 *
 * @throws {ConnectionError} when the proxy is not reached, or does not open one
 */
export async function openTunnel(proxy: Proxy, end: TunnelEnd): Promise<Socket> {
  const authority = `${end.hostname.includes(":") ? `[${end.hostname}]` : end.hostname}:${end.port}`;
  const options: RequestOptions = {
    method: "CONNECT",
    host: proxy.host,
    port: proxy.port,
    path: authority,
    headers: { host: authority, ...authorizationOf(proxy) },
    agent: false,
  };
  const asked = proxy.isSecure
    ? requestHttps({
        ...options,
        // Node.js would take it from the header, which names the cluster.
        servername: isIP(proxy.host) === 0 ? proxy.host : "",
        ca: await trustedAuthorities(end.authoritiesPem),
      })
    : requestHttp(options);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => asked.destroy(new Error("the proxy did not answer in time")), end.timeoutMs);
    asked.once("error", (cause) => {
      clearTimeout(timer);
      reject(new ConnectionError("proxy-unreachable", { cause }));
    });
    asked.once("connect", (answer: IncomingMessage, socket: Socket, head: Buffer) => {
      clearTimeout(timer);
      const refusal = refusalOf(answer);
      if (refusal === undefined) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      } else {
        socket.destroy();
        reject(refusal);
      }
    });
    asked.end();
  });
}

function authorizationOf({ credentials }: Proxy): Readonly<Record<string, string>> {
  if (credentials === undefined) return {};
  const pair = `${credentials.username}:${credentials.password.reveal()}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}

function refusalOf({ statusCode: proxyStatus = 0 }: IncomingMessage): ConnectionError | undefined {
  if (proxyStatus >= 200 && proxyStatus <= 299) return undefined;
  return new ConnectionError(proxyStatus === 407 ? "proxy-authentication" : "proxy-refused", { proxyStatus });
}
