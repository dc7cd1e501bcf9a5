import { createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { findProxy } from "../../src/connection/proxy.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Given, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { givenProxy } from "../support/simulator/given-proxy.ts";

const names = { "cluster.behind.test": "127.0.0.1" };

/** Settings for a cluster that has its name behind the proxy alone. */
function behindProxy(simulator: Simulator): Given {
  const pinned = { ca_pem: null, certificate_sha256: simulator.certificateSha256 };
  return { ...reaching(simulator), host: "cluster.behind.test", max_retries: 0, ...pinned };
}

async function configure(config: Given, environment: Readonly<Record<string, string>> = {}) {
  return givenUnconfiguredEngine({ environment }).configure(config);
}

/** The one error of a configuration, which holds no password. */
async function errorOf(config: Given, environment: Readonly<Record<string, string>> = {}) {
  const diagnostics = await configure(config, environment);
  expect(diagnostics).toHaveLength(1);
  expect(JSON.stringify(diagnostics)).not.toContain("hunter2");
  return diagnostics[0];
}

test.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "QUMULO_PROXY"])(
  "the cluster is reached through the proxy of %s",
  async (variable) => {
    const { simulator } = await givenCluster();
    const proxy = await givenProxy({ names });

    expect(await configure(behindProxy(simulator), { [variable]: proxy.url })).toEqual([]);

    expect(new Set(proxy.asked)).toEqual(new Set([`cluster.behind.test:${simulator.port}`]));
  },
);

test("the setting proxy wins over the environment, and its exceptions", async () => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy({ names });
  const environment = { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "*", QUMULO_PROXY: "http://127.0.0.1:9" };

  expect(await configure({ ...behindProxy(simulator), proxy: proxy.url }, environment)).toEqual([]);

  expect(proxy.asked).not.toHaveLength(0);
});

test("a cluster on this machine, one of NO_PROXY, and proxy none are reached directly", async () => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy();
  const config = reaching(simulator);

  const direct = await configure(config, { HTTPS_PROXY: proxy.url });
  const asked = await configure({ ...config, proxy: "none" }, { QUMULO_PROXY: proxy.url });

  expect([direct, asked, proxy.asked]).toEqual([[], [], []]);
});

test.each([
  ["cluster.example.com", "cluster.example.com", true],
  ["cluster.example.com", "EXAMPLE.com", true],
  ["cluster.example.com", ".example.com", true],
  ["cluster.example.com", "*.example.com", true],
  ["example.com", ".example.com", false],
  ["myexample.com", "example.com", false],
  ["cluster.example.com.", "example.com", true],
  ["cluster.example.com", "other.com, cluster.example.com:8000", true],
  ["cluster.example.com", "cluster.example.com:443", false],
  ["cluster.example.com", "*", true],
  ["10.1.2.3", "10.0.0.0/8", true],
  ["11.1.2.3", "10.0.0.0/8", false],
  ["10.1.2.3", "10.0.0.0/99", false],
  ["10.1.2.3", "10.1.2.3:8000", true],
  ["fd00::1", "fd00::/8", true],
  ["fd00::1", "[fd00::1]:8000", true],
  ["fd00::1", "10.0.0.0/8", false],
  ["localhost", "", true],
  ["127.9.9.9", "", true],
  ["::1", "", true],
  ["cluster.example.com", "", false],
])("%s with NO_PROXY=%s goes directly: %s", (host, list, isDirect) => {
  for (const variable of ["NO_PROXY", "no_proxy"]) {
    const environment = { HTTPS_PROXY: "http://proxy:3128", [variable]: list };

    const found = findProxy({}, { address: { host, port: 8_000 }, environment });

    expect(found === undefined).toBe(isDirect);
  }
});

test("a proxy that asks for a password, and gets none or a wrong one, is told apart", async () => {
  const { simulator } = await givenCluster();
  const proxy = await givenProxy({ names, login: "jo:right" });
  const config = behindProxy(simulator);

  const none = await errorOf(config, { HTTPS_PROXY: proxy.url });
  const wrong = await errorOf({ ...config, proxy: proxy.url.replace("//", "//jo:hunter2@") });

  expect(none?.summary).toBe("Proxy requires a valid login");
  expect(none?.detail).toContain(`HTTPS_PROXY. The proxy ${proxy.url} refuses to connect to cluster.behind.test`);
  expect(wrong?.detail).toContain("does not accept this user and password (407)");
  expect(wrong?.attribute).toEqual(["proxy"]);
});

test("a proxy that is not there, and one that does not know the cluster, are told apart", async () => {
  const { simulator } = await givenCluster();
  const closed = await new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
  const proxy = await givenProxy();
  const config = behindProxy(simulator);

  const gone = await errorOf({ ...config, proxy: `http://jo:hunter2@127.0.0.1:${closed}` });
  const unknown = await errorOf(config, { HTTPS_PROXY: proxy.url });

  expect(gone?.summary).toBe("Proxy cannot be reached");
  expect(gone?.detail).toContain(`http://127.0.0.1:${closed}, which did not accept a connection: ECONNREFUSED`);
  expect(unknown?.summary).toBe("Proxy refuses to connect to the cluster");
  expect(unknown?.detail).toContain("answers 502 when asked for cluster.behind.test");
});

test.each([
  ["socks5h://jo:hunter2@proxy:1080", "It is a SOCKS proxy"],
  ["http://jo:hunter2#@proxy", "It cannot be read"],
])("what is not the address of an HTTP proxy is refused without printing it: %s", async (text, said) => {
  const config = { host: "cluster.behind.test", bearer_token: "access-v1:x" };

  const set = await errorOf({ ...config, proxy: text });
  const inherited = await errorOf(config, { ALL_PROXY: text });

  expect(set?.attribute).toEqual(["proxy"]);
  expect(set?.detail).toContain(said);
  expect(inherited?.detail).toContain("The value comes from the environment variable ALL_PROXY.");
});
