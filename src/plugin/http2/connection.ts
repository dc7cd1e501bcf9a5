import type { Socket } from "node:net";
import { Call, type CallConnection } from "./call.ts";
import { flags, type FrameHead, frameTypes } from "./frames.ts";
import { FrameReader, type FrameSink, withoutPadding } from "./frame-reader.ts";
import { frameKind, FrameWriter } from "./frame-writer.ts";
import { HpackDecoder } from "./hpack-decoder.ts";
import { type ErrorCode, errorCodes, Http2Error } from "./http2-error.ts";
import { defaultWindow, largestWindow, Outgoing } from "./outgoing.ts";
import { largestHeaderBytes, RequestHeadReader } from "./request-head.ts";
import { mostCalls, ownSettings, parseSettings } from "./settings.ts";

/** The bytes after which the other side is told that it may send as many more. */
const replenishedBytes = 0x4000_0000;
/** How long a connection that has failed may take to send the reason. */
const leaveMs = 1000;
const nothing = Buffer.of();

const settingsFrame = frameKind(frameTypes.settings);
const settingsAck = frameKind(frameTypes.settings, flags.ack);
const pingAck = frameKind(frameTypes.ping, flags.ack);
const windowUpdateFrame = frameKind(frameTypes.windowUpdate);
const resetFrame = frameKind(frameTypes.resetStream);
const goAwayFrame = frameKind(frameTypes.goAway);

/** Headers whose end has not come. */
interface OpenBlock {
  readonly streamId: number;
  readonly isLast: boolean;
  readonly parts: Buffer[];
  bytes: number;
}

/**
 * The server's end of an HTTP/2 connection, for calls of gRPC: no priorities, no pushes, no upgrade from HTTP/1.
 *
 * A client that breaks the rules of the connection is told so and cut off; one that breaks those of a call loses the call.
 *
 * @see RFC 9113
 */
export class Connection implements FrameSink, CallConnection {
  readonly socket: Socket;
  readonly outgoing: Outgoing;
  readonly #onCall: (call: Call) => void;
  readonly #reader = new FrameReader(this);
  readonly #headers = new HpackDecoder();
  readonly #calls = new Map<number, Call>();
  /** Calls that are open, or whose work is not done. */
  #underWay = 0;
  #lastId = 0;
  #received = 0;
  #hasSettings = false;
  #isOver = false;
  #block: OpenBlock | undefined;

  /**
   * @param socket - one with a listener for errors
   * @param onCall - called with each call as soon as its headers are there; sets its receiver
   */
  constructor(socket: Socket, onCall: (call: Call) => void) {
    this.socket = socket;
    this.#onCall = onCall;
    const writer = new FrameWriter(socket, () => {
      this.outgoing.resume();
    });
    this.outgoing = new Outgoing(writer);
    socket.setNoDelay(true);
    writer.frame(settingsFrame, 0, ownSettings);
    writer.frame(windowUpdateFrame, 0, uint32(largestWindow - defaultWindow));
    socket.on("data", (piece: Buffer) => {
      this.#read(piece);
    });
    // Nobody closes one half of a connection: an engine that sends no more is gone.
    socket.once("end", () => socket.destroy());
    socket.once("close", () => {
      this.#end();
    });
  }

  /** Takes a frame that is whole. */
  frame(head: FrameHead, payload: Buffer): void {
    this.#expect(head);
    switch (head.type) {
      case frameTypes.headers:
        this.#takeHeaders(head, payload);
        break;
      case frameTypes.continuation:
        this.#continueHeaders(head, payload);
        break;
      case frameTypes.settings:
        this.#takeSettings(head, payload);
        break;
      case frameTypes.windowUpdate:
        this.#widen(head, payload);
        break;
      case frameTypes.resetStream:
        requireSize(payload, 4);
        this.#known(head.streamId)?.giveUp();
        break;
      case frameTypes.ping:
        requireConnection(head);
        requireSize(payload, 8);
        if ((head.flags & flags.ack) === 0) this.outgoing.writer.reply(pingAck, 0, payload);
        break;
      case frameTypes.pushPromise:
        throw new Http2Error(errorCodes.protocol, "clients do not push");
      default:
      // Priorities, the client's leave (it closes the connection next), and whatever else there may be in the future.
    }
  }

