import type { Validator } from "../../../framework/schema.ts";
import { durationForm, longestDuration, parseDuration } from "../../../vocabulary/duration.ts";

/** Refuses what is not a duration, or too long to count from any time. */
export function durationValidator(name: string): Validator<string> {
  return {
    check(text) {
      const ms = parseDuration(text);
      if (ms !== undefined && ms <= msOf(longestDuration)) return undefined;
      return {
        summary: ms === undefined ? "Duration is not readable" : "Duration is too long",
        detail: `${name} is "${text}". Give ${durationForm}, of ${longestDuration} at most.`,
      };
    },
  };
}

/** The length of a duration that was validated, in milliseconds. */
export function msOf(text: string): number {
  return parseDuration(text) ?? 0;
}

/** Whether two texts are durations of the same length: `24h` and `1d`. */
export function isSameDuration(left: string | null | undefined, right: string | null | undefined): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  return left === right || (parseDuration(left) !== undefined && parseDuration(left) === parseDuration(right));
}

/** The time so long after an instant, in the form of the API. */
export function timeAfter(instant: Date, ms: number): string {
  return new Date(instant.getTime() + ms).toISOString();
}
