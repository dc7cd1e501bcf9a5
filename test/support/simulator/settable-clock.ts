import type { Clock } from "../../../src/vocabulary/clock.ts";

/** A clock that stands still until a test moves it. */
export class SettableClock implements Clock {
  #now: number;

  constructor(start = "2026-03-02T08:15:42.108Z") {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves the time on (or back, with a negative number). */
  advance(ms: number): void {
    this.#now += ms;
  }

  /** Sets the time. */
  set(time: string): void {
    this.#now = Date.parse(time);
  }
}
