import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import type { Simulator } from "../../src/simulator/index.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Given, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { undecided } from "../support/provider/values.ts";

const folders: string[] = [];
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function givenFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "provider-"));
  folders.push(folder);
  await writeFile(join(folder, "file"), content);
  return join(folder, "file");
}

async function listening(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The one error of a configuration. */
async function errorOf(config: Given, environment: Readonly<Record<string, string>> = {}) {
  const diagnostics = await givenUnconfiguredEngine({ environment }).configure({ max_retries: 0, ...config });
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.severity).toBe("error");
  return diagnostics[0];
}

const login = { username: "admin", password: "Example-Passw0rd" };

function withoutLogin(simulator: Simulator): Given {
  const { host, port, certificatePem } = simulator;
  return { host, port, ca_pem: certificatePem };
}

test("a login configures the provider", async () => {
  const { simulator } = await givenCluster();

  expect(await givenUnconfiguredEngine().configure(reaching(simulator))).toEqual([]);
});

test("a bearer token configures the provider", async () => {
  const { simulator, admin } = await givenCluster();
  const config = { ...withoutLogin(simulator), bearer_token: admin.bearerToken ?? "" };

  expect(await givenUnconfiguredEngine().configure(config)).toEqual([]);
});

test("a credentials file configures the provider", async () => {
  const { simulator, admin } = await givenCluster();
  const file = await givenFile(JSON.stringify({ version: 1, bearer_token: admin.bearerToken }));
  const config = { ...withoutLogin(simulator), credentials_file: file };

  expect(await givenUnconfiguredEngine().configure(config)).toEqual([]);
});

test("without credentials, what qq stored is used", async () => {
  const { simulator, admin } = await givenCluster();
  const file = await givenFile(JSON.stringify({ version: 1, bearer_token: admin.bearerToken }));
  const home = join(file, "..");
  await writeFile(join(home, ".qfsd_cred"), JSON.stringify({ version: 1, bearer_token: admin.bearerToken }));

  const diagnostics = await givenUnconfiguredEngine({ environment: { HOME: home } }).configure(withoutLogin(simulator));

  expect(diagnostics).toEqual([]);
});

test("every setting can come from the environment", async () => {
  const { simulator } = await givenCluster();
  const environment = {
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_USERNAME: "admin",
    QUMULO_PASSWORD: simulator.adminPassword.reveal(),
    QUMULO_CERTIFICATE_SHA256: simulator.certificateSha256,
    QUMULO_REQUEST_TIMEOUT: "10s",
    QUMULO_MAX_RETRIES: "1",
  };

  expect(await givenUnconfiguredEngine({ environment }).configure()).toEqual([]);
});

test("a CA file and a bearer token can come from the environment", async () => {
  const { simulator, admin } = await givenCluster();
  const environment = {
    QUMULO_HOST: simulator.host,
    QUMULO_PORT: String(simulator.port),
    QUMULO_CA_FILE: await givenFile(simulator.certificatePem),
    QUMULO_BEARER_TOKEN: ` ${admin.bearerToken ?? ""}\n`,
  };

  expect(await givenUnconfiguredEngine({ environment }).configure()).toEqual([]);
});

test("the configuration wins over the environment, also with another kind of credentials and trust", async () => {
  const { simulator } = await givenCluster();
  const environment = {
    QUMULO_HOST: "elsewhere.invalid",
    QUMULO_PORT: "1",
    QUMULO_BEARER_TOKEN: "access-v1:wrong",
    QUMULO_CREDENTIALS_FILE: "/nowhere",
    QUMULO_INSECURE: "true",
    QUMULO_CA_FILE: "/nowhere",
  };

  expect(await givenUnconfiguredEngine({ environment }).configure(reaching(simulator))).toEqual([]);
});

test("insecure is a warning in every plan", async () => {
  const { simulator } = await givenCluster();
  const config = { ...reaching(simulator), ca_pem: null };

  const diagnostics = await givenUnconfiguredEngine().configure({ ...config, insecure: true });

  expect(diagnostics).toMatchObject([{ severity: "warning", attribute: ["insecure"] }]);
});

test("unknown settings are not an error: the provider waits for them", async () => {
  expect(
    await givenUnconfiguredEngine().configure({ host: undecided, username: "admin", password: undecided }),
  ).toEqual([]);
});

