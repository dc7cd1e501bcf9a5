const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Whether somebody has asked the process to end.
 *
 * It only listens for signals after {@link StopSignals.signal} was read and until {@link StopSignals.release} is called. Before
 * and after that, the system ends the process at once. A handler would be worse there: it cannot run while code runs without a
 * pause, which may take long.
 */
export class StopSignals {
  readonly #controller = new AbortController();
  #isListening = false;
  readonly #onSignal = (): void => {
    if (this.#controller.signal.aborted) process.exit(130); // asked twice: without waiting for an orderly end
    this.abort();
  };

  /** Aborted when the process is asked to end. Code that reads it must then end in an orderly way. */
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
