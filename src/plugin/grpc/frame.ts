import type { Decode } from "../protobuf/rpc.ts";
import { WireReader } from "../protobuf/wire-reader.ts";
import { type Encode, WireWriter } from "../protobuf/wire-writer.ts";
import { GrpcError, statusCodes } from "./status.ts";

/** The bytes before a message: one says whether it is compressed, and four have its size. */
const prefixSize = 5;
/** The most that engines take as well; libraries would stop at a few megabytes on their own. */
const largestMessageBytes = 0x7fff_ffff;

/** Shared by all answers, because each is written without interruption. */
const writer = new WireWriter();

/**
 * The message in the frame in which it goes over the wire.
 *
 * @throws {GrpcError} when it is too large
 */
export function encodeFrame<T>(encode: Encode<T>, message: T): Buffer {
  writer.start(prefixSize);
  encode(writer, message);
  const frame = writer.finish();
  const size = frame.length - prefixSize;
  if (size > largestMessageBytes) throw tooLarge(size);
  frame[0] = 0;
  frame.writeUInt32BE(size, 1);
  return frame;
}

/**
 * Decodes the message in these bytes.
 *
 * @throws {GrpcError} for bytes that are not a valid message
 */
export function decodeMessage<T>(decode: Decode<T>, bytes: Buffer): T {
  try {
    const reader = new WireReader(bytes);
    return decode(reader, reader.size);
  } catch (error) {
    throw new GrpcError(statusCodes.internal, "the request is not a message of Protocol Buffers", error);
  }
}

/** Takes the one message of a request, in whatever pieces it arrives. */
export class RequestFrame {
  /** What came before the prefix was whole. */
  #beginning: Buffer | undefined;
  #message: Buffer | undefined;
  #size = 0;

  /**
   * Takes the next piece.
   *
   * @throws {GrpcError} when it cannot be part of a request
   */
  push(piece: Buffer): void {
    if (this.#message === undefined) this.#begin(piece);
    else this.#append(this.#message, piece);
  }

  /**
   * The message, once all pieces have arrived.
   *
   * @throws {GrpcError} when they are not one whole message
   */
  finish(): Buffer {
    if (this.#message?.length === this.#size) return this.#message;
    if (this.#message === undefined && this.#beginning === undefined) throw notOneMessage("no message");
    throw new GrpcError(statusCodes.internal, "the request ends in the middle of a message");
  }

  #begin(piece: Buffer): void {
    const bytes = this.#beginning === undefined ? piece : Buffer.concat([this.#beginning, piece]);
    if (bytes.length < prefixSize) {
      this.#beginning = bytes;
      return;
    }
    const size = readPrefix(bytes);
    const part = bytes.subarray(prefixSize);
    if (part.length > size) throw notOneMessage("more than one message");
    if (part.length === size) {
      this.#message = part;
      this.#size = size;
    } else {
      this.#message = allocate(size);
      this.#append(this.#message, part);
    }
  }

  #append(message: Buffer, piece: Buffer): void {
    if (this.#size + piece.length > message.length) throw notOneMessage("more than one message");
    piece.copy(message, this.#size);
    this.#size += piece.length;
  }
}

/** The size of the message that follows. */
function readPrefix(bytes: Buffer): number {
  const flags = bytes[0];
  if (flags === 1)
    throw new GrpcError(statusCodes.unimplemented, "the message is compressed, and no compression is offered");
  if (flags !== 0) throw new GrpcError(statusCodes.internal, `the message has the flags ${String(flags)}`);
  const size = bytes.readUInt32BE(1);
  if (size > largestMessageBytes) throw tooLarge(size);
  return size;
}

/**
 * Allocates memory for a message. The system provides the memory only as it is filled, so a request that merely claims a large
 * size does not use it.
 */
function allocate(size: number): Buffer {
  try {
    return Buffer.allocUnsafeSlow(size);
  } catch (error) {
    throw new GrpcError(statusCodes.resourceExhausted, `there is no memory for a message of ${size} bytes`, error);
  }
}

function tooLarge(size: number): GrpcError {
  const message = `a message of ${size} bytes is larger than ${largestMessageBytes}`;
  return new GrpcError(statusCodes.resourceExhausted, message);
}

function notOneMessage(met: string): GrpcError {
  return new GrpcError(statusCodes.unimplemented, `the request has ${met} where the call takes one`);
}
