import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "../../vocabulary/clock.ts";
import { headersOf } from "./answer-headers.ts";
import type { RenderedAnswer } from "./error-answer.ts";

/** How long a client may take to read a last answer before its connection is cut. */
const lingerMs = 1_000;

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/**
 * The status for bytes that are not a request, or for a request that does not come to its end.
 *
 * @param error - of the HTTP parser, whose codes begin with `HPE_`, of TLS, or of the connection
 * @returns `undefined` when nobody can read an answer: the connection is gone, or TLS has never begun
 */
export function statusOfMalformed(error: Error): number | undefined {
  const code = "code" in error ? String(error.code) : "";
  return statuses[code] ?? (code.startsWith("HPE_") ? 400 : undefined);
}

/** Writes an answer where there is no request to answer, and closes the connection. */
export function endWith(socket: Duplex, answer: RenderedAnswer, clock: Clock): void {
  const bytes = Buffer.from(answer.text);
  const headers = { ...headersOf(answer, bytes.length, clock), Connection: "close" };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ""}`, ...lines].join("\r\n");
  // The other end may be gone by now, which concerns nobody.
  socket.on("error", () => undefined);
  socket.end(Buffer.concat([Buffer.from(`${head}\r\n\r\n`), bytes]));
  const cut = setTimeout(() => socket.destroy(), lingerMs);
  socket.on("close", () => {
    clearTimeout(cut);
  });
}
