const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Whether somebody has asked the process to end.
 *
 * Nobody listens before somebody asks for {@link StopSignals.signal}, and nobody after {@link StopSignals.release}: until
 * then, and from then on, the system ends the process at once. A handler would not run before work without a pause is
 * done, which may be long.
 */
export class StopSignals {
  readonly #controller = new AbortController();
  #isListening = false;
  readonly #onSignal = (): void => {
    if (this.#controller.signal.aborted) process.exit(130); // asked twice: without waiting for an orderly end
    this.abort();
  };

  /** Aborted when the process is asked to end. Whoever takes it ends in order then. */
  get signal(): AbortSignal {
    if (!this.#isListening) for (const name of names) process.on(name, this.#onSignal);
    this.#isListening = true;
    return this.#controller.signal;
  }

  /** Asks for an orderly end, as a signal does. */
  abort(): void {
    this.#controller.abort();
  }

  /** Leaves it to the system again to end the process. */
  release(): void {
    for (const name of names) process.off(name, this.#onSignal);
    this.#isListening = false;
  }
}
