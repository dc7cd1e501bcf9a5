import { afterEach, expect, test } from "@jest/globals";
import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from "node:http2";
import { type AddressInfo, createServer, type Server } from "node:net";
import type { Sink } from "../../../src/plugin/grpc/answer-stream.ts";
import { encodeFrame } from "../../../src/plugin/grpc/frame.ts";
import { serveCall } from "../../../src/plugin/grpc/server.ts";
import { Connection } from "../../../src/plugin/http2/connection.ts";
import { GrpcError, statusCodes } from "../../../src/plugin/grpc/status.ts";
import { signpost } from "../../support/http2/given-connection.ts";

const servers: { readonly server: Server; readonly session: ClientHttp2Session }[] = [];

afterEach(async () => {
  for (const { server, session } of servers.splice(0)) {
    session.destroy();
    server.close();
    await once(server, "close");
  }
});

function framed(text: string): Buffer {
  return encodeFrame((writer) => {
    writer.string(10, text);
  }, undefined);
}

/** A server with one call that is answered so, and its client. */
async function givenStream(answer: (frames: Sink<Buffer>) => Promise<void>): Promise<ClientHttp2Session> {
  const streamed = {
    kind: "server-stream",
    answer: async (_request: Buffer, _socket: unknown, frames: Sink<Buffer>) => answer(frames),
  } as const;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    new Connection(socket, (call) => {
      serveCall(call, new Map([["/test/List", streamed]]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  servers.push({ server, session });
  return session;
}

/** Begins the call; nothing is read of its answer before the caller does. */
function begin(session: ClientHttp2Session, timeout?: string): ClientHttp2Stream {
  const stream = session.request({
    ":method": "POST",
    ":path": "/test/List",
    "content-type": "application/grpc",
    te: "trailers",
    ...(timeout === undefined ? {} : { "grpc-timeout": timeout }),
  });
  stream.on("error", () => undefined);
  stream.end(framed("all"));
  return stream;
}

/** Reads the answer to its end. */
async function read(stream: ClientHttp2Stream) {
  const body: Buffer[] = [];
  const received = { headers: {} as Record<string, unknown>, trailers: {} as Record<string, unknown> };
  stream.on("response", (headers: Record<string, unknown>) => (received.headers = headers));
  stream.on("trailers", (trailers: Record<string, unknown>) => (received.trailers = trailers));
  stream.on("data", (piece: Buffer) => body.push(piece));
  stream.resume();
  await once(stream, "close");
  return { ...received, body: Buffer.concat(body) };
}

/** Resolves when the server has had its turn. */
async function roundTrip(session: ClientHttp2Session): Promise<void> {
  await new Promise<void>((resolve) => {
    session.ping(() => {
      resolve();
    });
  });
}

test("a stream has headers, its messages in order, and its status in trailers", async () => {
  const session = await givenStream(async (frames) => {
    for (const word of ["one", "two", "three"]) await frames.send(framed(word));
  });

  const answer = await read(begin(session));

  expect(answer.headers).toMatchObject({ ":status": 200, "content-type": "application/grpc" });
  expect(answer.body).toEqual(Buffer.concat(["one", "two", "three"].map(framed)));
  expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
});

test("a stream without messages succeeds", async () => {
  const answer = await read(begin(await givenStream(async () => Promise.resolve())));

  expect(answer.headers).toMatchObject({ ":status": 200 });
  expect(answer.body).toHaveLength(0);
  expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
});

test("a stream that fails before its first message has a status alone", async () => {
  const session = await givenStream(async () => Promise.reject(new GrpcError(statusCodes.notFound, "nothing")));

  const answer = await read(begin(session));

  expect(answer.headers).toMatchObject({ "grpc-status": "5", "grpc-message": "nothing" });
  expect(answer.trailers).toEqual({});
});

test("a stream that fails later has its messages, and then the status", async () => {
  const session = await givenStream(async (frames) => {
    await frames.send(framed("one"));
    throw new Error("a secret");
  });

  const answer = await read(begin(session));

  expect(answer.body).toEqual(framed("one"));
  expect(answer.trailers).toMatchObject({ "grpc-status": "13", "grpc-message": "the call has failed" });
});

test("messages wait for a reader that takes none, and go on with it", async () => {
  let sent = 0;
  const block = framed("x".repeat(64 * 1024));
  const session = await givenStream(async (frames) => {
    for (; sent < 100; sent += 1) await frames.send(block);
  });
  const stream = begin(session);
  stream.pause();
  await once(stream, "response");
  await roundTrip(session);
  const before = sent;

  const answer = await read(stream);

  expect(before).toBeLessThan(10);
  expect(sent).toBe(100);
  expect(answer.body).toHaveLength(100 * block.length);
});

test("a message of 64 MiB goes through", async () => {
  const large = framed("x".repeat(64 * 1024 * 1024));
  const session = await givenStream(async (frames) => frames.send(large));

  const answer = await read(begin(session));

  expect(answer.body.equals(large)).toBe(true);
  expect(answer.trailers).toMatchObject({ "grpc-status": "0" });
});

test("a stream that is given up in its middle is told so, and no message waits any more", async () => {
  const [first, isOver] = [signpost(), signpost()];
  let sentAfterwards = 0;
  const session = await givenStream(async (frames) => {
    await frames.send(framed("one"));
    first.reach();
    await once(frames.signal, "abort");
    for (; sentAfterwards < 1000; sentAfterwards += 1) await frames.send(framed("x".repeat(64 * 1024)));
    isOver.reach();
  });
  const stream = begin(session);
  stream.resume();
  await first.reached;

  stream.close(constants.NGHTTP2_CANCEL);
  await isOver.reached;

  expect(sentAfterwards).toBe(1000);
});

test("a stream that is given up while it waits for its reader ends its waiting", async () => {
  const isOver = signpost();
  const session = await givenStream(async (frames) => {
    while (!frames.signal.aborted) await frames.send(framed("x".repeat(64 * 1024)));
    isOver.reach();
  });
  const stream = begin(session);
  stream.pause();
  await once(stream, "response");

  stream.close(constants.NGHTTP2_CANCEL);

  await expect(isOver.reached).resolves.toBeUndefined();
});

test("a stream whose deadline passes ends with that status after its messages, and is told so", async () => {
  const isOver = signpost();
  const session = await givenStream(async (frames) => {
    await frames.send(framed("one"));
    await once(frames.signal, "abort");
    await frames.send(framed("too late"));
    isOver.reach();
  });

  const answer = await read(begin(session, "50m"));
  await isOver.reached;

  expect(answer.body).toEqual(framed("one"));
  expect(answer.trailers).toMatchObject({ "grpc-status": "4" });
});
