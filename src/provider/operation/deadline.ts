import { setMaxListeners } from "node:events";

import { longestTimerMs } from "../../vocabulary/duration.ts";

/**
 * A signal that aborts after so long, or as soon as another one does.
 *
 * `AbortSignal.any` and `AbortSignal.timeout` give the same, and leave each of them to the garbage collector; this one is
 * released when it is no longer needed.
 */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #other: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  #isOver = false;

  constructor(afterMs: number, other: AbortSignal | undefined) {
    this.#other = other;
    // Whatever belongs to the work may wait for it at the same time.
    setMaxListeners(0, this.#controller.signal);
    this.#timer = setTimeout(this.#end, Math.min(afterMs, longestTimerMs)).unref();
    if (other?.aborted === true) this.#follow();
    else other?.addEventListener("abort", this.#follow);
  }

  /** Aborts at the deadline, or with the other signal. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Whether it was the time that ended it. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Ends the waiting for either. */
  release(): void {
    clearTimeout(this.#timer);
    this.#other?.removeEventListener("abort", this.#follow);
  }

  readonly #end = (): void => {
    this.#isOver = true;
    this.#controller.abort(new DOMException("The time is over", "TimeoutError"));
  };

  readonly #follow = (): void => {
    clearTimeout(this.#timer);
    this.#controller.abort(this.#other?.reason);
  };
}
