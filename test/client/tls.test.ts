import { createServer, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, expect, test } from "@jest/globals";
import { createCertificate } from "../../src/simulator/certificate.ts";
import { failureOf, givenClient, givenClientOf } from "../support/simulator/given-client.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** A party that shows a certificate, and remembers what is said to it. */
async function givenListener(
  names: readonly string[],
  now = new Date(),
): Promise<{ port: number; heard: string[]; pem: string }> {
  const { certificatePem, privateKeyPem } = createCertificate(names, now);
  const heard: string[] = [];
  const server = createTlsServer({ cert: certificatePem, key: privateKeyPem }, (socket) => {
    socket.on("data", (chunk: Buffer) => heard.push(chunk.toString()));
    socket.on("error", () => undefined);
  });
  return { port: await listening(server), heard, pem: certificatePem };
}

test("a certificate of an unknown authority is not trusted, and nothing is sent", async () => {
  const { port, heard } = await givenListener(["127.0.0.1"]);
  const cluster = givenClient({ host: "127.0.0.1", port, maxRetries: 0 });

  const error = await failureOf(cluster.coreVersion());

  expect(error).toMatchObject({ kind: "tls", fault: "untrusted" });
  expect(error.certificateSha256).toMatch(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);
  expect(heard).toEqual([]);
});

test("a certificate of a given authority is trusted", async () => {
  const { simulator } = await givenCluster();

  await expect(givenClientOf(simulator).coreVersion()).resolves.toBeDefined();
});

test("a certificate for another host is not trusted", async () => {
  const { port, pem, heard } = await givenListener(["elsewhere.example.com"]);
  const trust = { kind: "authorities", authoritiesPem: pem } as const;
  const cluster = givenClient({ host: "127.0.0.1", port, trust, maxRetries: 0 });

  const error = await failureOf(cluster.coreVersion());

  expect(error).toMatchObject({ kind: "tls", fault: "host-mismatch" });
  expect(heard).toEqual([]);
});

test("a certificate that is not valid yet is not trusted", async () => {
  const { port, pem } = await givenListener(["127.0.0.1"], new Date("2090-01-01T00:00:00Z"));
  const trust = { kind: "authorities", authoritiesPem: pem } as const;
  const cluster = givenClient({ host: "127.0.0.1", port, trust, maxRetries: 0 });

  const error = await failureOf(cluster.coreVersion());

  expect(error).toMatchObject({ kind: "tls", fault: "expired" });
});

test("a pinned certificate is trusted without an authority, whatever the spelling of the pin", async () => {
  const { simulator } = await givenCluster();
  const colons = simulator.certificateSha256.match(/../g)?.join(":") ?? "";

  for (const certificateSha256 of [simulator.certificateSha256, colons, colons.toUpperCase()]) {
    const cluster = givenClientOf(simulator, { trust: { kind: "fingerprint", certificateSha256 } });

    await expect(cluster.sessions.whoAmI()).resolves.toMatchObject({ name: "admin" });
  }
});

test("a certificate with another fingerprint than the pinned one gets nothing, not even the login", async () => {
  const { port, heard } = await givenListener(["127.0.0.1"]);
  const { simulator } = await givenCluster();
  const trust = { kind: "fingerprint", certificateSha256: simulator.certificateSha256 } as const;
  const cluster = givenClientOf(simulator, { port, trust, maxRetries: 0 });

  const error = await failureOf(cluster.sessions.whoAmI());

  expect(error).toMatchObject({ kind: "tls", fault: "wrong-fingerprint" });
  expect(heard).toEqual([]);
});

test("an unreadable pin trusts nothing", async () => {
  const { simulator } = await givenCluster();
  const trust = { kind: "fingerprint", certificateSha256: "unreadable" } as const;

  const error = await failureOf(givenClientOf(simulator, { trust, maxRetries: 0 }).coreVersion());

  expect(error.fault).toBe("wrong-fingerprint");
});

test("without a check any certificate will do", async () => {
  const { simulator } = await givenCluster();

  await expect(givenClientOf(simulator, { trust: { kind: "insecure" } }).coreVersion()).resolves.toBeDefined();
});

test("a port without TLS is told apart", async () => {
  const port = await listening(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    }),
  );

  const error = await failureOf(givenClient({ host: "127.0.0.1", port, maxRetries: 0 }).coreVersion());

  expect(error).toMatchObject({ kind: "tls", fault: "not-tls" });
});

test("a port where nobody listens is told apart, also for a creation, which was not sent", async () => {
  const closed = createServer();
  const port = await listening(closed);
  closed.close();
  const cluster = givenClient({ host: "127.0.0.1", port, maxRetries: 0, credentials: undefined });

  const error = await failureOf(cluster.coreVersion());

  expect(error).toMatchObject({ kind: "unreachable", fault: "refused" });
});

test("a name that does not exist is told apart", async () => {
  const error = await failureOf(givenClient({ host: "cluster.invalid", maxRetries: 0 }).coreVersion());

  expect(error).toMatchObject({ kind: "unreachable", fault: "name-not-found" });
});

test("a party that takes the connection and stays silent is given up", async () => {
  const port = await listening(createServer((socket) => socket.on("error", () => undefined)));

  const error = await failureOf(
    givenClient({ host: "127.0.0.1", port, maxRetries: 0, requestTimeoutMs: 100 }).coreVersion(),
  );

  expect(["timeout", "unreachable"]).toContain(error.kind);
});
