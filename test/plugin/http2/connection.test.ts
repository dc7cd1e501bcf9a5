import { afterEach, expect, test } from "@jest/globals";
import { frameTypes } from "../../../src/plugin/http2/frames.ts";
import { encodeHeaders } from "../../../src/plugin/http2/hpack-encoder.ts";
import { errorCodes } from "../../../src/plugin/http2/http2-error.ts";
import {
  answerHeaders,
  answering,
  answerTrailers,
  givenConnection,
  stopConnections,
} from "../../support/http2/given-connection.ts";
import { callHeaders, frame, preface, request, settings } from "../../support/http2/raw-client.ts";

afterEach(stopConnections);

const {
  data: DATA,
  headers: HEADERS,
  settings: SETTINGS,
  windowUpdate: WINDOW_UPDATE,
  resetStream: RST_STREAM,
  ping: PING,
  goAway: GOAWAY,
  continuation: CONTINUATION,
  priority: PRIORITY,
} = frameTypes;

/** A call whose request is not whole. */
const open = frame([HEADERS, 0x4], 1, callHeaders);

test("an answer is headers, data and trailers, in one piece after the server's settings", async () => {
  const { client, calls } = await givenConnection(answering(3));

  client.begin(open, frame([DATA, 0x1], 1, "010203"));
  await client.isRead();

  expect(client.frames.slice(0, 2).map(({ type }) => type)).toEqual([SETTINGS, WINDOW_UPDATE]);
  expect(client.frames.filter(({ streamId }) => streamId === 1)).toEqual([
    // The size of the table of headers, once.
    { type: HEADERS, flags: 0x4, streamId: 1, payload: Buffer.concat([Buffer.of(0x20), answerHeaders]) },
    { type: DATA, flags: 0, streamId: 1, payload: Buffer.alloc(3, 7) },
    { type: HEADERS, flags: 0x5, streamId: 1, payload: answerTrailers },
  ]);
  expect(calls).toEqual([{ path: "/test", body: [Buffer.of(1, 2, 3)], isWhole: true, isClosed: true }]);
});

test("settings and pings are acknowledged, and acknowledgements are not", async () => {
  const { client } = await givenConnection();

  client.begin(
    frame([SETTINGS, 0x1], 0),
    frame([PING, 0x1], 0, "00".repeat(8)),
    frame([PING, 0], 0, "0102030405060708"),
  );
  await client.isRead();

  expect(client.frames.filter(({ flags, type }) => flags === 1 && type === SETTINGS)).toHaveLength(1);
  expect(client.frames.find(({ type }) => type === PING)?.payload.toString("hex")).toBe("0102030405060708");
});

