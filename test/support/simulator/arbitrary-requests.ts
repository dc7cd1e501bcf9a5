import fc from "fast-check";
import type { Route } from "../../../src/simulator/http/api-request.ts";
import { privilegeNames } from "../../../src/vocabulary/privileges.ts";

/** A request that somebody might send, sensible or not. */
export interface ArbitraryRequest {
  readonly method: string;
  /** Path and query; printable ASCII. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND"];

const oddTexts = [
  "",
  " ",
  "0",
  "-1",
  "1e999",
  "999999999999999999999999",
  "null",
  "__proto__",
  "constructor",
  "..",
  "*",
  "S-1-1-0",
  "auth_id:0x10",
  "uid:5",
  "world:Everyone",
  "2030-01-01T00:00:00Z",
  "9999-12-31T23:59:59-23:59",
  "0000-01-01T00:00:00+23:59",
  "\u0000",
  "\ud800",
  "ß\u0307İ",
  "%",
  "a".repeat(5_000),
];

/**
 * Texts that mean something to the API, texts that mean trouble, and any text.
 *
 * @param known - ids, names and the like of a cluster
 */
function arbitraryText(known: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...known) },
    { weight: 2, arbitrary: fc.constantFrom(...oddTexts) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  );
}

/** Lone surrogates and the like cannot be percent-encoded, and are sent as what they look like. */
function encode(text: string): string {
  return encodeURIComponent(Buffer.from(text.slice(0, 2_000)).toString());
}

const mutations: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => path.replace(/\/$/, ""),
  (path) => path.replace("/", "//"),
  (path) => path.toUpperCase(),
  (path) => path.replace("/v1", "/v2"),
  (path) => `${path}%`,
  (path) => `${path}%00`,
  (path) => `${path}%ff`,
  (path) => path.replaceAll("u", "%75"),
  (path) => `https://elsewhere:1${path}`,
  (path) => `${path}#x`,
  (path) => `${path};x=1`,
];

interface TargetParts {
  readonly path: string;
  readonly values: readonly [string, string];
  readonly mutate: (path: string) => string;
  readonly query: readonly (readonly [string, string])[];
}

function renderTarget({ path, values, mutate, query }: TargetParts): string {
  const filled = values.reduce((rest, value) => rest.replace(/\{[^}]*\}/, () => encode(value)), path);
  const pairs = query.map(([name, value]) => `${name}=${encode(value)}`);
  return `${mutate(filled)}${pairs.length === 0 ? "" : `?${pairs.join("&")}`}`;
}

const fieldNames = [
  ...["id", "name", "primary_group", "uid", "gid", "sid", "home_directory", "password", "new_password", "old_password"],
  ...["domain", "auth_id", "user", "expiration_time", "enabled", "privileges", "description", "member_id", "username"],
  ...["equivalent_ids", "group_ids", "cluster_name", "login_id", "verification_code", "__proto__", "toString"],
];

function arbitraryValue(known: readonly string[]): fc.Arbitrary<unknown> {
  const text = arbitraryText(known);
  const leaf = fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: fc.constantFrom("LOCAL", "POSIX_USER", "ACTIVE_DIRECTORY", "WORLD") },
    { weight: 1, arbitrary: fc.constantFrom(null, true, false, 0, -1, 0.5, 500, 4_294_967_295, 4_294_967_296, 1e300) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom<string>(...privilegeNames, ...known), { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  const identity = fc.dictionary(fc.constantFrom("domain", "auth_id", "name", "uid", "gid", "sid"), leaf, {
    maxKeys: 3,
  });
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: identity },
    fc.array(identity, { maxLength: 3 }),
  );
}

function arbitraryBody(known: readonly string[]): fc.Arbitrary<string | Uint8Array> {
  const object = fc.dictionary(fc.constantFrom(...fieldNames), arbitraryValue(known), { maxKeys: 8 });
  const text = object.map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 2, arbitrary: fc.constant("") },
    { weight: 2, arbitrary: fc.json() },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    // Twice the same keys, cut off, encoded otherwise, too deep, too large.
    { weight: 1, arbitrary: fc.tuple(text, text).map(([left, right]) => `${left.slice(0, -1)},${right.slice(1)}`) },
    { weight: 1, arbitrary: text.map((whole) => whole.slice(0, whole.length / 2)) },
    { weight: 1, arbitrary: text.map((whole) => Buffer.from(`\uFEFF${whole}`, "utf16le")) },
    { weight: 1, arbitrary: fc.constantFrom("[".repeat(10_000), `{"user":${'{"user":'.repeat(10_000)}`) },
    { weight: 1, arbitrary: fc.constant(`{"name":"${"x".repeat(1_100_000)}"}`) },
  );
}

