import { setMaxListeners } from "node:events";

import { DiagnosticError } from "./diagnostics.ts";
import type { EngineLife, OperationSignals } from "./engine-life.ts";

/**
 * What a provider process holds between calls: the configured client, and the signal that ends waits.
 *
 * Configuration may come again at any time, and calls run side by side.
 */
export class ProviderSession<C> {
  #client: C | undefined;
  #isDeferred = false;
  #stopping = new AbortController();
  #signals = new WeakMap<EngineLife, OperationSignals>();

  /** Uses this client from now on. */
  connect(client: C): void {
    this.#client = client;
    this.#isDeferred = false;
  }

  /** Parts of the configuration are not known yet: there is no client until it comes again. */
  defer(): void {
    this.#client = undefined;
    this.#isDeferred = true;
  }

  /** Whether the configuration came, but with parts that are not known yet. */
  get isDeferred(): boolean {
    return this.#isDeferred;
  }

  /** The client where there is one. */
  findClient(): C | undefined {
    return this.#client;
  }

  /**
   * The client, for an operation that needs one.
   *
   * @throws {DiagnosticError} while the provider is not configured
   */
  getClient(): C {
    if (this.#client !== undefined) return this.#client;
    throw new DiagnosticError({
      summary: "Provider is not configured yet",
      detail: this.#isDeferred
        ? "The provider's configuration contains values that are known only once other resources are applied, and this needs them now. Apply those resources first (with -target), give a data source a depends_on with them, so that it is read while applying, or give the configuration values that are known."
        : "The engine asked for this before it configured the provider. Please report it to the provider's developers.",
    });
  }

  /** When to end what is done from now on for this engine. */
  signalsFor(engine: EngineLife): OperationSignals {
    const known = this.#signals.get(engine);
    if (known !== undefined) return known;
    const { gone, undoEnd } = engine;
    const signal = AbortSignal.any([this.#stopping.signal, gone]);
    // Everything that runs waits for it at the same time.
    setMaxListeners(0, signal);
    const signals = {
      signal,
      engineGone: gone,
      undoSignal: undoEnd,
    };
    this.#signals.set(engine, signals);
    return signals;
  }

  /** Ends the waits of everything that runs now; what comes later has a fresh signal. */
  stop(): void {
    this.#stopping.abort();
    this.#stopping = new AbortController();
    this.#signals = new WeakMap();
  }
}
