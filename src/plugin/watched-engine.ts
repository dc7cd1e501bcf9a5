import type { EngineLife } from "../framework/engine-life.ts";

/** An engine that is connected, until it is gone. */
export class WatchedEngine implements EngineLife {
  readonly #gone = new AbortController();
  readonly #undoEnd = new AbortController();
  readonly #undoTimeMs: number;

  /** @param undoTimeMs - how long whatever must be undone may take once the engine is gone */
  constructor(undoTimeMs: number) {
    this.#undoTimeMs = undoTimeMs;
  }

  /** Aborted once the engine is gone. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Aborted when whatever is still being undone has to end. */
  get undoEnd(): AbortSignal {
    return this.#undoEnd.signal;
  }

  /** Notes that the engine is gone. Only the first time counts. */
  leave(): void {
    if (this.#gone.signal.aborted) return;
    this.#gone.abort(new Error("the engine is gone"));
    setTimeout(() => {
      this.#undoEnd.abort(new Error("the engine has been gone for too long"));
    }, this.#undoTimeMs).unref();
  }
}
