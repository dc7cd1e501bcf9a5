import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { parseProxy, renderProxy } from "../../src/client/proxy.ts";
import { failureOf, givenClientOf } from "../support/simulator/given-client.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenProxy } from "../support/simulator/given-proxy.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

test("a cluster is reached through a tunnel of the proxy, which sees no request and no secret", async () => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy();
  const cluster = givenClientOf(simulator, { proxy: parseProxy(proxy.url) });

  await expect(cluster.sessions.whoAmI()).resolves.toMatchObject({ name: "admin" });

  expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${simulator.port}`]));
  const carried = proxy.carried();
  expect(carried.length).toBeGreaterThan(100);
  for (const text of ["/v1/", "authorization", simulator.adminPassword.reveal()]) {
    expect(carried.includes(text)).toBe(false);
  }
});

test("a name that only the proxy can look up is looked up by the proxy, and the certificate is checked end to end", async () => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy({ names: { "cluster.behind.test": "127.0.0.1" } });
  const way = { host: "cluster.behind.test", proxy: parseProxy(proxy.url), maxRetries: 0 };
  const trust = { kind: "fingerprint", certificateSha256: simulator.certificateSha256 } as const;

  await expect(givenClientOf(simulator, { ...way, trust }).coreVersion()).resolves.toBeDefined();
  const mismatch = await failureOf(givenClientOf(simulator, way).coreVersion());
  const wrong = { ...trust, certificateSha256: "0".repeat(64) };
  const unpinned = await failureOf(givenClientOf(simulator, { ...way, trust: wrong }).coreVersion());

  expect([mismatch.fault, unpinned.fault]).toEqual(["host-mismatch", "wrong-fingerprint"]);
  expect(new Set(proxy.asked)).toEqual(new Set([`cluster.behind.test:${simulator.port}`]));
});

test("a proxy that asks for a password gets it from the URL, decoded", async () => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy({ login: "jo:p@ss word" });
  const named = parseProxy(`http://jo:p%40ss%20word@127.0.0.1:${proxy.port}`);

  await expect(givenClientOf(simulator, { proxy: named }).coreVersion()).resolves.toBeDefined();
  const missing = await failureOf(givenClientOf(simulator, { proxy: parseProxy(proxy.url) }).coreVersion());

  expect(missing).toMatchObject({ kind: "unreachable", fault: "proxy-authentication", proxyStatus: 407 });
  expect(proxy.asked).toHaveLength(2);
});

test("a proxy that is spoken to with TLS is checked against the authorities, too", async () => {
  // One certificate for both: OpenSSL takes the first authority of a name, and the simulator's all have the same.
  const dataFolder = await mkdtemp(path.join(tmpdir(), "proxy-"));
  folders.push(dataFolder);
  const { simulator } = await givenCluster({ dataFolder });
  const privateKeyPem = await readFile(path.join(dataFolder, "certificate-key.pem"), "utf8");
  const proxy = await givenProxy({ certificate: { certificatePem: simulator.certificatePem, privateKeyPem } });
  const options = { proxy: parseProxy(proxy.url), maxRetries: 0 };
  const pinned = { kind: "fingerprint", certificateSha256: simulator.certificateSha256 } as const;

  await expect(givenClientOf(simulator, options).coreVersion()).resolves.toBeDefined();
  const untrusted = await failureOf(givenClientOf(simulator, { ...options, trust: pinned }).coreVersion());

  // The pin is of the cluster, and says nothing of the proxy.
  expect(untrusted.fault).toBe("proxy-unreachable");
  expect(proxy.asked).toHaveLength(1);
});

test.each([
  { refusing: 403, attempts: 1 },
  { refusing: 503, attempts: 3 },
])("a proxy that answers $refusing is asked $attempts times", async ({ refusing, attempts }) => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy({ refusing });

  const error = await failureOf(
    givenClientOf(simulator, { proxy: parseProxy(proxy.url), maxRetries: 2 }).coreVersion(),
  );

  expect(error).toMatchObject({ kind: "unreachable", fault: "proxy-refused", proxyStatus: refusing });
  expect(proxy.asked).toHaveLength(attempts);
});

test.each([
  ["http://proxy.example.com:3128", "http://proxy.example.com:3128"],
  ["proxy.example.com:3128", "http://proxy.example.com:3128"],
  [" proxy ", "http://proxy:80"],
  ["HTTPS://proxy.example.com", "https://proxy.example.com:443"],
  ["http://jo:secret@[fd00::1]:8080/", "http://[fd00::1]:8080"],
])("the address of a proxy is read from %s", (text, shown) => {
  const proxy = parseProxy(text);

  expect(proxy && renderProxy(proxy)).toBe(shown);
  expect(JSON.stringify(proxy)).not.toContain("secret");
});

test.each(["socks5://proxy:1080", "http://", "http://proxy:0x50", "http://jo:50%@proxy", ""])(
  "%s is not the address of an HTTP proxy",
  (text) => {
    expect(parseProxy(text)).toBeUndefined();
  },
);