test.each<[string, Given, string]>([
  ["a scheme", { host: "https://cluster.example.com" }, 'host = "cluster.example.com"'],
  ["a scheme, a port and a path", { host: "https://cluster.example.com:8000/api" }, "port = 8000"],
  ["a port", { host: "cluster.example.com:8001" }, 'host = "cluster.example.com" and port = 8001'],
  ["an address of version 6 with a port", { host: "[::1]:8000" }, 'host = "::1" and port = 8000'],
  ["a blank", { host: "my cluster" }, "cluster.example.com"],
])("a host with %s is refused with the fix", async (_, config, fix) => {
  const error = await errorOf({ ...login, ...config });

  expect(error).toMatchObject({ attribute: ["host"] });
  expect(error?.detail).toContain(fix);
});

test.each<[string, Given]>([
  ["port", { port: 0 }],
  ["port", { port: 65_536 }],
  ["port", { port: 8_000.5 }],
  ["request_timeout", { request_timeout: "soon" }],
  ["request_timeout", { request_timeout: "0s" }],
  ["max_retries", { max_retries: -1 }],
  ["max_retries", { max_retries: 101 }],
  ["certificate_sha256", { certificate_sha256: "12:34" }],
  ["ca_pem", { ca_pem: "/etc/ca.pem" }],
])("a bad %s is refused at the attribute: %j", async (attribute, config) => {
  const error = await errorOf({ host: "cluster.example.com", ...login, ...config });

  expect(error).toMatchObject({ attribute: [attribute] });
});

test.each<[string, Given]>([
  ["bearer_token", { ...login, bearer_token: "access-v1:x" }],
  ["credentials_file", { ...login, credentials_file: "/file" }],
  ["credentials_file", { bearer_token: "access-v1:x", credentials_file: "/file" }],
  ["ca_pem", { ...login, ca_file: "/file", ca_pem: "-----BEGIN CERTIFICATE-----" }],
  ["insecure", { ...login, ca_file: "/file", insecure: true }],
  ["insecure", { ...login, certificate_sha256: "ab".repeat(32), insecure: true }],
  ["certificate_sha256", { ...login, certificate_sha256: "ab".repeat(32), ca_file: "/file" }],
  ["username", { username: "admin" }],
  ["password", { password: "Example-Passw0rd" }],
])("contradicting or half settings are one error at %s: %j", async (attribute, config) => {
  const error = await errorOf({ host: "cluster.example.com", ...config });

  expect(error).toMatchObject({ attribute: [attribute] });
  expect(JSON.stringify(error)).not.toContain("Example-Passw0rd");
});

test("half a login is completed from the environment", async () => {
  const { simulator } = await givenCluster();
  const environment = { QUMULO_PASSWORD: simulator.adminPassword.reveal() };
  const config = { ...withoutLogin(simulator), username: "admin" };

  expect(await givenUnconfiguredEngine({ environment }).configure(config)).toEqual([]);
});

test("a bad environment variable is named", async () => {
  const error = await errorOf({ host: "cluster.example.com", ...login }, { QUMULO_PORT: "http" });

  expect(error?.detail).toContain("QUMULO_PORT");
  expect(error?.attribute).toBeUndefined();
});

test("without a host there is nothing to connect to", async () => {
  expect(await errorOf(login)).toMatchObject({ attribute: ["host"], detail: expect.stringContaining("QUMULO_HOST") });
});

test("without credentials the ways to give them are named", async () => {
  const error = await errorOf({ host: "cluster.example.com" });

  expect(error?.detail).toContain("QUMULO_BEARER_TOKEN");
  expect(error?.detail).toContain("qq --host cluster.example.com --port 8000 login");
});

test.each(["", "no json"])("a credentials file that holds %j is refused at the attribute", async (content) => {
  const error = await errorOf({ host: "cluster.example.com", credentials_file: await givenFile(content) });

  expect(error).toMatchObject({ attribute: ["credentials_file"] });
});

test("a CA file that is not there, or holds no certificate, is refused at the attribute", async () => {
  const missing = await errorOf({ host: "cluster.example.com", ...login, ca_file: "/nowhere/ca.pem" });
  const wrong = await errorOf({ host: "cluster.example.com", ...login, ca_file: await givenFile("text") });

  expect(missing).toMatchObject({ attribute: ["ca_file"], detail: expect.stringContaining("ENOENT") });
  expect(wrong).toMatchObject({ attribute: ["ca_file"] });
});

test("a wrong password is one error at the password", async () => {
  const { simulator } = await givenCluster();
  const error = await errorOf({ ...reaching(simulator), password: "Wrong-Passw0rd" });

  expect(error).toMatchObject({ summary: "Login was rejected", attribute: ["password"] });
  expect(error?.detail).not.toContain("Wrong-Passw0rd");
});

