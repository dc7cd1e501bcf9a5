import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, createServer, type Server, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { certificatePem, createSelfSigned, type CertificateRequest } from "../../src/certificate/self-signed.ts";
import { ownCertificates } from "../../src/client/own-certificate.ts";
import { tlsConnector } from "../../src/client/tls.ts";

const dayMs = 86_400_000;
const servers: Server[] = [];
const systemFile = process.env["SSL_CERT_FILE"];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "own-certificate-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  if (systemFile === undefined) delete process.env["SSL_CERT_FILE"];
  else process.env["SSL_CERT_FILE"] = systemFile;
  for (const server of servers.splice(0)) server.close();
});

interface Shown {
  readonly pem: string;
  readonly key: string;
}

function given(different: Partial<CertificateRequest> = {}): Shown {
  const { privateKey, certificateDer } = createSelfSigned({
    name: "cluster",
    hosts: ["127.0.0.1"],
    validFrom: new Date(Date.now() - dayMs),
    validUntil: new Date(Date.now() + dayMs),
    usages: ["server"],
    ...different,
  });
  return { pem: certificatePem(certificateDer), key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

async function givenHost({ pem, key }: Shown): Promise<number> {
  const server = createServer({ cert: pem, key }, (socket) => socket.on("error", () => undefined)).listen(
    0,
    "127.0.0.1",
  );
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Whether Node alone trusts a host, with these authorities. */
async function isTrustedByNode(port: number, pem: string): Promise<boolean> {
  const socket: TLSSocket = connect({ host: "127.0.0.1", port, ca: pem, rejectUnauthorized: false, servername: "" });
  await once(socket, "secureConnect");
  socket.destroy();
  return socket.authorized;
}

async function isTrusted(port: number, pem: string): Promise<boolean> {
  const open = tlsConnector({ kind: "authorities", authoritiesPem: pem });
  try {
    (await open({ hostname: "127.0.0.1", port, timeoutMs: 10_000 })).destroy();
    return true;
  } catch {
    return false;
  }
}

const valid = given();
const own = (shown: Shown): Omit<Case, "isTrusted"> => ({ shown, pem: shown.pem });

interface Case {
  readonly shown: Shown;
  readonly pem: string;
  readonly isTrusted: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  "its own certificate": { ...own(valid), isTrusted: true },
  "its own among others": { shown: valid, pem: `${given({ name: "b" }).pem}and\n${valid.pem}`, isTrusted: true },
  "another one of the same names": { shown: valid, pem: given().pem, isTrusted: false },
  "one that names another host": { ...own(given({ hosts: ["127.0.0.2"] })), isTrusted: false },
  "one that is over": { ...own(given({ validUntil: new Date(Date.now() - 1_000) })), isTrusted: false },
  "one that is not valid yet": { ...own(given({ validFrom: new Date(Date.now() + dayMs / 2) })), isTrusted: false },
  "one that is for clients alone": { ...own(given({ usages: ["client"] })), isTrusted: false },
};

test.each(Object.entries(cases))("a host that shows %s is trusted where Node trusts it", async (_name, one) => {
  const port = await givenHost(one.shown);

  expect(await isTrustedByNode(port, one.pem)).toBe(one.isTrusted);
  expect(await isTrusted(port, one.pem)).toBe(one.isTrusted);
});

test("a certificate of the file is trusted where another of the same name comes first", async () => {
  const port = await givenHost(valid);

  expect(await isTrusted(port, `${given().pem}${valid.pem}`)).toBe(true);
});

test("what a host may show as its own is self-signed and names it", () => {
  const other = given({ hosts: ["cluster.example.com", "*.nodes.example.com"] }).pem;

  expect(ownCertificates(valid.pem + other, "127.0.0.1")).toHaveLength(1);
  expect(ownCertificates(valid.pem + other, "cluster.example.com")).toHaveLength(1);
  expect(ownCertificates(valid.pem + other, "n1.nodes.example.com")).toHaveLength(1);
  expect(ownCertificates(valid.pem + other, "elsewhere.example.com")).toEqual([]);
  expect(ownCertificates("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "127.0.0.1")).toEqual([]);
});

test("connections that are opened at the same time each come to the check that trusts", async () => {
  const renewed = given();
  const port = await givenHost(renewed);
  const system = path.join(folder, "system.pem");
  writeFileSync(system, renewed.pem);
  process.env["SSL_CERT_FILE"] = system;
  const open = tlsConnector({ kind: "authorities", authoritiesPem: valid.pem });

  const sockets = await Promise.all(
    Array.from({ length: 5 }, async () => open({ hostname: "127.0.0.1", port, timeoutMs: 10_000 })),
  );

  expect(sockets.map(({ authorized }) => authorized)).toEqual([true, true, true, true, true]);
  for (const socket of sockets) socket.destroy();
});
