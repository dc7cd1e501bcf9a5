import { expect, test } from "@jest/globals";
import { givenCluster, type Party } from "../../support/simulator/given-cluster.ts";
import { openRaw, sendRaw } from "../../support/simulator/raw-connection.ts";

const whoAmI = "/v1/session/who-am-i";
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

async function login(party: Party, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return party.send("POST", "/v1/session/login", { body, headers });
}

test("answers carry the headers of a cluster", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get("/v1/users/500");

  expect(reply.headers).toMatchObject({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(reply.text)),
    "strict-transport-security": "max-age=31536000",
    date: expect.stringMatching(/GMT$/),
    etag: expect.stringMatching(/^"[\w-]{8}"$/),
  });
});

test("an empty answer has length 0 and no type", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post("/v1/auth/clear-cache");

  expect(reply.headers["content-length"]).toBe("0");
  expect(reply.headers["content-type"]).toBeUndefined();
});

test("collections have no ETag", async () => {
  const { admin } = await givenCluster();

  const replies = await Promise.all(
    ["/v1/users/", "/v1/auth/roles/", "/v1/auth/access-tokens/", whoAmI].map(async (path) => admin.get(path)),
  );

  expect(replies.map(({ headers }) => headers["etag"])).toEqual([undefined, undefined, undefined, undefined]);
});

test.each([
  ["POST", "/v1/users"],
  ["GET", "/v1/auth/roles"],
  ["GET", "/v1/auth/access-tokens"],
  ["GET", "/v1/users/500/"],
  ["GET", "/v1/users/500/groups"],
  ["GET", "/v1/auth/roles/Observers/"],
  ["GET", "/v1/auth/roles/Observers/members/"],
  ["GET", "/v1/version/"],
  ["GET", "//v1/version"],
  ["GET", "/V1/version"],
  ["GET", "/"],
  ["GET", "/v2/users/"],
  ["GET", "/v1/users/%2F/"],
  ["GET", "/v1//users/"],
])("%s %s is not a path of a cluster", async (method, path) => {
  const { admin, simulator } = await givenCluster();

  const reply = await admin.send(method, path);

  expect(reply.status).toBe(404);
  expect(reply.body).toMatchObject({ error_class: "http_not_found_error" });
  expect(simulator.unknownPaths).toEqual([{ method, path }]);
});

test.each([
  ["PATCH", "/v1/users/500"],
  ["PUT", "/v1/auth/access-tokens/1"],
  ["POST", "/v1/users/500"],
  ["DELETE", "/v1/users/"],
  ["POST", whoAmI],
  ["GET", "/v1/session/login"],
  ["OPTIONS", "/v1/users/"],
  ["HEAD", "/v1/version"],
])("%s %s is the wrong method", async (method, path) => {
  const { nobody } = await givenCluster();

  const reply = await nobody.send(method, path);

  expect(reply.status).toBe(405);
});

test("an unknown path is reported as it happens", async () => {
  const unknown: string[] = [];
  const { nobody } = await givenCluster({ onUnknownPath: (method, path) => unknown.push(`${method} ${path}`) });

  await nobody.get("/v1/nfs/exports/?secret=1");

  expect(unknown).toEqual(["GET /v1/nfs/exports/"]);
});