test.each(["\n", " ", "\r\n"])("a password that ends with %j is told of, without itself", async (end) => {
  const { simulator } = await givenCluster();
  const password = simulator.adminPassword.reveal();

  const error = await errorOf({ ...reaching(simulator), password: `${password}${end}` });

  expect(error).toMatchObject({ summary: "Login was rejected", attribute: ["password"] });
  expect(error?.detail).toContain("password begins or ends with a blank or a line break");
  expect(error?.detail).not.toContain(password);
});

test("a wrong bearer token is one error at the attribute", async () => {
  const { simulator } = await givenCluster();
  const error = await errorOf({ ...withoutLogin(simulator), bearer_token: "access-v1:wrong" });

  expect(error).toMatchObject({ summary: "Bearer token was rejected", attribute: ["bearer_token"] });
  expect(JSON.stringify(error)).not.toContain("access-v1:wrong");
});

test("an untrusted certificate is one error that shows its fingerprint and the ways to trust it", async () => {
  const { simulator } = await givenCluster();
  const config = { ...reaching(simulator), ca_pem: null };
  const error = await errorOf(config);

  expect(error?.summary).toBe("Cluster certificate is not trusted");
  expect(error?.detail.replaceAll(":", "").toLowerCase()).toContain(simulator.certificateSha256);
  expect(error?.detail).toContain("certificate_sha256");
  expect(error?.detail).toContain("ca_file");
});

test("another fingerprint than the pinned one is one error at the attribute", async () => {
  const { simulator } = await givenCluster();
  const config = { ...reaching(simulator), ca_pem: null };
  const error = await errorOf({ ...config, certificate_sha256: "ab".repeat(32) });

  expect(error).toMatchObject({ attribute: ["certificate_sha256"] });
});

test("a host that no name server knows is one error at the host", async () => {
  expect(await errorOf({ host: "cluster.invalid", ...login })).toMatchObject({
    summary: "Host name cannot be resolved",
    attribute: ["host"],
  });
});

test("a port where nobody listens is one error at the port", async () => {
  const closed = createServer();
  const port = await listening(closed);
  closed.close();

  expect(await errorOf({ host: "127.0.0.1", port, ...login })).toMatchObject({
    summary: "Cluster refused the connection",
    attribute: ["port"],
  });
});

test("a port that does not speak TLS is one error at the port", async () => {
  const port = await listening(
    createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end("SSH-2.0-OpenSSH_9.0\r\n");
    }),
  );

  expect(await errorOf({ host: "127.0.0.1", port, ...login })).toMatchObject({
    summary: "Port does not speak HTTPS",
    attribute: ["port"],
  });
});

test("a party that does not answer is one error", async () => {
  const port = await listening(createServer((socket) => socket.on("error", () => undefined)));

  const error = await errorOf({ host: "127.0.0.1", port, ...login, request_timeout: "1s" });

  expect(error).toMatchObject({ summary: "Cluster does not answer", attribute: ["host"] });
});

test.each([
  [302, "Not a Qumulo cluster"],
  [404, "Not a Qumulo cluster"],
  [428, "Not a Qumulo cluster"],
  [429, "Cluster cannot answer now"],
  [499, "Not a Qumulo cluster"],
  [500, "Cluster cannot answer now"],
  [503, "Cluster cannot answer now"],
])("a party that answers %d is one error: %s", async (status, summary) => {
  const { simulator } = await givenCluster();
  simulator.failNext({ path: /version/, with: { kind: "status", status } });

  expect(await errorOf({ ...reaching(simulator), max_retries: 0 })).toMatchObject({ summary });
});

test("a cluster before access tokens is too old, the first one with them is not", async () => {
  const { simulator: old } = await givenCluster({ coreVersion: "5.2.9" });
  const { simulator: young } = await givenCluster({ coreVersion: "5.3.0" });

  expect(await errorOf(reaching(old))).toMatchObject({ summary: "Qumulo Core is too old" });
  expect(await givenUnconfiguredEngine().configure(reaching(young))).toEqual([]);
});

test("validating makes no request", async () => {
  const { simulator } = await givenCluster();
  const before = simulator.requests.length;

  await givenUnconfiguredEngine().configure({ ...reaching(simulator), bearer_token: "x" });

  expect(simulator.requests).toHaveLength(before);
});
