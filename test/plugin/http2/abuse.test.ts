import { afterEach, expect, test } from "@jest/globals";
import type { Call } from "../../../src/plugin/http2/call.ts";
import { frameTypes } from "../../../src/plugin/http2/frames.ts";
import { errorCodes } from "../../../src/plugin/http2/http2-error.ts";
import { mostCalls } from "../../../src/plugin/http2/settings.ts";
import { answering, givenConnection, signpost, stopConnections } from "../../support/http2/given-connection.ts";
import { callHeaders, frame, preface, request, settings, uint32 } from "../../support/http2/raw-client.ts";
import { fc } from "../../support/search.ts";

afterEach(stopConnections);

const {
  data: DATA,
  headers: HEADERS,
  windowUpdate: WINDOW_UPDATE,
  resetStream: RST_STREAM,
  ping: PING,
  continuation: CONTINUATION,
} = frameTypes;

/** A call whose request is not whole. */
const open = frame([HEADERS, 0x4], 1, callHeaders);

test("a client that asks and reads no answers is cut off", async () => {
  const closed = signpost();
  const { client, another } = await givenConnection(() => undefined, closed.reach);
  client.begin(request(1));
  await client.isRead();
  client.socket.pause();

  const pings = Buffer.concat(Array.from({ length: 10_000 }, () => frame([PING, 0], 0, "00".repeat(8))));
  const flood = (error?: Error | null): void => {
    if (error === undefined || error === null) client.socket.write(pings, flood);
  };
  flood();
  await closed.reached;
  client.socket.destroy();
  const other = another();
  other.begin();

  await expect(other.isRead()).resolves.toBeUndefined();
});

test("a client that reads may ask as often as it likes", async () => {
  const { client } = await givenConnection();
  client.begin();

  for (let round = 0; round < 5; round += 1) {
    client.send(...Array.from({ length: 5000 }, () => frame([PING, 0], 0, "00".repeat(8))));
    await client.isRead();
  }

  expect(client.socket.destroyed).toBe(false);
});

test("calls that are given up count for as long as their work is under way", async () => {
  const working: Call[] = [];
  const { client } = await givenConnection((call) => {
    call.beginWork();
    working.push(call);
  });
  const ids = Array.from({ length: mostCalls }, (_, index) => index * 2 + 1);
  client.begin(...ids.flatMap((id) => [request(id), frame([RST_STREAM, 0], id, "00000008")]));
  await client.isRead();

  client.send(request(2 * mostCalls + 1));
  const { payload } = await client.receives(RST_STREAM, 2 * mostCalls + 1);
  working[0]?.endWork();
  client.send(request(2 * mostCalls + 3));
  await client.isRead();

  expect(payload.readUInt32BE()).toBe(errorCodes.refusedStream);
  expect(working).toHaveLength(mostCalls + 1);
});

/** What a client sends in one go: three calls of different shapes. */
const recorded = Buffer.concat([
  preface,
  settings({ 1: 0, 4: 1_000_000 }),
  open,
  frame([DATA, 0], 1, Buffer.alloc(100, 1)),
  frame([HEADERS, 0], 3, callHeaders.subarray(0, 5)),
  frame([CONTINUATION, 0x4], 3, callHeaders.subarray(5)),
  frame([DATA, 0x8], 3, Buffer.concat([Buffer.of(3), Buffer.alloc(50, 2)])),
  frame([WINDOW_UPDATE, 0], 0, uint32(1)),
  frame([DATA, 0x1], 1, Buffer.alloc(20, 3)),
  request(5),
  frame([PING, 0], 0, "0102030405060708"),
  frame([DATA, 0x1], 3),
]);

test("a stream of bytes means the same in whatever pieces it comes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(recorded.length), { maxLength: 12 }), async (cuts) => {
      const { client, calls } = await givenConnection();
      client.socket.setNoDelay();
      const ends = [...cuts, recorded.length].sort((left, right) => left - right);
      for (const [index, end] of ends.entries()) {
        await new Promise((resolve) => client.socket.write(recorded.subarray(ends[index - 1] ?? 0, end), resolve));
      }
      await client.isRead();

      const seen = calls.map(({ body, ...rest }) => ({ ...rest, body: Buffer.concat(body) }));
      expect(seen).toEqual([
        {
          path: "/test",
          isWhole: true,
          isClosed: false,
          body: Buffer.concat([Buffer.alloc(100, 1), Buffer.alloc(20, 3)]),
        },
        { path: "/test", isWhole: true, isClosed: false, body: Buffer.alloc(47, 2) },
        { path: "/test", isWhole: true, isClosed: false, body: Buffer.of() },
      ]);
      client.socket.destroy();
    }),
    { numRuns: 50 },
  );
});

test("whatever a client sends, its calls end with it, and others are answered", async () => {
  const { another, calls } = await givenConnection(answering(100));
  const other = another();
  other.begin(frame([WINDOW_UPDATE, 0], 0, uint32(0x7fff_0000)));
  let streamId = 1;
  const change = fc.record({ at: fc.nat(recorded.length - 1), byte: fc.nat(255) });

  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 5 }), fc.uint8Array({ maxLength: 100 }), async (changes, rest) => {
      const bytes = Buffer.concat([recorded, Buffer.from(rest)]);
      for (const { at, byte } of changes) bytes[at] = byte;
      const client = another();

      client.socket.resume();
      client.socket.end(bytes);
      await new Promise((resolve) => client.socket.once("close", resolve));
      other.send(request(streamId));
      await other.receives(DATA, streamId);
      streamId += 2;
      await other.isRead();

      expect(calls.every(({ isClosed }) => isClosed)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
