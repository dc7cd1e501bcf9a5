import { afterEach, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import { encodeFrame } from "../../../src/plugin/grpc/frame.ts";
import { type Method, type Methods, serveCall, serveLater } from "../../../src/plugin/grpc/server.ts";
import type { Call } from "../../../src/plugin/http2/call.ts";
import { Connection } from "../../../src/plugin/http2/connection.ts";
import { GrpcError, statusCodes } from "../../../src/plugin/grpc/status.ts";

const servers: { readonly server: Server; readonly session: ClientHttp2Session }[] = [];

afterEach(async () => {
  for (const { server, session } of servers.splice(0)) {
    session.destroy();
    server.close();
    await once(server, "close");
  }
});

/** A frame with this text as its one field. */
function framed(text: string): Buffer {
  return encodeFrame((writer) => {
    writer.string(10, text);
  }, undefined);
}

interface Given {
  readonly session: ClientHttp2Session;
  /** Requests that have reached the method `/test/Echo` or `/test/Never`. */
  readonly requests: Buffer[];
  /** How often the calls of `/test/Held` have ended. */
  readonly ended: () => number;
}

type Serve = (call: Call, methods: Methods) => void;

/** Serves a call when others have come, and some of what belongs to it. */
function serveAfterTurns(call: Call, methods: Methods): void {
  const known = async (): Promise<Methods> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return methods;
  };
  serveLater(call, known());
}

