import type { ServerHttp2Stream } from "node:http2";

/** Sends the messages of a streaming call. */
export interface Sink<T> {
  /**
   * Sends the next message, and waits while the other side is not ready to receive more. It does nothing once nobody receives
   * messages any more.
   */
  send(next: T): Promise<void>;
  /** Aborted when nobody receives messages any more: the call was cancelled, or its deadline has passed. */
  readonly signal: AbortSignal;
}

/** The headers of every answer. */
export const answerHeaders = { ":status": 200, "content-type": "application/grpc" } as const;

/** Whether nobody receives what is sent over a stream any more. */
export function isGone(stream: ServerHttp2Stream): boolean {
  return stream.closed || stream.destroyed;
}

/** Sends frames over the stream of one call, as fast as the other side receives them. */
export class AnswerStream implements Sink<Buffer> {
  readonly #stream: ServerHttp2Stream;
  readonly #givingUp = new AbortController();

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
    stream.once("close", () => {
      this.giveUp();
    });
  }

  get signal(): AbortSignal {
    return this.#givingUp.signal;
  }

  async send(frame: Buffer): Promise<void> {
    const stream = this.#stream;
    if (this.signal.aborted || isGone(stream)) return;
    this.begin();
    if (!stream.write(frame)) await this.#room();
  }

  /** Sends the headers, if that was not done yet. */
  begin(): void {
    if (isGone(this.#stream) || this.#stream.headersSent) return;
    this.#stream.respond(answerHeaders, { waitForTrailers: true });
  }

  /** Stops sending. */
  giveUp(): void {
    this.#givingUp.abort();
  }

  /** Waits until what was written has gone, or nobody takes it any more. */
  async #room(): Promise<void> {
    const stream = this.#stream;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stream.off("drain", done);
        this.signal.removeEventListener("abort", done);
        resolve();
      };
      stream.once("drain", done);
      this.signal.addEventListener("abort", done, { once: true });
    });
  }
}
