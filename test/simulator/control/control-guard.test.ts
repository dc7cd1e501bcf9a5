import { once } from "node:events";
import { chmod, link, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  AdjustableClock,
  ControlClient,
  type ControlOptions,
  type OfferedControl,
  serveControl,
  type Simulator,
} from "../../../src/simulator/index.ts";
import { controlRefusals } from "../../../src/simulator/control/control-error.ts";
import { controlRoutes } from "../../../src/simulator/control/routes.ts";
import { askControl, type AskedControl } from "../../support/simulator/ask-control.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";

const secret = "a-secret-of-this-test";
const authorization = { Authorization: `Bearer ${secret}` };

let folder: string;
let simulator: Simulator;
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "control-"));
  ({ simulator } = await givenCluster());
});

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await rm(folder, { recursive: true });
});

async function offer(options: ControlOptions = { port: 0, secret }): Promise<OfferedControl> {
  const offered = await serveControl(simulator, options);
  closing.push(offered.close);
  return offered;
}

test("at a port it listens at the loopback address, and answers who knows the secret", async () => {
  const { url = "" } = await offer();

  const described = await new ControlClient({ url, secret }).describe();

  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(described.url).toBe(simulator.url);
});

test.each([
  ["no secret", {}],
  ["another secret", { Authorization: "Bearer a-secret-of-another-one" }],
  ["the secret in another scheme", { Authorization: `Basic ${secret}` }],
  ["half of the secret", { Authorization: `Bearer ${secret.slice(0, 10)}` }],
])("%s is refused, for unknown paths as well", async (_what, headers) => {
  const place = await offer();

  for (const asked of ["/v1/seed", "/not/there"]) {
    const answer = await askControl(place, { path: asked, headers });
    expect(answer).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    expect(JSON.stringify(answer)).not.toContain(secret);
  }
});

test.each([
  ["another origin", { Origin: "http://evil.example.com" }],
  ["its own origin", { Origin: "http://127.0.0.1" }],
  ["a page without an origin", { "Sec-Fetch-Site": "same-origin" }],
])("a web page is refused also with the secret: %s", async (_what, headers) => {
  const atPort = await offer();
  const atSocket = await offer({ socket: path.join(folder, "own", "control.sock") });

  for (const place of [atPort, atSocket]) {
    const answer = await askControl(place, {
      method: "POST",
      path: "/v1/reset",
      headers: { ...authorization, ...headers },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: "cross_origin" } });
  }
});

test.each(["evil.example.com", "127.0.0.1.evil.example.com:80", "localhost.evil.example.com"])(
  "the name %j, which somebody else may lead to this machine, is refused",
  async (host) => {
    const answer = await askControl(await offer(), { path: "/v1/clock", headers: { ...authorization, Host: host } });

    expect(answer).toMatchObject({ status: 403, body: { code: "unknown_host" } });
  },
);

test.each(["localhost", "LOCALHOST:80", "localhost.", "x.localhost", "[::1]:8001", "10.0.0.7:1", hostname()])(
  "the name %s is this machine's",
  async (host) => {
    const answer = await askControl(await offer(), { path: "/v1/faults", headers: { ...authorization, Host: host } });

    expect(answer).toEqual({ status: 200, body: { faults: [] } });
  },
);