test.each([
  ["another protocol", [Buffer.from("GET / HTTP/1.1\r\n\r\n".padEnd(24))], errorCodes.protocol],
  ["no settings", [preface, request(1)], errorCodes.protocol],
  ["an acknowledgement first", [preface, frame([SETTINGS, 0x1], 0)], errorCodes.protocol],
  ["a frame that is too large", [frame([DATA, 0], 1, Buffer.alloc(16_385))], errorCodes.frameSize],
  ["settings of a stream", [frame([SETTINGS, 0], 1)], errorCodes.protocol],
  ["half a setting", [frame([SETTINGS, 0], 0, "000100")], errorCodes.frameSize],
  ["an acknowledgement with settings", [frame([SETTINGS, 0x1], 0, "000400000000")], errorCodes.frameSize],
  ["a push that is neither on nor off", [settings({ 2: 2 })], errorCodes.protocol],
  ["windows that are too large", [settings({ 4: 0x8000_0000 })], errorCodes.flowControl],
  ["frames that are too small", [settings({ 5: 16_383 })], errorCodes.protocol],
  ["frames that are too large", [settings({ 5: 0x100_0000 })], errorCodes.protocol],
  ["a ping of a stream", [frame([PING, 0], 1, "00".repeat(8))], errorCodes.protocol],
  ["a short ping", [frame([PING, 0], 0, "00")], errorCodes.frameSize],
  ["headers of no stream", [frame([HEADERS, 0x5], 0, callHeaders)], errorCodes.protocol],
  ["headers of a server's stream", [request(2)], errorCodes.protocol],
  ["headers that are nonsense", [frame([HEADERS, 0x5], 1, "ff")], errorCodes.compression],
  ["more padding than headers", [frame([HEADERS, 0xd], 1, "02 82")], errorCodes.protocol],
  ["headers without their priority", [frame([HEADERS, 0x25], 1, "82")], errorCodes.frameSize],
  ["more padding than data", [open, frame([DATA, 0x8], 1, "02 00")], errorCodes.protocol],
  ["data of no stream", [frame([DATA, 0], 0, "00")], errorCodes.protocol],
  ["data of a stream that does not exist", [frame([DATA, 0], 1, "00")], errorCodes.protocol],
  ["a reset of a stream that does not exist", [frame([RST_STREAM, 0], 1, "00000008")], errorCodes.protocol],
  ["a short reset", [open, frame([RST_STREAM, 0], 1, "00")], errorCodes.frameSize],
  ["a window of a stream that does not exist", [frame([WINDOW_UPDATE, 0], 1, "00000001")], errorCodes.protocol],
  ["a window that grows by nothing", [frame([WINDOW_UPDATE, 0], 0, "00000000")], errorCodes.protocol],
  ["a window that grows too much", [frame([WINDOW_UPDATE, 0], 0, "7fffffff")], errorCodes.flowControl],
  ["a push", [frame([frameTypes.pushPromise, 0x4], 1, "00000002")], errorCodes.protocol],
  ["a continuation of nothing", [frame([CONTINUATION, 0x4], 1, callHeaders)], errorCodes.protocol],
  [
    "headers that are interrupted",
    [frame([HEADERS, 0x1], 1, callHeaders), frame([PING, 0], 0, "00".repeat(8))],
    errorCodes.protocol,
  ],
  [
    "headers that go on elsewhere",
    [frame([HEADERS, 0x1], 1, callHeaders), frame([CONTINUATION, 0x4], 3)],
    errorCodes.protocol,
  ],
  [
    "headers that do not end",
    [
      frame([HEADERS, 0x1], 1),
      ...Array.from({ length: 5 }, () => frame([CONTINUATION, 0], 1, Buffer.alloc(16_384, 0x82))),
    ],
    errorCodes.enhanceYourCalm,
  ],
  [
    "empty headers that do not end",
    [frame([HEADERS, 0x1], 1), ...Array.from({ length: 64 }, () => frame([CONTINUATION, 0], 1))],
    errorCodes.enhanceYourCalm,
  ],
])("a client that sends %s is told why and cut off, with its calls, and others go on", async (_what, sent, code) => {
  const { client, calls, another } = await givenConnection(answering(1));
  const other = another();
  other.begin();
  const isWhole = sent[0] === preface || sent[0]?.includes("GET") === true;

  if (isWhole) client.send(...sent);
  else client.begin(...sent);
  const { payload } = await client.receives(GOAWAY);
  if (!client.socket.closed) await new Promise((resolve) => client.socket.once("close", resolve));
  other.send(request(1));
  await other.isRead();

  expect(payload.readUInt32BE(4)).toBe(code);
  expect(other.bytesOf(1)).toBe(1);
  expect(calls.map(({ isClosed }) => isClosed)).toEqual(calls.map(() => true));
});

const malformed = (fields: Record<string, string>, more: Buffer = Buffer.of()): Buffer =>
  frame([HEADERS, 0x5], 1, Buffer.concat([encodeHeaders(fields), more]));
const base = { ":method": "POST", ":path": "/test" };

test.each([
  ["without a path", [malformed({ ":method": "POST" })], errorCodes.protocol],
  ["without a method", [malformed({ ":path": "/test" })], errorCodes.protocol],
  ["with two paths", [malformed(base, encodeHeaders({ ":path": "/" }))], errorCodes.protocol],
  ["with a path after other fields", [malformed({ ":method": "POST", te: "x", ":path": "/" })], errorCodes.protocol],
  ["with a field for answers", [malformed({ ...base, ":status": "200" })], errorCodes.protocol],
  [
    "whose headers say too much by few bytes",
    [
      frame(
        [HEADERS, 0x1],
        1,
        Buffer.concat([encodeHeaders(base), Buffer.from("400161", "hex"), text("x".repeat(3000))]),
      ),
      frame([CONTINUATION, 0x4], 1, Buffer.alloc(100, 0xbe)),
    ],
    errorCodes.protocol,
  ],
  ["with data after its end", [open, frame([DATA, 0x1], 1, "00"), frame([DATA, 0], 1, "00")], errorCodes.streamClosed],
  ["with trailers and no end", [open, frame([HEADERS, 0x4], 1, answerTrailers)], errorCodes.protocol],
  ["whose window grows by nothing", [open, frame([WINDOW_UPDATE, 0], 1, "00000000")], errorCodes.protocol],
  ["whose window grows too much", [open, frame([WINDOW_UPDATE, 0], 1, "7fffffff")], errorCodes.flowControl],
])("a call %s is reset, and others go on", async (_what, sent, code) => {
  const { client, calls } = await givenConnection((call) => {
    if (call.id === 3) answering(1)(call);
  });

  client.begin(...sent, request(3));
  const { payload } = await client.receives(RST_STREAM, 1);
  await client.isRead();

  expect(payload.readUInt32BE()).toBe(code);
  expect(client.bytesOf(3)).toBe(1);
  expect(calls.map(({ isClosed }) => isClosed)).toEqual(calls.map(() => true));
});

