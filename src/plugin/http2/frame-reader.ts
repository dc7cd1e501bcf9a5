import { defaultFrameBytes, flags, type FrameHead, frameHeadBytes, frameTypes } from "./frames.ts";
import { errorCodes, Http2Error } from "./http2-error.ts";

/** What takes the frames of a connection, in their order. */
export interface FrameSink {
  /** A frame that is whole. */
  frame(head: FrameHead, payload: Buffer): void;
  /** The next piece of a frame of data; `isLast` where the frame ends with it. */
  data(head: FrameHead, piece: Buffer, isLast: boolean): void;
}

/** What every client sends first. */
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");
const nothing: Buffer = Buffer.of();

/** Finds the frames in the bytes of a connection, in whatever pieces these arrive. Data is passed on as it is, without copying. */
export class FrameReader {
  readonly #sink: FrameSink;
  #isGreeted = false;
  /** The frame whose payload is not whole yet. */
  #head: FrameHead | undefined;
  /** What has come of the frame's payload: of data, what was passed on. */
  #received = 0;
  /** What has come of the preface, of a head, or of a payload other than data. */
  #beginning: Buffer = nothing;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /**
   * Takes the next piece. The sink is called before this returns.
   *
   * @throws {Http2Error} for what is not HTTP/2
   */
  push(piece: Buffer): void {
    let at = 0;
    while (at < piece.length) at = this.#next(piece, at);
  }

  /** Takes what comes next in the piece, and returns where that ends. */
  #next(piece: Buffer, at: number): number {
    const head = this.#head;
    if (head === undefined) return this.#isGreeted ? this.#takeHead(piece, at) : this.#greet(piece, at);
    if (isPassedOn(head)) return this.#passOn(head, piece, at);
    const end = Math.min(piece.length, at + head.size - this.#beginning.length);
    const payload = this.#gather(piece.subarray(at, end), head.size);
    if (payload !== undefined) {
      this.#head = undefined;
      this.#deliver(head, payload);
    }
    return end;
  }

  #greet(piece: Buffer, at: number): number {
    const end = Math.min(piece.length, at + preface.length - this.#beginning.length);
    const start = this.#beginning.length;
    if (preface.compare(piece, at, end, start, start + end - at) !== 0) {
      throw new Http2Error(errorCodes.protocol, "the client does not begin with HTTP/2");
    }
    this.#isGreeted = this.#gather(piece.subarray(at, end), preface.length) !== undefined;
    return end;
  }

  #takeHead(piece: Buffer, at: number): number {
    if (this.#beginning.length === 0 && piece.length - at >= frameHeadBytes) {
      this.#begin(parseHead(piece, at));
      return at + frameHeadBytes;
    }
    const end = Math.min(piece.length, at + frameHeadBytes - this.#beginning.length);
    const bytes = this.#gather(piece.subarray(at, end), frameHeadBytes);
    if (bytes !== undefined) this.#begin(parseHead(bytes, 0));
    return end;
  }

  #begin(head: FrameHead): void {
    if (head.size > defaultFrameBytes) throw new Http2Error(errorCodes.frameSize, "a frame is too large");
    if (head.size > 0) {
      this.#head = head;
      this.#received = 0;
    } else if (isPassedOn(head)) {
      this.#sink.data(head, nothing, true);
    } else {
      this.#deliver(head, nothing);
    }
  }

  #passOn(head: FrameHead, piece: Buffer, at: number): number {
    const end = Math.min(piece.length, at + head.size - this.#received);
    this.#received += end - at;
    const isLast = this.#received === head.size;
    if (isLast) this.#head = undefined;
    this.#sink.data(head, piece.subarray(at, end), isLast);
    return end;
  }

  /** Adds to the beginning; gives back all of it once that has this size. */
  #gather(bytes: Buffer, size: number): Buffer | undefined {
    const gathered = this.#beginning.length === 0 ? bytes : Buffer.concat([this.#beginning, bytes]);
    const isWhole = gathered.length === size;
    this.#beginning = isWhole ? nothing : gathered;
    return isWhole ? gathered : undefined;
  }

  #deliver(head: FrameHead, payload: Buffer): void {
    if (head.type === frameTypes.data) this.#sink.data(head, withoutPadding(head, payload), true);
    else this.#sink.frame(head, payload);
  }
}

/** Whether a frame is passed on as it arrives: data, unless it is padded, which no engine does. */
function isPassedOn(head: FrameHead): boolean {
  return head.type === frameTypes.data && (head.flags & flags.padded) === 0;
}

function parseHead(bytes: Buffer, at: number): FrameHead {
  return {
    size: bytes.readUIntBE(at, 3),
    type: bytes.readUInt8(at + 3),
    flags: bytes.readUInt8(at + 4),
    streamId: bytes.readUInt32BE(at + 5) & 0x7fff_ffff,
  };
}

/**
 * What a frame carries.
 *
 * @throws {Http2Error} when it has more padding than payload
 */
export function withoutPadding(head: FrameHead, payload: Buffer): Buffer {
  if ((head.flags & flags.padded) === 0) return payload;
  const end = payload.length - (payload[0] ?? 0);
  if (end < 1) throw new Http2Error(errorCodes.protocol, "a frame has more padding than payload");
  return payload.subarray(1, end);
}