test("a chunked body is accepted", async () => {
  const { nobody, simulator } = await givenCluster();
  const body = { username: "admin", password: simulator.adminPassword.reveal() };

  const text = JSON.stringify(body);
  const chunks = [text.slice(0, 5), text.slice(5)].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("");
  const answer = await sendRaw(
    simulator,
    `POST /v1/session/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
  );

  expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
  expect((await login(nobody, body)).status).toBe(200);
});

test("a body needs no content type, and a GET may bring one", async () => {
  const { admin, nobody, simulator } = await givenCluster();

  const plain = await login(
    nobody,
    { username: "admin", password: simulator.adminPassword.reveal() },
    { "Content-Type": "text/plain" },
  );
  const get = await admin.send("GET", whoAmI, { body: "{" });

  expect([plain.status, get.status]).toEqual([200, 200]);
});

test.each([
  ["an empty body", ""],
  ["no JSON", "{"],
  ["two values", "{}{}"],
  ["a list", "[]"],
  ["null", "null"],
  ["a text", '"x"'],
  ["a number", "1e999"],
  ["single quotes", "{'username':'admin'}"],
  ["a byte-order mark", Buffer.concat([byteOrderMark, Buffer.from("{}")])],
  ["bytes that are not UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
  ["UTF-16", Buffer.from('{"username":"admin","password":"x"}', "utf16le")],
  ["a pit of brackets", "[".repeat(500_000)],
  ["a pit of objects", '{"username":'.repeat(50_000)],
  ["an array for an object", '{"username":[],"password":{}}'],
])("%s cannot be decoded", async (_what, body) => {
  const { nobody, simulator } = await givenCluster();

  const reply = await login(nobody, body);

  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error_class: "decode_error", stack: [], user_visible: true });
  expect(simulator.defects).toEqual([]);
});

test("a refusal never repeats a password", async () => {
  const { admin } = await givenCluster();

  const replies = [
    await login(admin, '{"username":"admin","password":"Hush-1234"'),
    await login(admin, { username: 5, password: "Hush-1234" }),
    await login(admin, { username: "admin", password: ["Hush-1234"] }),
    await admin.post("/v1/users/500/setpassword", { new_password: "hush" }),
    await admin.post("/v1/users/", { name: "x", primary_group: "0", password: "hush1234" }),
  ];

  for (const reply of replies) {
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.text.toLowerCase()).not.toContain("hush");
  }
});

test("a body of a mebibyte is read, a larger one refused", async () => {
  const { nobody } = await givenCluster();
  const frame = '{"username":"","password":"x"}'.length;
  const bodyOf = (sizeBytes: number) => `{"username":"${"a".repeat(sizeBytes - frame)}","password":"x"}`;

  const largest = await login(nobody, bodyOf(1_048_576));
  const larger = await login(nobody, bodyOf(1_048_577));

  expect([largest.status, larger.status]).toEqual([401, 413]);
});

test("bad percent-encoding in a path is refused, in a query it is text", async () => {
  const { admin } = await givenCluster();

  const paths = ["%", "%zz", "%ff", "%c3%28", "%ED%A0%80"].map((text) => `/v1/auth/roles/${text}`);
  const replies = await Promise.all(paths.map(async (path) => admin.get(path)));
  const query = await admin.get("/v1/auth/access-tokens/?user=%zz");

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
  expect(query.status).toBe(400);
});

test("fields named like parts of JavaScript's objects do no harm", async () => {
  const { admin, simulator } = await givenCluster();

  const login = await admin.post("/v1/session/login", '{"__proto__":{"username":"admin"},"password":"x"}');
  const param = await admin.get("/v1/users/__proto__");
  const role = await admin.get("/v1/auth/roles/constructor");
  const token = await admin.get("/v1/auth/access-tokens/__proto__");

  expect([login.status, param.status, role.status, token.status]).toEqual([400, 404, 404, 404]);
  expect(simulator.defects).toEqual([]);
});

test.each([
  ["no HTTP at all", "nonsense\r\n\r\n", /^HTTP\/1\.1 400/],
  ["no host", "GET /v1/version HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400/],
  ["too large headers", `GET /v1/version HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`, /^HTTP\/1\.1 431/],
  [
    "two lengths",
    "POST /v1/session/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    /^HTTP\/1\.1 400/,
  ],
  ["a proxy's form", "GET https://x:1/v1/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 200/],
  ["a star", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 404/],
  // Older Nodes take the bytes for characters of a path that there is nothing at.
  ["bytes in the path", "GET /v1/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", /^HTTP\/1\.1 40[04]/],
])("a request with %s is answered, and the server goes on", async (_what, text, expected) => {
  const cluster = await givenCluster();

  const answer = await sendRaw(cluster.simulator, text);
  const next = await cluster.nobody.get("/v1/version");

  expect(answer).toMatch(expected);
  expect(next.status).toBe(200);
  expect(cluster.simulator.defects).toEqual([]);
});

test("a client that leaves in the middle of a body does no harm", async () => {
  const cluster = await givenCluster();

  const { socket, closed } = await openRaw(cluster.simulator);
  socket.end('POST /v1/session/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"user');
  await closed;
  const next = await cluster.nobody.get("/v1/version");

  expect(next.status).toBe(200);
  expect(cluster.simulator.defects).toEqual([]);
});

test("one connection serves many requests", async () => {
  const cluster = await givenCluster();
  const request = "GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n";

  const answer = await sendRaw(
    cluster.simulator,
    request + request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"),
  );

  expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
});
