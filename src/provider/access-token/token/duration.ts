import { parseDuration } from "../../../vocabulary/duration.ts";

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
