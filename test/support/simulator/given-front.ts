import { once } from "node:events";
import { createServer, request as sendRequest } from "node:https";
import { afterEach } from "@jest/globals";
import { createCertificate } from "../../../src/simulator/certificate.ts";
import type { Simulator } from "../../../src/simulator/index.ts";

const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** What becomes of the answers, by path. */
type Edits = Readonly<Record<string, (text: string) => string>>;

/**
 * Stands before a simulator and passes everything on, with some answers edited: a cluster that is newer than the
 * simulator can be.
 *
 * @returns settings with which the provider reaches it
 */
export async function givenFront(
  simulator: Simulator,
  edits: Edits,
): Promise<{ readonly port: number; readonly ca_pem: string }> {
  const { certificatePem, privateKeyPem } = createCertificate([simulator.host], new Date());
  const server = createServer({ cert: certificatePem, key: privateKeyPem }, (asked, answer) => {
    const { host, port, certificatePem: ca } = simulator;
    const { method, url: path = "", headers } = asked;
    const passed = sendRequest({ host, port, ca, method, path, headers }, (given) => {
      void textOf(given).then((text) => {
        const edited = Buffer.from(edits[path]?.(text) ?? text);
        answer.writeHead(given.statusCode ?? 500, { ...given.headers, "content-length": edited.length });
        answer.end(edited);
      });
    });
    asked.pipe(passed);
  });
  server.listen(0, simulator.host);
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : 0, ca_pem: certificatePem };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