  /** Takes a piece of data. */
  data(head: FrameHead, piece: Buffer, isLast: boolean): void {
    this.#expect(head);
    const call = this.#known(head.streamId);
    // What is padding counts as well, and always comes in one piece.
    const size = (head.flags & flags.padded) === 0 ? piece.length : head.size;
    this.#received = this.#replenish(0, this.#received + size);
    if (call === undefined) return; // It was given up, or refused, and the client does not know yet.
    if (call.isRequestWhole) {
      this.#reset(call.id, errorCodes.streamClosed);
      return;
    }
    call.received = this.#replenish(call.id, call.received + size);
    if (piece.length > 0) call.receiver.data(piece);
    if (isLast && (head.flags & flags.endStream) !== 0) call.requestIsWhole();
  }

  /** Tells the client that nobody wants what it still sends over a stream. */
  stop(id: number): void {
    this.outgoing.writer.frame(resetFrame, id, uint32(errorCodes.none));
  }

  /** Forgets the stream of a call: what still comes over it is ignored. */
  forget(id: number): void {
    this.#calls.delete(id);
  }

  /** Makes room for another call. */
  callIsOver(): void {
    this.#underWay -= 1;
  }

  /** Ends a stream whose client has broken a rule. */
  #reset(id: number, code: ErrorCode): void {
    this.outgoing.writer.reply(resetFrame, id, uint32(code));
    this.#calls.get(id)?.giveUp();
  }

  #read(piece: Buffer): void {
    if (this.#isOver) return;
    try {
      this.#reader.push(piece);
    } catch (error) {
      if (!(error instanceof Http2Error)) throw error;
      this.#fail(error);
    }
  }

  /** Checks what holds for every frame. */
  #expect({ type, streamId, flags: marks }: FrameHead): void {
    if (!this.#hasSettings && (type !== frameTypes.settings || (marks & flags.ack) !== 0)) {
      throw new Http2Error(errorCodes.protocol, "the client does not begin with its settings");
    }
    if ((this.#block !== undefined) !== (type === frameTypes.continuation)) {
      throw new Http2Error(errorCodes.protocol, "headers are not continued, or what is continued has not begun");
    }
    if (this.#block !== undefined && this.#block.streamId !== streamId) {
      throw new Http2Error(errorCodes.protocol, "headers are continued on another stream");
    }
  }

  #takeHeaders(head: FrameHead, payload: Buffer): void {
    const { streamId } = head;
    if (streamId % 2 === 0) throw new Http2Error(errorCodes.protocol, "this is not the number of a client's stream");
    const block = withoutPadding(head, payload);
    const hasPriority = (head.flags & flags.priority) !== 0;
    if (hasPriority && block.length < 5) throw new Http2Error(errorCodes.frameSize, "headers lack their priority");
    this.#block = { streamId, isLast: (head.flags & flags.endStream) !== 0, parts: [], bytes: 0 };
    this.#continueHeaders(head, hasPriority ? block.subarray(5) : block);
  }

  #continueHeaders(head: FrameHead, part: Buffer): void {
    const block = this.#block;
    if (block === undefined) return;
    block.parts.push(part);
    block.bytes += part.length;
    // Empty parts count as well, so that there is an end to them.
    if (block.bytes > largestHeaderBytes || block.parts.length > 64) {
      throw new Http2Error(errorCodes.enhanceYourCalm, "headers are too large");
    }
    if ((head.flags & flags.endHeaders) === 0) return;
    this.#block = undefined;
    this.#open(block, block.parts.length === 1 ? part : Buffer.concat(block.parts));
  }

  #open({ streamId, isLast }: OpenBlock, block: Buffer): void {
    const fields = new RequestHeadReader();
    this.#headers.decode(block, fields); // also where nobody wants it, since later headers refer to it
    if (streamId <= this.#lastId) {
      this.#takeTrailers(streamId, isLast);
      return;
    }
    this.#lastId = streamId;
    const head = fields.finish();
    if (head === undefined) {
      this.#reset(streamId, errorCodes.protocol);
    } else if (this.#underWay >= mostCalls) {
      this.#reset(streamId, errorCodes.refusedStream);
    } else {
      const call = new Call(streamId, head, this);
      this.#underWay += 1;
      this.#calls.set(streamId, call);
      this.#onCall(call);
      if (isLast) call.requestIsWhole();
    }
  }

  #takeTrailers(streamId: number, isLast: boolean): void {
    const call = this.#calls.get(streamId);
    if (call === undefined) return;
    if (isLast && !call.isRequestWhole) {
      call.requestIsWhole();
    } else {
      this.#reset(streamId, errorCodes.protocol);
    }
  }

  #takeSettings(head: FrameHead, payload: Buffer): void {
    requireConnection(head);
    if ((head.flags & flags.ack) !== 0) {
      requireSize(payload, 0);
      return;
    }
    this.#hasSettings = true;
    const { streamWindow, frameBytes } = parseSettings(payload);
    const { outgoing } = this;
    outgoing.frameBytes = frameBytes ?? outgoing.frameBytes;
    outgoing.writer.reply(settingsAck, 0, nothing);
    if (streamWindow === undefined) return;
    const change = streamWindow - outgoing.streamWindow;
    outgoing.streamWindow = streamWindow;
    for (const call of this.#calls.values()) {
      if (!call.widen(change)) throw new Http2Error(errorCodes.flowControl, "a window is too large");
    }
    outgoing.resume();
  }

  #widen(head: FrameHead, payload: Buffer): void {
    requireSize(payload, 4);
    const bytes = payload.readUInt32BE(0) & largestWindow;
    if (head.streamId === 0) {
      if (bytes === 0) throw new Http2Error(errorCodes.protocol, "a window grows by nothing");
      this.outgoing.widen(bytes);
      return;
    }
    const call = this.#known(head.streamId);
    if (call === undefined) return;
    if (bytes > 0 && call.widen(bytes)) {
      this.outgoing.resume();
    } else {
      this.#reset(call.id, bytes === 0 ? errorCodes.protocol : errorCodes.flowControl);
    }
  }

  /** The call of a stream; `undefined` where it is over. */
  #known(streamId: number): Call | undefined {
    if (streamId === 0 || streamId > this.#lastId) {
      throw new Http2Error(errorCodes.protocol, "a frame is for a stream that does not exist");
    }
    return this.#calls.get(streamId);
  }

  /** Lets the other side send more once it has sent much; returns what has come since it was told so. */
  #replenish(streamId: number, received: number): number {
    if (received < replenishedBytes) return received;
    this.outgoing.writer.frame(windowUpdateFrame, streamId, uint32(received));
    return 0;
  }

  /** Says what is wrong, and cuts the connection. */
  #fail({ code }: Http2Error): void {
    const { socket, outgoing } = this;
    outgoing.writer.frame(goAwayFrame, 0, Buffer.concat([uint32(this.#lastId), uint32(code)]));
    outgoing.writer.flush();
    this.#end();
    socket.destroySoon();
    setTimeout(() => socket.destroy(), leaveMs).unref();
  }

  /** Nobody receives answers any more. */
  #end(): void {
    this.#isOver = true;
    for (const call of [...this.#calls.values()]) call.giveUp();
  }
}

function requireConnection({ streamId }: FrameHead): void {
  if (streamId !== 0) throw new Http2Error(errorCodes.protocol, "a frame is for the connection and names a stream");
}

function requireSize(payload: Buffer, size: number): void {
  if (payload.length !== size) throw new Http2Error(errorCodes.frameSize, "a frame has the wrong size");
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
