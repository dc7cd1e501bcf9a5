import { defaultFrameBytes, flags, frameTypes } from "./frames.ts";
import { type FrameKind, frameKind, type FrameWriter } from "./frame-writer.ts";
import { errorCodes, Http2Error } from "./http2-error.ts";

/** The window of a stream, or of a connection, while nobody has said otherwise. */
export const defaultWindow = 65_535;
/** The largest window. */
export const largestWindow = 0x7fff_ffff;

const dataFrame = frameKind(frameTypes.data);

/** What of an answer waits until it may be sent. */
export interface Waiting {
  /** Sends the next frame, and returns whether something waits that could be sent now. */
  sendNext(): boolean;
}

/** A stream that data goes over. */
export interface DataStream {
  readonly id: number;
  /** How many bytes the other side still takes; below zero after it has made its windows smaller. */
  window: number;
}

/**
 * Sends answers as far as the windows of the other side allow, those of many calls in turn.
 *
 * @see RFC 9113, section 5.2
 */
export class Outgoing {
  readonly writer: FrameWriter;
  /** What new streams begin with. */
  streamWindow = defaultWindow;
  /** The largest payload that the other side takes. */
  frameBytes = defaultFrameBytes;
  #window = defaultWindow;
  /** Calls that could send if the connection could; a call whose own window is closed is not among them. */
  readonly #waiting = new Set<Waiting>();
  #hasSentHeaders = false;

  constructor(writer: FrameWriter) {
    this.writer = writer;
  }

  /** Sends headers, or trailers. */
  headers(kind: FrameKind, streamId: number, block: Buffer): void {
    if (this.#hasSentHeaders) {
      this.writer.frame(kind, streamId, block);
      return;
    }
    // Says once that no block uses the table of headers, so that the other side may make it as small as it likes.
    this.#hasSentHeaders = true;
    this.writer.frame(kind, streamId, Buffer.concat([Buffer.of(0x20), block]));
  }

  /** Sends a frame of data, of as much as may be sent now; returns how many bytes that are. */
  data(stream: DataStream, bytes: Buffer, at: number): number {
    if (this.writer.isFull) return 0;
    const size = Math.min(bytes.length - at, this.frameBytes, stream.window, this.#window);
    if (size <= 0) return 0;
    this.#window -= size;
    stream.window -= size;
    this.writer.frame(dataFrame, stream.id, size === bytes.length ? bytes : bytes.subarray(at, at + size));
    return size;
  }

  /** Lets the call send when the connection can. */
  wait(waiting: Waiting): void {
    this.#waiting.add(waiting);
  }

  /** Forgets a call that is over. */
  forget(waiting: Waiting): void {
    this.#waiting.delete(waiting);
  }

  /**
   * The other side takes more on the connection.
   *
   * @throws {Http2Error} when the window becomes too large
   */
  widen(bytes: number): void {
    this.#window += bytes;
    if (this.#window > largestWindow) throw new Http2Error(errorCodes.flowControl, "the window is too large");
    this.resume();
  }

  /** Sends what may be sent now: a frame of each call, and then the next of each. */
  resume(): void {
    for (const waiting of this.#waiting) {
      if (this.writer.isFull || this.#window <= 0) return;
      this.#waiting.delete(waiting);
      // Those that are added while the set is walked come after all others.
      if (waiting.sendNext()) this.#waiting.add(waiting);
    }
  }
}

/** The kind of the frame that begins an answer. */
export const headersFrame = frameKind(frameTypes.headers, flags.endHeaders);
/** The kind of the frame that ends one: with trailers, or with all there is to say. */
export const lastHeadersFrame = frameKind(frameTypes.headers, flags.endHeaders | flags.endStream);
