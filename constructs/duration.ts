import { Tokenization } from "cdktf";
import { durationForm, longestDuration, parseDuration, renderDuration } from "../src/vocabulary/duration.ts";
import { known } from "./known.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * A length of time in whole seconds, from zero to 36500 days.
 *
 * What is made from a reference (a variable of the program, say) is a reference as well: the engine knows its length,
 * the program does not, and no check applies to it before the plan.
 *
 * @example
 * const quarter = Duration.days(90);
 * account.issueToken("token", { expiresIn: quarter, rotateBeforeExpiry: Duration.days(14) });
 */
export class Duration {
  readonly #text: string;
  readonly #ms: number | undefined;

  private constructor(text: string, ms: number | undefined) {
    this.#text = text;
    this.#ms = ms;
  }

  /**
   * A duration of so many days, each of 24 hours.
   *
   * @throws {RangeError} when that is not a length in whole seconds, or too long
   */
  static days(count: number): Duration {
    return Duration.#of(count, { unit: "d", unitMs: dayMs });
  }

  /**
   * A duration of so many hours.
   *
   * @throws {RangeError} when that is not a length in whole seconds, or too long
   */
  static hours(count: number): Duration {
    return Duration.#of(count, { unit: "h", unitMs: hourMs });
  }

  /**
   * A duration of so many minutes.
   *
   * @throws {RangeError} when that is not a length in whole seconds, or too long
   */
  static minutes(count: number): Duration {
    return Duration.#of(count, { unit: "m", unitMs: minuteMs });
  }

  /**
   * A duration of so many seconds.
   *
   * @throws {RangeError} when the number is not whole, negative, or too large
   */
  static seconds(count: number): Duration {
    return Duration.#of(count, { unit: "s", unitMs: secondMs });
  }

  /**
   * Reads the form that the provider writes: `"1d12h"`, `"30s"`. A reference to such a text is taken as it is.
   *
   * @throws {RangeError} when the text is not a duration, or too long
   */
  static parse(text: string): Duration {
    if (known(text) === undefined) return new Duration(text, undefined);
    const ms = parseDuration(text);
    if (ms === undefined) throw new RangeError(`"${text}" is not a duration. Give ${durationForm}.`);
    return Duration.#ofMs(ms, text);
  }

  static #of(count: number, { unit, unitMs }: { readonly unit: string; readonly unitMs: number }): Duration {
    if (known(count) === undefined) return new Duration(`${Tokenization.stringifyNumber(count)}${unit}`, undefined);
    // Of 0.1 hours, say, only the last bits are not whole seconds.
    const exact = (count * unitMs) / secondMs;
    const seconds = Math.round(exact);
    if (!(exact >= 0) || Math.abs(exact - seconds) > 1e-6) {
      throw new RangeError(`${count}${unit} is not a length of time in whole seconds. Give a number from 0 on.`);
    }
    return Duration.#ofMs(seconds * secondMs, `${count}${unit}`);
  }

  static #ofMs(ms: number, asked: string): Duration {
    if (ms > (parseDuration(longestDuration) ?? 0)) {
      throw new RangeError(`${asked} is too long. Give a duration of ${longestDuration} at most.`);
    }
    return new Duration(renderDuration(ms), ms);
  }

  /** Its length in seconds, or `undefined` when only the engine knows it. */
  get seconds(): number | undefined {
    return this.#ms === undefined ? undefined : this.#ms / secondMs;
  }

  /**
   * Below zero when this is shorter than the other, zero when both are as long, above zero when it is longer;
   * `undefined` when only the engine knows one of them.
   */
  compareTo(other: Duration): number | undefined {
    return this.#ms === undefined || other.#ms === undefined ? undefined : this.#ms - other.#ms;
  }

  /** Whether this is surely longer than the other; false when only the engine knows one of them. */
  isLongerThan(other: Duration): boolean {
    return (this.compareTo(other) ?? 0) > 0;
  }

  /** The form that the provider reads, largest units first: `"1d12h"`, or the reference. */
  toString(): string {
    return this.#text;
  }
}
