import { afterEach, expect, test } from "@jest/globals";
import { createCertificate } from "../../../src/simulator/certificate.ts";
import type { RequestLogEntry } from "../../../src/simulator/http/request-log.ts";
import { statusOfMalformed } from "../../../src/simulator/http/malformed.ts";
import { Router } from "../../../src/simulator/http/router.ts";
import { routesOf } from "../../../src/simulator/http/routes.ts";
import { ApiServer, type Timeouts } from "../../../src/simulator/http/server.ts";
import { latestCoreVersion } from "../../../src/simulator/rules/core-version.ts";
import { MemoryStore } from "../../../src/simulator/store/memory-store.ts";
import { systemClock } from "../../../src/vocabulary/clock.ts";
import { eventually } from "../../support/processes/processes.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import { type Address, openPlain, openRaw, sendRaw } from "../../support/simulator/raw-connection.ts";
import { SettableClock } from "../../support/simulator/settable-clock.ts";

const open: ApiServer[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

interface GivenServer extends Address {
  readonly server: ApiServer;
  readonly log: readonly RequestLogEntry[];
  readonly defects: readonly unknown[];
}

/** A server with timeouts that a test can wait for; its cluster knows its version and nothing else. */
async function givenServer(timeouts: Timeouts): Promise<GivenServer> {
  const log: RequestLogEntry[] = [];
  const defects: unknown[] = [];
  const certificate = createCertificate(["127.0.0.1"], systemClock.now());
  const server = new ApiServer({
    ...certificate,
    router: new Router(routesOf(latestCoreVersion)),
    context: { store: new MemoryStore(), clock: new SettableClock(), variations: {}, coreVersion: latestCoreVersion },
    latencyMs: 0,
    timeouts,
    listeners: {
      onUnknownPath: () => undefined,
      onNotStored: () => undefined,
      onDefect: (error) => defects.push(error),
    },
    onRequest: (entry) => log.push(entry),
  });
  open.push(server);
  const port = await server.listen(0, "127.0.0.1");
  return { server, log, defects, host: "127.0.0.1", port, certificatePem: certificate.certificatePem };
}

/** Long enough for a busy machine to run what is due before, and short enough to wait for. */
const brief = { headersMs: 800, requestMs: 1_600, keepAliveMs: 800 };
const version = "GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n";

function statusesOf(text: string): string[] {
  return Array.from(text.matchAll(/HTTP\/1\.1 (\d{3}) [A-Z]/g), ([, status = ""]) => status);
}

function bodiesOf(text: string): unknown[] {
  return Array.from(text.matchAll(/\r\n\r\n(\{[^\r]*?\})(?=HTTP|$)/g), ([, body = ""]) => JSON.parse(body) as unknown);
}

test("a client that stops is cut off, wherever it stops", async () => {
  const stops: Readonly<Record<string, readonly [text: string, statuses: readonly string[]]>> = {
    "before anything": ["", []],
    "within the headers": ["GET /v1/version HTTP/1.1\r\nHo", ["408"]],
    "within a body": ['POST /v1/session/login HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"user', ["408"]],
    "within a chunk": [
      "POST /v1/session/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
      ["408"],
    ],
    "after one request": [version, ["200"]],
    "within its second request": [`${version}GET /v1`, ["200", "408"]],
  };
  const given = await givenServer(brief);

  // All at once, since each takes as long as the timeouts.
  const ends = Object.entries(stops).map(async ([where, [text, { length }]]) => {
    const { socket, closed } = await openRaw(given);
    if (text !== "") socket.write(text);
    return [where, statusesOf(await closed).slice(0, length)] as const;
  });
  const { closed } = await openPlain(given);
  const answers = Object.fromEntries(await Promise.all(ends));

  expect(answers).toEqual(Object.fromEntries(Object.entries(stops).map(([where, [, statuses]]) => [where, statuses])));
  await expect(closed).resolves.toBe("");
  expect(given.defects).toEqual([]);
});

test.each([
  ["HPE_INVALID_METHOD", 400],
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
  // An answer would go out when the handshake ends at last, as if to a request.
  ["ERR_TLS_HANDSHAKE_TIMEOUT", undefined],
  ["ERR_SSL_HTTP_REQUEST", undefined],
  ["EPIPE", undefined],
])("%s is answered with %s", (code, status) => {
  expect(statusOfMalformed(Object.assign(new Error(code), { code }))).toBe(status);
});

test("a client that does not read its answers is cut off", async () => {
  const given = await givenServer({ ...brief, keepAliveMs: 60_000 });

  const { socket, closed } = await openRaw(given);
  socket.pause();
  socket.write("GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100));
  await eventually(() => given.log.length === 100 && given.server.openConnections === 0, "it is cut off");
  socket.resume();

  expect(statusesOf(await closed).length).toBeLessThan(100);
  expect(given.defects).toEqual([]);
});

test("a slow client that keeps within the limits is served", async () => {
  const given = await givenServer({ headersMs: 30_000, requestMs: 60_000 });
  const { socket, closed } = await openRaw(given);

  for (const character of `${version.slice(0, -2)}Connection: close\r\n\r\n`) {
    socket.write(character);
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect(statusesOf(await closed)).toEqual(["200"]);
});

test.each([
  ["garbage", "\x00\x01\x02garbage\r\n\r\n", "400", "rest_invalid_request_error"],
  [
    "a header with a control character in its name",
    "GET /v1/version HTTP/1.1\r\nHost: x\r\nX\x01: y\r\n\r\n",
    "400",
    "rest_invalid_request_error",
  ],
  [
    "a header in two lines",
    "GET /v1/version HTTP/1.1\r\nHost: x\r\nX: a\r\n b\x00\r\n\r\n",
    "400",
    "rest_invalid_request_error",
  ],
  [
    "headers of 17 KB",
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(17_000)}\r\n\r\n`,
    "431",
    "http_request_header_fields_too_large_error",
  ],
  [
    "a bad chunk",
    "POST /v1/session/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "400",
    "rest_invalid_request_error",
  ],
  [
    "an expectation",
    "GET /v1/version HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n",
    "417",
    "http_expectation_failed_error",
  ],
  ["a request to no host", "GET /v1/version HTTP/1.1\r\n\r\n", "400", "rest_invalid_request_error"],
  ["a tunnel", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", "405", "http_method_not_allowed_error"],
])("%s is refused like anything else, and the connection ends", async (_what, text, ...refusal) => {
  const { simulator } = await givenCluster();

  const answer = await sendRaw(simulator, text);

  const [status, errorClass] = refusal;
  expect(statusesOf(answer)).toEqual([status]);
  expect(answer).toMatch(/^Date: .* GMT\r$/m);
  expect(answer).toMatch(/^Content-Type: application\/json\r$/m);
  expect(answer).toMatch(/^Strict-Transport-Security: max-age=31536000\r$/m);
  expect(answer).toMatch(/^Connection: close\r$/m);
  expect(answer).toMatch(/^Content-Length: \d+\r$/m);
  expect(bodiesOf(answer)).toMatchObject([{ error_class: errorClass, stack: [] }]);
  expect(simulator.defects).toEqual([]);
});

test("a request that cannot be read is called malformed", async () => {
  const { simulator } = await givenCluster();

  const answer = await sendRaw(simulator, "GET /v1/auth/access-tokens/?user=\x01 HTTP/1.1\r\nHost: x\r\n\r\n");

  expect(bodiesOf(answer)).toMatchObject([{ description: "The request is malformed" }]);
});

test("garbage after requests comes after their answers", async () => {
  const { simulator } = await givenCluster({ latencyMs: 20 });

  const answer = await sendRaw(simulator, `${version}${version.replace("version", "nothing")}garbage\r\n\r\n`);

  expect(statusesOf(answer)).toEqual(["200", "404", "400"]);
  expect(simulator.defects).toEqual([]);
});

test("many requests at once are answered in their order", async () => {
  const { simulator } = await givenCluster();
  const paths = ["/v1/version", "/v1/nothing", "/v1/users/", "/v1/node/state", "/v1/session/login"];
  const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join("");

  const answer = await sendRaw(simulator, `${requests}${version.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")}`);

  expect(statusesOf(answer)).toEqual(["200", "404", "401", "200", "405", "200"]);
});

test("HTTP/1.0 is answered, and its connection ends unless it asks to keep it", async () => {
  const { simulator } = await givenCluster();
  const old = "GET /v1/version HTTP/1.0\r\n";

  const once = await sendRaw(simulator, `${old}\r\n`);
  const twice = await sendRaw(simulator, `${old}Connection: keep-alive\r\n\r\n${old}\r\n`);

  expect([statusesOf(once), statusesOf(twice)]).toEqual([["200"], ["200", "200"]]);
});

test("a client that waits to be told to continue is told", async () => {
  const { simulator } = await givenCluster();
  const body = JSON.stringify({ username: "admin", password: simulator.adminPassword.reveal() });
  const { socket, received, closed } = await openRaw(simulator);

  socket.write(
    `POST /v1/session/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  while (!received().includes("100 Continue")) await new Promise((resolve) => socket.once("data", resolve));
  socket.write(body);

  expect(statusesOf(await closed)).toEqual(["100", "200"]);
});

test.each([
  ["plain HTTP", "GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n"],
  ["a TLS hello that is none", "\x16\x03\x01\x00\x05hello"],
  ["a TLS alert", "\x15\x03\x01\x00\x02\x02\x28"],
  ["zeros", "\x00".repeat(2_000)],
])("%s instead of TLS ends that connection only", async (_what, text) => {
  const { nobody, simulator } = await givenCluster();

  const { socket, closed } = await openPlain(simulator);
  socket.write(Buffer.from(text, "latin1"));
  const answer = await closed;
  const next = await nobody.get("/v1/version");

  expect(answer).not.toContain("HTTP/1.1");
  expect(next.status).toBe(200);
  expect(simulator.defects).toEqual([]);
});

const login = `POST /v1/session/login HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n`;

test.each([
  ["before it speaks", ""],
  ["within the headers", login.slice(0, 30)],
  ["before the body", login],
  ["within the body", `${login}{"user`],
  ["before the answer", `${login}{"username":"a","password":"b"}`],
  ["before several answers", version.repeat(20)],
])("a client that vanishes %s does no harm", async (_when, text) => {
  const { nobody, simulator } = await givenCluster({ latencyMs: 5 });

  for (const leave of ["destroy", "resetAndDestroy", "end"] as const) {
    const { socket, closed } = await openRaw(simulator);
    if (text !== "") await new Promise((resolve) => socket.write(text, resolve));
    if (leave === "resetAndDestroy") socket.destroy(new Error("reset"));
    else socket[leave]();
    await closed;
  }
  const next = await nobody.get("/v1/version");

  expect(next.status).toBe(200);
  expect(simulator.defects).toEqual([]);
});

test("the time of an answer is the cluster's own", async () => {
  const { nobody } = await givenCluster({ clock: new SettableClock("2031-05-06T07:08:09.123Z") });

  const reply = await nobody.get("/v1/version");

  expect(reply.headers["date"]).toBe("Tue, 06 May 2031 07:08:09 GMT");
});