const refused: readonly {
  readonly what: string;
  readonly asked: AskedControl;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}[] = [
  {
    what: "a misspelled path",
    asked: { path: "/v1/fault" },
    status: 404,
    code: "unknown_path",
    message: 'at "/v1/fault". Did you mean /v1/faults?',
  },
  {
    what: "another path",
    asked: { path: "/v1/users/" },
    status: 404,
    code: "unknown_path",
    message: "There are /v1/simulator, /v1/reset, ",
  },
  {
    what: "another method",
    asked: { path: "/v1/reset" },
    status: 405,
    code: "method_not_allowed",
    message: "It takes POST.",
  },
  {
    what: "a misspelled parameter",
    asked: { path: "/v1/requests?limi=3" },
    status: 400,
    code: "invalid_query",
    message: 'Did you mean "limit"?',
  },
  {
    what: "a parameter where none is",
    asked: { path: "/v1/clock?x=1" },
    status: 400,
    code: "invalid_query",
    message: "/v1/clock takes none.",
  },
  {
    what: "no limit",
    asked: { path: "/v1/requests?limit=0" },
    status: 400,
    code: "invalid_query",
    message: "a whole number from 1 to 10000",
  },
  {
    what: "a limit too high",
    asked: { path: "/v1/requests?limit=10001" },
    status: 400,
    code: "invalid_query",
    message: "a whole number from 1 to 10000",
  },
  {
    what: "no body",
    asked: { method: "POST", path: "/v1/faults" },
    status: 400,
    code: "invalid_body",
    message: "needs one in JSON",
  },
  {
    what: "half a body",
    asked: { method: "POST", path: "/v1/faults", body: '{"fault":' },
    status: 400,
    code: "invalid_body",
    message: "not JSON.",
  },
  {
    what: "a list",
    asked: { method: "POST", path: "/v1/faults", body: "[]" },
    status: 400,
    code: "invalid_body",
    message: "not a JSON object.",
  },
  {
    what: "a misspelled key",
    asked: post("/v1/faults", { falt: "x" }),
    status: 400,
    code: "invalid_body",
    message: 'no key "falt". Did you mean "fault"?',
  },
  {
    what: "a hidden key",
    asked: { ...post("/v1/clock/advance", {}), body: '{"__proto__":{}}' },
    status: 400,
    code: "invalid_body",
    message: '"__proto__"',
  },
  {
    what: "a key where none is",
    asked: post("/v1/reset", { seed: {} }),
    status: 400,
    code: "invalid_body",
    message: "This path takes no keys.",
  },
  {
    what: "a key of another kind",
    asked: post("/v1/faults", { fault: 7 }),
    status: 400,
    code: "invalid_body",
    message: "fault: string is needed.",
  },
  {
    what: "a missing key",
    asked: post("/v1/faults", {}),
    status: 400,
    code: "invalid_body",
    message: "fault: the field is missing.",
  },
  {
    what: "an unknown kind of fault",
    asked: post("/v1/faults", { fault: "GET ** rest" }),
    status: 400,
    code: "invalid_body",
    message: "Did you mean reset?",
  },
  {
    what: "a long body",
    asked: post("/v1/faults", { fault: "x".repeat(70_000) }),
    status: 413,
    code: "body_too_large",
    message: "more than 65536 bytes",
  },
];

function post(asked: string, body: object): { method: string; path: string; body: string } {
  return { method: "POST", path: asked, body: JSON.stringify(body) };
}

test.each(refused)("$what is refused with what to do", async ({ asked, status, code, message }) => {
  const answer = await askControl(await offer(), { ...asked, headers: authorization });

  expect(answer).toMatchObject({ status, body: { code, message: expect.stringContaining(message) } });
});

test("a body that is not announced as JSON is refused, as a form of a web page is", async () => {
  const answer = await askControl(await offer(), {
    ...post("/v1/faults", { fault: "GET ** reset" }),
    headers: { ...authorization, "Content-Type": "text/plain" },
  });

  expect(answer).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
  expect(simulator.faultsLeft()).toBe(0);
});

test.each([
  { asked: "/v1/clock", body: { time: "tomorrow" }, message: 'time: "tomorrow" is not a time: an RFC 3339 time' },
  { asked: "/v1/clock/advance", body: { by: "-1d" }, message: 'by: "-1d" is not a duration: a duration such as' },
  { asked: "/v1/clock/advance", body: { by: "9999999d" }, message: "by: the clock would pass the year 9999." },
])("$body does not move the clock", async ({ asked, body, message }) => {
  const clock = new AdjustableClock({ time: new Date("2030-01-31T12:00:00Z"), isRunning: false });
  const place = await offer({ port: 0, secret, clock });

  const method = asked.endsWith("advance") ? "POST" : "PUT";
  const answer = await askControl(place, { ...post(asked, body), method, headers: authorization });

  expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } });
  expect(clock.now().toISOString()).toBe("2030-01-31T12:00:00.000Z");
});

const oddBodies: readonly (string | Buffer)[] = [
  "",
  "{}",
  "null",
  '"text"',
  '{"time":null,"by":[],"fault":{},"running":"yes"}',
  '{"version":1,"users":[{"name":"admin","password":"weak-secret"}]}',
  `{"fault":"${"* ".repeat(2_000)}"}`,
  '{"constructor":1,"toString":2,"__proto__":3}',
  Buffer.from([0xff, 0xfe, 0x7b]),
];

