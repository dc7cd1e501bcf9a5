import type { Socket } from "node:net";
import { type DataStream, headersFrame, largestWindow, lastHeadersFrame, type Outgoing } from "./outgoing.ts";
import type { RequestHead } from "./request-head.ts";

/** What a call tells whoever answers it. */
export interface CallReceiver {
  /** A piece of the request's body. */
  data(piece: Buffer): void;
  /** The request is whole. */
  end(): void;
  /** There is room again, after {@link Call.write} has said that there is none. */
  room(): void;
  /** The call is over, once and for all: its answer has gone, or nobody receives it any more. */
  closed(): void;
}

/** What a call needs of its connection. */
export interface CallConnection {
  readonly socket: Socket;
  readonly outgoing: Outgoing;
  /** Tells the other side to send nothing more over a stream. */
  stop(id: number): void;
  /** Forgets the stream of a call. */
  forget(id: number): void;
  /** Neither the call nor its work is under way any more. */
  callIsOver(): void;
}

const nobody: CallReceiver = {
  data: () => undefined,
  end: () => undefined,
  room: () => undefined,
  closed: () => undefined,
};

/** One request and its answer. There is one object for each call, and it calls its receiver directly. */
export class Call implements DataStream {
  readonly id: number;
  readonly head: RequestHead;
  /** Set by whoever answers the call. */
  receiver = nobody;
  /** Called when the call is over, after its receiver was told. */
  onClosed: (() => void) | undefined;
  window: number;
  /** What has come of the request since the other side was last told that it may send more. */
  received = 0;
  readonly #connection: CallConnection;
  #isRequestWhole = false;
  #isBegun = false;
  #isGone = false;
  #isClosed = false;
  #isWorking = false;
  /** Whether the receiver waits for {@link CallReceiver.room}. */
  #wantsRoom = false;
  /** What waits to be sent; of the first, what stands before `#sent` is sent already. */
  #queue: Buffer[] | undefined;
  #sent = 0;
  /** What ends the answer after all that waits. */
  #trailers: Buffer | undefined;

  constructor(id: number, head: RequestHead, connection: CallConnection) {
    this.id = id;
    this.head = head;
    this.#connection = connection;
    this.window = connection.outgoing.streamWindow;
  }

  /** The connection that the call has come over. */
  get socket(): Socket {
    return this.#connection.socket;
  }

  /** Whether nothing can be sent any more: the answer has its end, or nobody receives it. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Whether the answer has begun. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** Whether all of the request has come. */
  get isRequestWhole(): boolean {
    return this.#isRequestWhole;
  }

  /** Begins the answer. */
  begin(headers: Buffer): void {
    if (this.#isGone || this.#isBegun) return;
    this.#isBegun = true;
    this.#connection.outgoing.headers(headersFrame, this.id, headers);
  }

  /**
   * Sends a part of an answer that has begun.
   *
   * @returns whether there is room for more; if not, the receiver is told when there is
   */
  write(bytes: Buffer): boolean {
    if (this.#isGone) return true;
    const { outgoing } = this.#connection;
    let sent = 0;
    if (this.#queue === undefined) {
      for (let size = -1; size !== 0 && sent < bytes.length; sent += size) size = outgoing.data(this, bytes, sent);
    }
    if (sent === bytes.length && !outgoing.writer.isFull) return true;
    if (sent < bytes.length) this.#keep(bytes, sent);
    this.#wantsRoom = true;
    outgoing.wait(this);
    return false;
  }

  /** Ends an answer that has begun, after all that waits. */
  end(trailers: Buffer): void {
    if (this.#isGone) return;
    if (this.#queue === undefined) this.#finish(trailers);
    else this.#trailers = trailers;
  }

  /** Answers with headers alone. */
  answer(headers: Buffer): void {
    if (this.#isGone || this.#isBegun) return;
    this.#finish(headers);
  }

  /** Notes that something is done for the call, which counts as under way until {@link Call.endWork}, even if it is given up. */
  beginWork(): void {
    this.#isWorking = true;
  }

  /** Notes that nothing is done for the call any more. */
  endWork(): void {
    if (!this.#isWorking) return;
    this.#isWorking = false;
    if (this.#isClosed) this.#connection.callIsOver();
  }

  /** All of the request has come. */
  requestIsWhole(): void {
    if (this.#isRequestWhole) return;
    this.#isRequestWhole = true;
    if (!this.#isGone) this.receiver.end();
  }

  /** Nobody receives the answer any more. */
  giveUp(): void {
    if (!this.#isGone) this.#leave();
    this.written();
  }

  /** The last of the answer has gone, or the call was given up. */
  written(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.receiver.closed();
    this.onClosed?.();
    if (!this.#isWorking) this.#connection.callIsOver();
  }

  /** Sends the next frame of what waits, and tells the receiver when nothing waits any more. */
  sendNext(): boolean {
    if (this.#queue !== undefined && this.#sendQueued(this.#queue)) return true;
    if (this.#queue !== undefined) return false; // its own window is closed
    if (this.#trailers !== undefined) this.#finish(this.#trailers);
    else if (this.#wantsRoom) {
      this.#wantsRoom = false;
      this.receiver.room();
    }
    return false;
  }

  /** The other side takes more, or less; returns whether the window is one that exists. */
  widen(bytes: number): boolean {
    this.window += bytes;
    if (this.#queue !== undefined && this.window > 0) this.#connection.outgoing.wait(this);
    return this.window <= largestWindow;
  }

  /** Sends one frame; returns whether another can follow. */
  #sendQueued(queue: Buffer[]): boolean {
    const first = queue[0] ?? Buffer.of();
    this.#sent += this.#connection.outgoing.data(this, first, this.#sent);
    if (this.#sent === first.length) {
      this.#sent = 0;
      queue.shift();
      if (queue.length === 0) {
        this.#queue = undefined;
        return false;
      }
    }
    return this.window > 0;
  }

  #keep(bytes: Buffer, sent: number): void {
    if (this.#queue !== undefined) {
      this.#queue.push(bytes);
      return;
    }
    this.#queue = [bytes];
    this.#sent = sent;
  }

  #finish(block: Buffer): void {
    const { outgoing } = this.#connection;
    outgoing.writer.whenWritten(this);
    outgoing.headers(lastHeadersFrame, this.id, block);
    // Whoever still sends is told that nobody wants it.
    if (!this.#isRequestWhole) this.#connection.stop(this.id);
    this.#leave();
  }

  #leave(): void {
    this.#isGone = true;
    this.#queue = undefined;
    this.#trailers = undefined;
    this.#connection.outgoing.forget(this);
    this.#connection.forget(this.id);
  }
}
