import { afterEach, expect, test } from "@jest/globals";
import { frameTypes } from "../../../src/plugin/http2/frames.ts";
import { answering, givenConnection, signpost, stopConnections } from "../../support/http2/given-connection.ts";
import { callHeaders, frame, request, settings, uint32 } from "../../support/http2/raw-client.ts";
import { fc } from "../../support/search.ts";

afterEach(stopConnections);

const { data: DATA, headers: HEADERS, windowUpdate: WINDOW_UPDATE } = frameTypes;

/** A call whose request is not whole. */
const open = frame([HEADERS, 0x4], 1, callHeaders);

test.each([
  ["as large as the window of the call", 100, 100],
  ["larger than that", 101, 100],
  ["as large as the window of the connection", 65_535, 1_000_000],
  ["larger than that", 65_536, 1_000_000],
])("an answer %s waits for no more than it must", async (_what, size, window) => {
  const { client, calls } = await givenConnection(answering(size));
  const sent = Math.min(size, window, 65_535);

  client.begin(settings({ 4: window }), request(1));
  await client.isRead();
  const before = client.bytesOf(1);
  client.send(frame([WINDOW_UPDATE, 0], window < 65_535 ? 1 : 0, uint32(1)));
  await client.isRead();

  expect([before, client.bytesOf(1)]).toEqual([sent, size]);
  expect(client.frames.filter(({ type, flags }) => type === HEADERS && flags === 0x5)).toHaveLength(1);
  expect(calls).toMatchObject([{ isClosed: true }]);
});

test("windows that become smaller stop answers that are under way, until they are above zero again", async () => {
  const { client } = await givenConnection(answering(300));
  client.begin(settings({ 4: 200 }), request(1));
  await client.isRead();

  client.send(settings({ 4: 50 }), frame([WINDOW_UPDATE, 0], 1, uint32(150)));
  await client.isRead();
  const atZero = client.bytesOf(1);
  client.send(settings({ 4: 51 }));
  await client.isRead();
  const aboveZero = client.bytesOf(1);
  client.send(settings({ 4: 1000 }));
  await client.isRead();

  expect([atZero, aboveZero, client.bytesOf(1)]).toEqual([200, 201, 300]);
});

test("frames are as large as the client takes them", async () => {
  const { client } = await givenConnection(answering(40_000));

  client.begin(frame([WINDOW_UPDATE, 0], 0, uint32(100_000)), request(1), settings({ 5: 20_000 }), request(3));
  await client.isRead();

  const sizes = [1, 3].map((id) =>
    client.frames.filter(({ type, streamId }) => type === DATA && streamId === id).map(({ payload }) => payload.length),
  );
  expect(sizes).toEqual([
    [16_384, 16_384, 7232],
    [20_000, 20_000],
  ]);
});

test("calls whose answers wait for the connection get it in turn", async () => {
  const { client } = await givenConnection(answering(200_000));

  client.begin(settings({ 4: 1_000_000 }), request(1), request(3), request(5));
  await client.isRead();
  client.send(frame([WINDOW_UPDATE, 0], 0, uint32(3 * 16_384)));
  await client.isRead();

  expect([1, 3, 5].map((id) => client.bytesOf(id))).toEqual([65_535 + 16_384, 16_384, 16_384]);
});

test("a request of any size comes through, with the windows that were announced", async () => {
  const { client, calls } = await givenConnection();
  const pieces = Array.from({ length: 300 }, (_, index) => frame([DATA, 0], 1, Buffer.alloc(16_384, index)));

  client.begin(open, ...pieces, frame([DATA, 0x1], 1));
  await client.isRead();

  expect(client.frames[0]?.payload.toString("hex")).toContain("00047fffffff");
  expect(client.frames[1]?.payload.readUInt32BE()).toBe(0x7fff_ffff - 65_535);
  const expected = Buffer.concat(pieces.map((piece) => piece.subarray(9)));
  expect(expected.equals(Buffer.concat(calls[0]?.body ?? []))).toBe(true);
});

test("an answer that its client has asked for and does not read takes little more memory, and is over with the connection", async () => {
  const [answered, closed] = [signpost(), signpost()];
  let waiting = 0;
  const { client, calls } = await givenConnection((call) => {
    answering(64 * 1024 * 1024)(call);
    waiting = call.socket.writableLength;
    answered.reach();
  }, closed.reach);
  client.begin(settings({ 4: 0x7fff_ffff }), frame([WINDOW_UPDATE, 0], 0, uint32(0x7fff_0000)));
  await client.isRead();
  client.socket.pause();

  client.send(request(1));
  await answered.reached;
  client.socket.destroy();
  await closed.reached;

  expect(waiting).toBeLessThan(1024 * 1024);
  expect(calls).toMatchObject([{ isWhole: true, isClosed: true }]);
});

test("whatever the client allows in whatever order, answers take no more of it, and in the end come whole", async () => {
  const grant = fc.record({ stream: fc.nat(3), bytes: fc.integer({ min: 1, max: 40_000 }) });

  await fc.assert(
    fc.asyncProperty(
      fc.nat(30_000),
      fc.array(fc.nat(80_000), { minLength: 3, maxLength: 3 }),
      fc.array(grant, { maxLength: 15 }),
      async (window, sizes, grants) => {
        const { client } = await givenConnection((call) => {
          answering(sizes[(call.id - 1) / 2] ?? 0)(call);
        });
        const ids = [1, 3, 5];
        const granted = [65_535, window, window, window];
        client.begin(settings({ 4: window }), ...ids.map(request));

        for (const { stream, bytes } of grants) {
          granted[stream] = (granted[stream] ?? 0) + bytes;
          client.send(frame([WINDOW_UPDATE, 0], stream === 0 ? 0 : stream * 2 - 1, uint32(bytes)));
          await client.isRead();
          const taken = ids.map((id) => client.bytesOf(id));
          expect(taken.map((each, index) => each <= (granted[index + 1] ?? 0))).toEqual([true, true, true]);
          expect(taken.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(granted[0] ?? 0);
        }
        client.send(settings({ 4: 1_000_000 }), frame([WINDOW_UPDATE, 0], 0, uint32(1_000_000)));
        await client.isRead();

        expect(ids.map((id) => client.bytesOf(id))).toEqual(sizes);
        expect(client.frames.filter(({ type, flags }) => type === HEADERS && flags === 0x5)).toHaveLength(3);
        client.socket.destroy();
      },
    ),
    { numRuns: 50 },
  );
});
