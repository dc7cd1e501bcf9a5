import { expect, test } from "@jest/globals";
import { GrpcError, statusCodes } from "../../../src/plugin/grpc/status.ts";
import { encodeFrame, RequestFrame } from "../../../src/plugin/grpc/frame.ts";
import { fc } from "../../support/search.ts";

/** A message in its frame, as a client sends it. */
function framed(message: Buffer, flags = 0): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flags;
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** What comes of pieces that arrive one after another: the message, or the status that the call ends with. */
function received(...pieces: readonly Buffer[]): Buffer | number {
  const frame = new RequestFrame();
  try {
    for (const piece of pieces) frame.push(piece);
    return frame.finish();
  } catch (error) {
    if (error instanceof GrpcError) return error.code;
    throw error;
  }
}

/** The bytes cut where the numbers say. */
function cut(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const ends = [...cuts.map((each) => each % (bytes.length + 1)), bytes.length].sort((left, right) => left - right);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

test("a message is the same in whatever pieces it arrives", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(), { maxLength: 20 }), (message, cuts) => {
      const pieces = cut(framed(Buffer.from(message)), cuts);

      expect(received(...pieces)).toEqual(Buffer.from(message));
    }),
  );
});

test("an empty message is a message", () => {
  expect(received(framed(Buffer.of()))).toEqual(Buffer.of());
});

test.each([
  ["nothing at all", [], statusCodes.unimplemented],
  ["half of a prefix", [Buffer.alloc(4)], statusCodes.internal],
  ["a message without its end", [framed(Buffer.from("message")).subarray(0, -1)], statusCodes.internal],
  [
    "two messages",
    [Buffer.concat([framed(Buffer.from("one")), framed(Buffer.from("two"))])],
    statusCodes.unimplemented,
  ],
  ["a second message later", [framed(Buffer.from("one")), framed(Buffer.from("two"))], statusCodes.unimplemented],
  ["an empty message and one byte more", [framed(Buffer.of()), Buffer.of(0)], statusCodes.unimplemented],
  ["a compressed message", [framed(Buffer.from("message"), 1)], statusCodes.unimplemented],
  ["flags that nobody knows", [framed(Buffer.from("message"), 2)], statusCodes.internal],
  ["a size of 2 GiB", [Buffer.of(0, 0x80, 0, 0, 0)], statusCodes.resourceExhausted],
  ["a size of 2 GiB less one byte, and no more", [Buffer.of(0, 0x7f, 0xff, 0xff, 0xff)], statusCodes.internal],
])("%s ends the call with a status", (_what, pieces, code) => {
  expect(received(...pieces)).toBe(code);
});

test("an answer has its size before it, however large the one before was", () => {
  const large = Buffer.alloc(3 * 1024 * 1024, 7);

  const frames = [large, Buffer.of(1, 2), large, Buffer.of()].map((bytes) =>
    encodeFrame((writer, message: Buffer) => {
      writer.bytes(10, message);
    }, bytes),
  );

  expect(frames.map((frame) => frame.readUInt32BE(1))).toEqual(frames.map((frame) => frame.length - 5));
  expect(frames[1]).toEqual(Buffer.of(0, 0, 0, 0, 4, 10, 2, 1, 2));
  expect(frames[2]?.subarray(-large.length).equals(large)).toBe(true);
  expect(frames[3]).toEqual(Buffer.of(0, 0, 0, 0, 2, 10, 0));
});

test("an answer that cannot be written does not spoil the next", () => {
  expect(() =>
    encodeFrame((writer) => {
      writer.string(10, "half an answer");
      throw new Error("a bug");
    }, undefined),
  ).toThrow("a bug");

  expect(encodeFrame(() => undefined, undefined)).toEqual(Buffer.alloc(5));
});
