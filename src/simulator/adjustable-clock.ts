import { type Clock, systemClock } from "../vocabulary/clock.ts";
import { instantForm, parseInstant } from "../vocabulary/instant.ts";

/** What a clock may show, for messages. */
export const timeForm = `${instantForm}, in UTC of a year from 0000 to 9999,`;

/**
 * Reads a time for a clock, which counts whole milliseconds.
 *
 * @returns `undefined` when the text is none, or its year is one that a cluster's answers cannot write
 */
export function parseTime(text: string): Date | undefined {
  const instant = parseInstant(text.trim());
  const time = instant === undefined ? undefined : new Date(Number(instant / 1_000_000n));
  return time !== undefined && isWritable(time) ? time : undefined;
}

function isWritable(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 0 && year <= 9_999;
}

/** How an {@link AdjustableClock} begins. */
export interface AdjustableClockStart {
  /** What it shows first; the machine's time when absent. */
  readonly time?: Date;
  /** Whether it goes on by itself; true when absent. */
  readonly isRunning?: boolean;
}

/** A clock for a simulator that can be set and advanced at any moment, running or standing still. */
export class AdjustableClock implements Clock {
  readonly #start: AdjustableClockStart;
  #isRunning = true;
  /** What it shows while it stands still; how far it is ahead of the machine's clock while it runs. */
  #ms = 0;

  constructor(start: AdjustableClockStart = {}) {
    this.#start = start;
    this.reset();
  }

  /** The time that it shows. */
  now(): Date {
    return new Date(this.#isRunning ? systemClock.now().getTime() + this.#ms : this.#ms);
  }

  /** Whether it goes on by itself. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /**
   * Makes it show this time, and go on from it or stand still as before.
   *
   * @throws {RangeError} for a year that a cluster's answers cannot write; the clock then shows what it showed before
   */
  set(time: Date): void {
    if (!isWritable(time)) throw new RangeError(`A clock cannot be set to that: ${timeForm} is needed.`);
    this.#ms = this.#isRunning ? time.getTime() - systemClock.now().getTime() : time.getTime();
  }

  /**
   * Moves the time on, or back with a negative number.
   *
   * @throws {RangeError} as {@link AdjustableClock.set} does
   */
  advance(ms: number): void {
    this.set(new Date(this.now().getTime() + ms));
  }

  /** Stops it at the time that it shows. */
  stop(): void {
    const time = this.now();
    this.#isRunning = false;
    this.#ms = time.getTime();
  }

  /** Lets it go on by itself from the time that it shows. */
  run(): void {
    const time = this.now();
    this.#isRunning = true;
    this.set(time);
  }

  /** Makes it what it was at the beginning; one that began with the machine's time shows that again. */
  reset(): void {
    const { time = systemClock.now(), isRunning = true } = this.#start;
    this.#isRunning = isRunning;
    this.set(time);
  }
}
