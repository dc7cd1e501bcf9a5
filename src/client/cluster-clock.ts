import type { Clock } from "../vocabulary/clock.ts";

const headerResolutionMs = 1_000;

/**
 * The time on a cluster, as the `Date` of its latest answer tells it; the machine's own until the first answer.
 *
 * The cluster judges by its own clock whether an access token has ended, and clocks of other machines go wrong.
 */
export class ClusterClock implements Clock {
  readonly #own: Clock;
  #aheadMs = 0;

  /** @param own - the machine's own clock */
  constructor(own: Clock) {
    this.#own = own;
  }

  /** The present instant on the cluster. */
  now(): Date {
    return new Date(this.#own.now().getTime() + this.#aheadMs);
  }

  /** Learns from the `Date` header of an answer. What is not a date tells nothing. */
  observe(dateHeader: string | undefined): void {
    const told = dateHeader === undefined ? NaN : Date.parse(dateHeader);
    if (Number.isNaN(told)) return;
    const aheadMs = told - this.#own.now().getTime();
    // The header counts whole seconds: within one, both clocks agree as far as can be known.
    this.#aheadMs = aheadMs <= 0 && aheadMs > -headerResolutionMs ? 0 : aheadMs;
  }
}
