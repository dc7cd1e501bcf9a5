import { waitUnlessAborted } from "../abortable.ts";
import type { HttpRequest } from "../http.ts";
import { aborted } from "../transport.ts";

/** How long an answer may serve, and by which clock. */
export interface Sharing {
  /** Milliseconds since some moment; never goes back, whatever happens to the time of day. */
  readonly elapsedMs: () => number;
  readonly keptMs: number;
}

/** A read that several callers may ask for. */
export interface SharedRead<T> {
  /** What is asked, for messages. */
  readonly request: Pick<HttpRequest, "method" | "path">;
  /** Asks the cluster; the signal ends it when nobody waits for it any more. */
  ask(signal: AbortSignal): Promise<T>;
}

/** One answer, on its way or here. */
interface Exchange<T> {
  readonly answer: Promise<T>;
  readonly begunMs: number;
  readonly stopping: AbortController;
  waiting: number;
  isOver: boolean;
}

/**
 * One request whose answer serves all who ask for the same.
 *
 * Its age counts from when it was sent, since an answer may be as old as its question. A failure reaches all who wait
 * for it, and is not kept.
 */
export class SharedRequest<T> {
  readonly #read: SharedRead<T>;
  readonly #sharing: Sharing;
  #latest: Exchange<T> | undefined;

  constructor(read: SharedRead<T>, sharing: Sharing) {
    this.#read = read;
    this.#sharing = sharing;
  }

  /** Whether there is an answer that still serves, or one on its way. */
  get isAtHand(): boolean {
    const { elapsedMs, keptMs } = this.#sharing;
    return this.#latest !== undefined && elapsedMs() - this.#latest.begunMs < keptMs;
  }

  /**
   * The answer, of this moment or an earlier one.
   *
   * @param signal - ends this wait alone; the request goes on while somebody else waits for it
   * @throws {ClusterError} of the request, or `aborted`
   */
  async get(signal: AbortSignal | undefined): Promise<T> {
    if (signal?.aborted === true) throw aborted(this.#read.request, signal);
    const exchange = this.#latest !== undefined && this.isAtHand ? this.#latest : this.#begin();
    // A failure is not kept, so that one that is over has succeeded.
    return exchange.isOver ? exchange.answer : this.#waitFor(exchange, signal);
  }

  async #waitFor(exchange: Exchange<T>, signal: AbortSignal | undefined): Promise<T> {
    exchange.waiting += 1;
    try {
      return await waitUnlessAborted(exchange.answer, this.#read.request, signal);
    } finally {
      exchange.waiting -= 1;
      if (exchange.waiting === 0 && !exchange.isOver) this.#stop(exchange);
    }
  }

  /** Asks anew from now on. Who waits already still gets the answer that is on its way. */
  forget(): void {
    this.#latest = undefined;
  }

  #begin(): Exchange<T> {
    const stopping = new AbortController();
    const begunMs = this.#sharing.elapsedMs();
    const answer = this.#read.ask(stopping.signal);
    const exchange: Exchange<T> = { answer, begunMs, stopping, waiting: 0, isOver: false };
    this.#latest = exchange;
    const over = (): void => {
      exchange.isOver = true;
    };
    answer.then(over, () => {
      over();
      this.#drop(exchange);
    });
    return exchange;
  }

  #stop(exchange: Exchange<T>): void {
    this.#drop(exchange);
    exchange.stopping.abort();
  }

  #drop(exchange: Exchange<T>): void {
    if (this.#latest === exchange) this.#latest = undefined;
  }
}

/** Shared requests of one kind, by what they ask for. */
export class SharedRequests<T> {
  readonly #sharing: Sharing;
  readonly #requests = new Map<string, SharedRequest<T>>();

  constructor(sharing: Sharing) {
    this.#sharing = sharing;
  }

  /** Whether there is an answer that still serves, or one on its way. */
  isAtHand(key: string): boolean {
    return this.#requests.get(key)?.isAtHand === true;
  }

  /** @throws {ClusterError} of the request, or `aborted` */
  async get(key: string, read: SharedRead<T>, signal: AbortSignal | undefined): Promise<T> {
    const request = this.#requests.get(key) ?? new SharedRequest(read, this.#sharing);
    this.#requests.set(key, request);
    return request.get(signal);
  }

  /** Asks anew from now on: for one key, or for all. */
  forget(key?: string): void {
    if (key === undefined) this.#requests.clear();
    else this.#requests.delete(key);
  }
}