/** A text of HPACK without compression. */
function text(value: string): Buffer {
  return encodeHeaders({ x: value }).subarray(3);
}

test.each([
  ["padding", [frame([HEADERS, 0xc], 1, Buffer.concat([Buffer.of(2), callHeaders, Buffer.alloc(2)]))]],
  ["a priority", [frame([HEADERS, 0x24], 1, Buffer.concat([Buffer.alloc(5), callHeaders]))]],
  [
    "continuations",
    [
      frame([HEADERS, 0], 1, callHeaders.subarray(0, 3)),
      frame([CONTINUATION, 0], 1),
      frame([CONTINUATION, 0x4], 1, callHeaders.subarray(3)),
    ],
  ],
  ["frames that nobody knows around them", [frame([0x42, 0xff], 7, "00"), open, frame([0x42, 0xff], 1, "00")]],
  ["frames of priorities", [frame([PRIORITY, 0], 1, "0000000000"), open]],
])("headers with %s are read", async (_what, sent) => {
  const { client, calls } = await givenConnection();

  client.begin(
    ...sent,
    frame([DATA, 0x8], 1, "01 ff 00"),
    frame([DATA, 0], 1),
    frame([HEADERS, 0x5], 1, answerTrailers),
  );
  await client.isRead();

  expect(calls).toEqual([{ path: "/test", body: [Buffer.of(0xff)], isWhole: true, isClosed: false }]);
});

test("late frames for calls that are over are ignored", async () => {
  const { client, calls } = await givenConnection(answering(1));

  client.begin(request(1));
  await client.isRead();
  client.send(
    frame([DATA, 0x1], 1, "00"),
    frame([WINDOW_UPDATE, 0], 1, "00000001"),
    frame([RST_STREAM, 0], 1, "00000008"),
  );
  client.send(frame([HEADERS, 0x5], 1, answerTrailers), request(3));
  await client.isRead();

  expect(client.bytesOf(3)).toBe(1);
  expect(calls).toHaveLength(2);
});

test("a client's leave lets calls that are under way go on", async () => {
  const { client } = await givenConnection(answering(1));

  client.begin(open, frame([GOAWAY, 0], 0, "0000000000000000"), frame([DATA, 0x1], 1));
  await client.isRead();

  expect(client.bytesOf(1)).toBe(1);
});

test("calls are closed once when their client is gone, and what they still send is dropped", async () => {
  const { client, calls, opened } = await givenConnection();
  client.begin(request(1), request(3));
  await client.isRead();

  client.socket.destroy();
  await new Promise((resolve) => opened[0]?.socket.once("close", resolve));
  for (const call of opened) answering(100)(call);

  expect(opened.map(({ isGone }) => isGone)).toEqual([true, true]);
  expect(calls.map(({ isClosed }) => isClosed)).toEqual([true, true]);
});

test.each([
  ["before its request is whole", open, 0],
  ["while it is answered", request(1), 0],
  ["while its answer waits", Buffer.concat([settings({ 4: 10 }), request(1)]), 10],
])("a call that is given up %s is closed, and sends no more", async (_when, sent, size) => {
  const { client, calls, opened } = await givenConnection((call) => {
    if (size > 0) answering(size + 1)(call);
  });
  client.begin(sent);
  await client.isRead();

  client.send(frame([RST_STREAM, 0], 1, "00000008"));
  await client.isRead();
  for (const call of opened) answering(5)(call);
  client.send(frame([WINDOW_UPDATE, 0], 1, "00000001"));
  await client.isRead();

  expect(calls.map(({ isClosed }) => isClosed)).toEqual([true]);
  expect(client.bytesOf(1)).toBe(size);
});

test("an answer before the request is whole tells the client to stop", async () => {
  const { client, opened } = await givenConnection();
  client.begin(open);
  await client.isRead();

  opened[0]?.answer(answerHeaders);
  const { payload } = await client.receives(RST_STREAM, 1);
  client.send(frame([DATA, 0x1], 1, "00"));
  await client.isRead();

  expect(client.frames.find(({ streamId }) => streamId === 1)).toMatchObject({ type: HEADERS, flags: 0x5 });
  expect(payload.readUInt32BE()).toBe(errorCodes.none);
});
