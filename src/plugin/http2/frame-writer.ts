import type { Socket } from "node:net";
import { frameHeadBytes } from "./frames.ts";
import { errorCodes, Http2Error } from "./http2-error.ts";

/** A kind of frame with what it is marked with: both stand side by side in its head. */
export type FrameKind = number;

/** The kind of a frame of this type with these flags. */
export function frameKind(type: number, flags = 0): FrameKind {
  return (type << 8) | flags;
}

/** Something that wants to know that its last frame has gone. */
export interface Sender {
  written(): void;
}

/** What small frames are gathered in. */
const slabBytes = 32 * 1024;
/** Payloads of up to this size are copied next to the frames around them; larger ones are written as they are. */
const largestCopied = 4 * 1024;
/** As much is handed over at once, also in the middle of a turn. */
const burstBytes = 256 * 1024;
/** How many replies may wait for a peer that does not read. */
const mostReplies = 10_000;

/**
 * Writes frames, all those of one turn of the event loop at once: many answers take one call of the system.
 *
 * {@link FrameWriter.isFull} says that the other side does not take what it is sent. Then data has to wait, and only what
 * connections cannot do without is still written.
 */
export class FrameWriter {
  readonly #socket: Socket;
  readonly #onRoom: () => void;
  #slab = Buffer.alloc(0);
  /** Where what is not handed over yet begins in the slab, and where it ends. */
  #start = 0;
  #end = 0;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #isScheduled = false;
  #senders: Sender[] = [];
  #replies = 0;
  #isFull = false;

  /** @param onRoom - called when the other side takes data again */
  constructor(socket: Socket, onRoom: () => void) {
    this.#socket = socket;
    this.#onRoom = onRoom;
    socket.on("drain", () => {
      this.#isFull = false;
      this.#replies = 0;
      this.#onRoom();
    });
  }

  /** Whether data has to wait. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Writes a frame. Its payload must not change any more. */
  frame(kind: FrameKind, streamId: number, payload: Buffer): void {
    const size = payload.length;
    const isCopied = size <= largestCopied;
    const at = this.#reserve(frameHeadBytes + (isCopied ? size : 0));
    const slab = this.#slab;
    slab.writeUIntBE(size, at, 3);
    slab.writeUInt16BE(kind, at + 3);
    slab.writeUInt32BE(streamId, at + 5);
    if (isCopied) {
      payload.copy(slab, at + frameHeadBytes);
    } else {
      this.#cutSlab();
      this.#pieces.push(payload);
    }
    this.#bytes += frameHeadBytes + size;
    if (this.#bytes >= burstBytes) this.flush();
    else this.#schedule();
  }

  /**
   * Writes a frame that the other side has caused.
   *
   * @throws {Http2Error} when it causes such frames and does not read them
   */
  reply(kind: FrameKind, streamId: number, payload: Buffer): void {
    if (this.#bytes === 0 && this.#socket.writableLength === 0) this.#replies = 0;
    this.#replies += 1;
    if (this.#replies > mostReplies) {
      throw new Http2Error(errorCodes.enhanceYourCalm, "the client asks and does not read the answers");
    }
    this.frame(kind, streamId, payload);
  }

  /** Tells the sender when the frame that is written next has gone to the system, or never will. */
  whenWritten(sender: Sender): void {
    this.#senders.push(sender);
  }

  /** Hands over what was written. */
  flush(): void {
    this.#cutSlab();
    const [pieces, senders, socket] = [this.#pieces, this.#senders, this.#socket];
    const last = pieces.pop();
    if (last === undefined) return;
    this.#pieces = [];
    this.#senders = [];
    this.#bytes = 0;
    if (pieces.length > 0) socket.cork();
    for (const piece of pieces) socket.write(piece);
    if (senders.length === 0) {
      socket.write(last);
    } else {
      // A socket that is closed already calls back as well, with an error.
      socket.write(last, () => {
        for (const sender of senders) sender.written();
      });
    }
    if (pieces.length > 0) socket.uncork();
    this.#isFull = socket.writableNeedDrain;
  }

  /** Makes room in the slab, and returns where it is. */
  #reserve(size: number): number {
    if (this.#slab.length - this.#end < size) {
      this.#cutSlab();
      this.#slab = Buffer.allocUnsafeSlow(slabBytes);
      this.#start = 0;
      this.#end = 0;
    }
    const at = this.#end;
    this.#end += size;
    return at;
  }

  #cutSlab(): void {
    if (this.#start === this.#end) return;
    this.#pieces.push(this.#slab.subarray(this.#start, this.#end));
    this.#start = this.#end;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    process.nextTick(() => {
      this.#isScheduled = false;
      this.flush();
    });
  }
}
