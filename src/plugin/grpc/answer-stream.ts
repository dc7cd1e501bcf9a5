import type { Call } from "../http2/call.ts";
import { answerHeaders } from "./header-blocks.ts";

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

/** Sends frames over one call, as fast as the other side receives them. */
export class AnswerStream implements Sink<Buffer> {
  readonly #call: Call;
  readonly #givingUp = new AbortController();
  /** Those who wait for room. */
  readonly #waiting: (() => void)[] = [];

  constructor(call: Call) {
    this.#call = call;
  }

  get signal(): AbortSignal {
    return this.#givingUp.signal;
  }

  async send(frame: Buffer): Promise<void> {
    if (this.signal.aborted) return;
    this.#call.begin(answerHeaders);
    if (this.#call.write(frame)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** What was written has gone. */
  room(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Stops sending. */
  giveUp(): void {
    this.#givingUp.abort();
    this.room();
  }
}