/** A server with a few methods, and a client that can send whatever it likes. */
async function givenServer(serve: Serve): Promise<Given> {
  const requests: Buffer[] = [];
  let ended = 0;
  const methods = new Map<string, Method>([
    [
      "/test/Echo",
      {
        kind: "unary",
        answer: async (message) => {
          requests.push(message);
          return Promise.resolve(Buffer.concat([Buffer.of(0, 0, 0, 0, message.length), message]));
        },
      },
    ],
    [
      "/test/Never",
      {
        kind: "unary",
        answer: async (message) => {
          requests.push(message);
          return new Promise(() => undefined);
        },
      },
    ],
    ["/test/Broken", { kind: "unary", answer: async () => Promise.reject(new Error("a secret")) }],
    [
      "/test/Refuses",
      {
        kind: "unary",
        answer: () => {
          throw new GrpcError(statusCodes.notFound, "nothing größer");
        },
      },
    ],
    ["/test/Held", { kind: "held", onEnd: () => (ended += 1) }],
  ]);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    new Connection(socket, (call) => {
      serve(call, methods);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  servers.push({ server, session });
  return { session, requests, ended: () => ended };
}

interface Answer {
  readonly headers: Record<string, unknown>;
  readonly body: Buffer;
  /** Of the answer, where they came after a body. */
  readonly trailers: Record<string, unknown>;
}

/** Begins a call. What becomes of it is seen in its answer, or in that it closes. */
function begin({ session }: Given, path: string, headers: OutgoingHttpHeaders = {}): ClientHttp2Stream {
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  stream.on("error", () => undefined);
  return stream;
}

/** Sends pieces over a call and reads what comes back. */
async function send(
  given: Given,
  path: string,
  {
    headers = {},
    pieces = [framed("hello")],
    ends = true,
  }: {
    readonly headers?: OutgoingHttpHeaders;
    readonly pieces?: readonly Buffer[];
    readonly ends?: boolean;
  } = {},
): Promise<Answer> {
  const stream = begin(given, path, headers);
  const closed = once(stream, "close");
  const body: Buffer[] = [];
  let answered: Record<string, unknown> = {};
  let trailers: Record<string, unknown> = {};
  stream.on("response", (received: Record<string, unknown>) => (answered = received));
  stream.on("trailers", (received: Record<string, unknown>) => (trailers = received));
  stream.on("data", (piece: Buffer) => body.push(piece));
  for (const piece of pieces) stream.write(piece);
  if (ends) stream.end();
  await closed;
  return { headers: answered, body: Buffer.concat(body), trailers };
}

describe.each([
  ["known", serveCall],
  ["not known yet", serveAfterTurns],
])("where methods are %s", (_when, serve) => {
  test("an answer has headers, one message, and its status in trailers", async () => {
    const answer = await send(await givenServer(serve), "/test/Echo");

    expect(answer.headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
    expect(answer.headers).not.toHaveProperty("grpc-status");
    expect(answer.body).toEqual(framed("hello"));
    expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
  });

  test.each([
    [
      "that does not exist",
      "/test/Other",
      { "grpc-status": "12", "grpc-message": "there is no call /test/Other here" },
    ],
    ["that has a bug", "/test/Broken", { "grpc-status": "13", "grpc-message": "the call has failed" }],
    ["that refuses", "/test/Refuses", { "grpc-status": "5", "grpc-message": "nothing gr%C3%B6%C3%9Fer" }],
  ])("a call %s is answered by a status alone, before any message", async (_what, path, expected) => {
    const answer = await send(await givenServer(serve), path);

    expect(answer.headers).toMatchObject({ ":status": 200, ...expected });
    expect(answer.body).toHaveLength(0);
    expect(answer.trailers).toEqual({});
  });

  test.each<[string, OutgoingHttpHeaders, number]>([
    ["without POST", { ":method": "GET" }, 405],
    ["without a type", { "content-type": "" }, 415],
    ["with JSON", { "content-type": "application/json" }, 415],
    ["of gRPC for browsers", { "content-type": "application/grpc-web" }, 415],
  ])("a request %s is refused as HTTP says", async (_what, headers, status) => {
    const pieces = headers[":method"] === "GET" ? [] : [framed("hello")];

    const answer = await send(await givenServer(serve), "/test/Echo", { headers, pieces });

    expect(answer.headers[":status"]).toBe(status);
  });

  test.each(["application/grpc+proto", "application/grpc;charset=utf-8"])(
    "the type %s is one of gRPC",
    async (type) => {
      const answer = await send(await givenServer(serve), "/test/Echo", { headers: { "content-type": type } });

      expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
    },
  );

  const broken: readonly (readonly [string, Parameters<typeof send>[2], string])[] = [
    ["no message", { pieces: [] }, "12"],
    ["two messages", { pieces: [framed("one"), framed("two")] }, "12"],
    ["a message without its end", { pieces: [framed("hello").subarray(0, -1)] }, "13"],
    ["a compressed message", { pieces: [Buffer.of(1, 0, 0, 0, 0)] }, "12"],
    ["flags that nobody knows", { pieces: [Buffer.of(0x80, 0, 0, 0, 0)] }, "13"],
    ["a timeout that is none", { headers: { "grpc-timeout": "soon" } }, "13"],
    [
      "a size that nobody takes, and does not end,",
      { pieces: [Buffer.alloc(5, 0xff).fill(0, 0, 1)], ends: false },
      "8",
    ],
  ];

  test.each(broken)("a client that sends %s gets a status, and others their answers", async (_what, sent, status) => {
    const given = await givenServer(serve);

    const [answer, other] = await Promise.all([send(given, "/test/Echo", sent), send(given, "/test/Echo")]);

    expect(answer.headers).toMatchObject({ ":status": 200, "grpc-status": status });
    expect(other.trailers).toMatchObject({ "grpc-status": "0" });
    expect(given.requests).toHaveLength(1);
  });

  test("a message in pieces of one byte is one message", async () => {
    const pieces = Array.from(framed("hello"), (byte) => Buffer.of(byte));

    const answer = await send(await givenServer(serve), "/test/Echo", { pieces });

    expect(answer.body).toEqual(framed("hello"));
  });

  test("a call whose deadline passes ends with that status, and the connection stays", async () => {
    const given = await givenServer(serve);

    const answer = await send(given, "/test/Never", { headers: { "grpc-timeout": "1m" } });
    const next = await send(given, "/test/Echo", { headers: { "grpc-timeout": "1H" } });

    expect(answer.headers).toMatchObject({ "grpc-status": "4" });
    expect(next.trailers).toMatchObject({ "grpc-status": "0" });
  });

  test("a deadline also ends a call whose request never ends", async () => {
    const answer = await send(await givenServer(serve), "/test/Echo", {
      headers: { "grpc-timeout": "1m" },
      ends: false,
    });

    expect(answer.headers).toMatchObject({ "grpc-status": "4" });
  });

  test("a deadline in ten thousand years is none", async () => {
    const answer = await send(await givenServer(serve), "/test/Echo", { headers: { "grpc-timeout": "99999999H" } });

    expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
  });

  test("a call that is given up before its request is whole is never begun", async () => {
    const given = await givenServer(serve);
    const stream = begin(given, "/test/Echo");
    stream.write(framed("given up"));

    stream.close(constants.NGHTTP2_CANCEL);
    await once(stream, "close");
    await send(given, "/test/Echo");

    expect(given.requests.map(String)).toEqual([expect.stringContaining("hello")]);
  });

  test("a call that is held open has headers, no message, and an end when the client ends it", async () => {
    const given = await givenServer(serve);
    const stream = begin(given, "/test/Held");
    const [headers] = (await once(stream, "response")) as [Record<string, unknown>];
    stream.write(Buffer.alloc(100_000));
    await send(given, "/test/Echo");
    const before = given.ended();

    stream.close(constants.NGHTTP2_CANCEL);
    await once(stream, "close");
    await send(given, "/test/Echo");

    expect(headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
    expect([before, given.ended()]).toEqual([0, 1]);
  });
});