const headerValue = fc.oneof(
  fc.constantFrom(
    "",
    "*",
    '"',
    '"AAAAAAAA"',
    'W/"x"',
    '"a", "b"',
    ",,,",
    "Bearer",
    "bearer x",
    "Basic eDp5",
    "Bearer a b",
  ),
  fc.string({ unit: "grapheme-ascii", maxLength: 60 }),
);

function arbitraryHeaders(): fc.Arbitrary<Readonly<Record<string, string>>> {
  const names = ["If-Match", "If-None-Match", "Content-Type", "Accept", "X-Test", "Cookie", "Range", "Origin"];
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom(...names), headerValue, { maxKeys: 3 }) },
    { weight: 1, arbitrary: headerValue.map((value) => ({ Authorization: value })) },
  );
}

/** Values that often fit, by the field they are for; a field that is not here may hold anything. */
function arbitraryFields(known: readonly string[]): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  const anything = arbitraryValue(known);
  const mostly = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 7, arbitrary }, anything);
  const identity = mostly(
    fc.constantFrom(...known).map((text) => (/^\d+$/.test(text) ? { auth_id: text } : { name: text })),
  );
  const privileges = mostly(fc.array(fc.constantFrom(...privilegeNames), { maxLength: 3 }));
  const time = mostly(fc.date({ noInvalidDate: true }).map((date) => date.toISOString()));
  const password = mostly(fc.string({ maxLength: 6 }).map((text) => `Fuzz-1${text}`));
  const name = mostly(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }));
  const special = {
    privileges,
    expiration_time: time,
    user: identity,
    id: identity,
    password,
    new_password: password,
    name,
  };
  const others = fieldNames.filter((field) => !Object.hasOwn(special, field));
  const emptyOrAny = mostly(fc.constantFrom("", "513", "0", null, "1000"));
  return fc.record({ ...special, ...Object.fromEntries(others.map((field) => [field, emptyOrAny])) });
}

/**
 * Requests around what is served.
 *
 * @param known - ids, names and the like that stand in paths and bodies
 * @param fieldsOf - the fields of the body that a route takes
 */
export function arbitraryRequest(
  routes: readonly Route[],
  known: readonly string[],
  fieldsOf: (route: Route) => readonly string[],
): fc.Arbitrary<ArbitraryRequest> {
  const text = arbitraryText(known);
  const pair = fc.tuple(fc.constantFrom("user", "after", "limit", "x", "user%00"), text);
  // Made once: making arbitraries takes longer than what they make.
  return fc
    .record({
      route: fc.constantFrom(...routes),
      otherMethod: fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, fc.constantFrom(...methods)),
      values: fc.tuple(text, text),
      mutate: fc.oneof({ weight: 8, arbitrary: fc.constant((path: string) => path) }, fc.constantFrom(...mutations)),
      query: fc.oneof(fc.constant([]), fc.array(pair, { maxLength: 3 })),
      headers: arbitraryHeaders(),
      fields: arbitraryFields(known),
      left: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...fieldNames)),
      otherBody: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, arbitraryBody(known)),
    })
    .map(({ route, otherMethod, values, mutate, query, headers, fields, left, otherBody }) => ({
      method: otherMethod ?? route.method,
      target: renderTarget({ path: route.path, values, mutate, query }),
      headers,
      body:
        otherBody ??
        JSON.stringify(
          pick(
            fields,
            fieldsOf(route).filter((field) => field !== left),
          ),
        ),
    }));
}

function pick(fields: Readonly<Record<string, unknown>>, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, fields[name]]));
}

/** Bytes for a bare connection, in the pieces in which they are sent: parts of HTTP in any order, and anything else. */
export function arbitraryBytes(): fc.Arbitrary<readonly Uint8Array[]> {
  const parts = [
    ...["GET", "POST", " ", "/v1/version", "/v1/users/", "/v1/session/login", " HTTP/1.1", " HTTP/1.0", "HTTP/9.9"],
    ...["\r\n", "\r\n\r\n", "\n", "Host: x\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n", "\r", "\0"],
    ...["Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "5\r\nabcde\r\n", "0\r\n\r\n", "ffffffff\r\n"],
    ...[
      "Connection: close\r\n",
      "Connection: upgrade\r\nUpgrade: h2c\r\n",
      "Expect: 100-continue\r\n",
      "Expect: x\r\n",
    ],
    ...["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "{}", '{"username":"admin"}'],
    "GET /v1/version HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST /v1/session/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
    "GET /v1/users/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n",
    `X: ${"x".repeat(20_000)}\r\n`,
  ];
  const part = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...parts).map((text) => Buffer.from(text, "latin1")) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }) },
  );
  return fc.array(part, { minLength: 1, maxLength: 12 });
}
