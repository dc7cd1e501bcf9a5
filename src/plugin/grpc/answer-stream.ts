import type { ServerHttp2Stream } from "node:http2";

/** Where a call that streams puts what it sends. */
export interface Sink<T> {
  /**
   * Sends the next one, and waits for as long as the other side is not ready to take more. When nobody takes anything any more
   * it does nothing.
   */
  send(next: T): Promise<void>;
  /** Aborted when nobody takes anything any more: the call was given up, or its deadline has passed. */
  readonly signal: AbortSignal;
}

/** The headers of whatever is answered. */
export const answerHeaders = { ":status": 200, "content-type": "application/grpc" } as const;

/** Whether nobody takes what is sent over a stream. */
export function isGone(stream: ServerHttp2Stream): boolean {
  return stream.closed || stream.destroyed;
}

/** Sends frame after frame over the stream of one call, as fast as the other side takes them. */
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

  /** Sends nothing any more. */
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
