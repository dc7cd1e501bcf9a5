/** What work that is done for an engine must know of that engine. */
export interface EngineLife {
  /** Aborted once the engine is known to be gone: nobody will ever store an answer. */
  readonly gone: AbortSignal;
  /** Aborted some time after `gone`, when whatever is still being undone has to end. */
  readonly undoEnd: AbortSignal;
}

const never = new AbortController().signal;

/** The life of an engine that nobody watches: it never ends. */
export const endlessLife: EngineLife = { gone: never, undoEnd: never };

/** When to end what an operation does. */
export interface OperationSignals {
  /**
   * Aborted when the engine asks to stop, and when it is gone: end waits and retries, begin nothing new, then report what
   * is known.
   */
  readonly signal: AbortSignal;
  /**
   * Aborted once the engine is known to be gone (killed, or its connection lost), and not when it asks to stop: nobody
   * will ever store an answer. Undo what would be lost that way, with {@link undoSignal}.
   */
  readonly engineGone: AbortSignal;
  /**
   * For requests that undo something, since `signal` is aborted by then: aborted when the process has no more time for
   * them, which is some seconds after {@link engineGone}.
   */
  readonly undoSignal: AbortSignal;
}