test.each(["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"])(
  "whatever a %s brings, it is answered or refused with a code, and neither fails nor tells a secret",
  async (method) => {
    const defects: unknown[] = [];
    const clock = new AdjustableClock();
    const place = await offer({ port: 0, secret, clock, onDefect: (error) => defects.push(error) });
    const paths = [
      ...new Set(controlRoutes.map((route) => route.path)),
      "//",
      "/v1/%00",
      "/v1/requests?limit=1&limit=x",
    ];

    for (const asked of paths) {
      for (const body of oddBodies) {
        const answer = await askControl(place, { method, path: asked, body, headers: authorization });
        if (answer.status !== 200) expect(Object.keys(controlRefusals)).toContain(answer.body["code"]);
        expect(JSON.stringify(answer)).not.toMatch(/weak-secret|a-secret-of/);
      }
    }

    expect(defects).toEqual([]);
  },
);

test("a seed nested without end is refused, and the simulator goes on", async () => {
  const depth = 200_000;
  const body = `{"version":1,"users":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  const place = await offer();

  const answer = await askControl(place, { method: "PUT", path: "/v1/seed", body, headers: authorization });

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect((await askControl(place, { path: "/v1/faults", headers: authorization })).status).toBe(200);
});

test.each([
  ["no place", {}, "give one of the two"],
  ["two places", { port: 0, secret, socket: "./x/y" }, "give one of the two"],
  ["no secret at a port", { port: 0 }, "a secret of at least 16 visible ASCII characters"],
  ["a short secret", { port: 0, secret: "x".repeat(15) }, "a secret of at least 16"],
  ["a secret with a line break", { port: 0, secret: `${"x".repeat(20)}\n` }, "visible ASCII characters"],
  ["a misspelled option", { port: 0, secrt: secret }, 'There is no option secrt. Did you mean "secret"?'],
  ["an empty host", { port: 0, secret, host: "" }, "host is empty"],
  ["a long path", { socket: `/${"x".repeat(110)}/y.sock` }, "has more than 103 bytes"],
])("%s is refused before it listens", async (_what, options, message) => {
  const offered = serveControl(simulator, options);

  await expect(offered).rejects.toMatchObject({ kind: "option", message: expect.stringContaining(message) });
});

test("a folder that others may use is refused", async () => {
  const shared = path.join(folder, "shared");
  await mkdir(shared);
  await chmod(shared, 0o755);

  const offered = serveControl(simulator, { socket: path.join(shared, "control.sock") });

  await expect(offered).rejects.toThrow(
    /shared is open to other users\. Choose a folder of its own for it, with mode 0700/,
  );
});

test("a file in its place stays, another simulator's socket stays, and one that nobody listens at is replaced", async () => {
  const own = path.join(folder, "own");
  await mkdir(own, { mode: 0o700 });
  const places = ["file", "taken", "stale"].map((name) => path.join(own, name));
  const [file = "", taken = "", stale = ""] = places;
  await writeFile(file, "precious");
  await offer({ socket: taken });
  // A server that is killed leaves its socket behind: bound under another name, it keeps the first one when it closes.
  const killed = createServer().listen(stale);
  await once(killed, "listening");
  await link(stale, `${stale}-kept`);
  killed.close();
  await once(killed, "close");
  await rename(`${stale}-kept`, stale);

  await expect(offer({ socket: file })).rejects.toThrow("something that is not a socket has this name");
  await expect(offer({ socket: taken })).rejects.toThrow("another simulator listens there");
  const { socket = "" } = await offer({ socket: stale });

  expect(await new ControlClient({ socket }).listFaults()).toEqual([]);
});

test("a port that is taken is refused", async () => {
  const { url = "" } = await offer();

  const offered = serveControl(simulator, { port: Number(new URL(url).port), secret });

  await expect(offered).rejects.toThrow(/^The control API cannot listen at 127\.0\.0\.1 port \d+: listen EADDRINUSE/);
});

test("the simulated API knows nothing of the control API", async () => {
  const { nobody } = await givenCluster();

  for (const asked of ["/v1/simulator", "/v1/reset", "/v1/clock", "/v1/faults", "/v1/requests"]) {
    expect((await nobody.get(asked)).status).toBe(404);
  }
});
