import { type Clock, systemClock } from "../../vocabulary/clock.ts";

/** Nanoseconds since 1970, the precision in which the cluster answers times. */
export type Instant = bigint;

const nanosecondsPerMs = 1_000_000n;
const nanosecondsPerSecond = 1_000_000_000n;

// What four digits of a year can write in UTC.
const firstMs = Date.parse("0000-01-01T00:00:00Z");
const endMs = Date.parse("+010000-01-01T00:00:00Z");

const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** The latest instant that the machine's own clock gave. */
let latestInstant = 0n;

/**
 * The present instant. The machine's own clock gives all nine digits and never the same instant twice, a clock that was
 * set whole milliseconds.
 */
export function presentInstant(clock: Clock): Instant {
  const instant = BigInt(clock.now().getTime()) * nanosecondsPerMs;
  if (clock !== systemClock) return instant;
  const precise = instant + (process.hrtime.bigint() % nanosecondsPerMs);
  // The digits below a millisecond come from another clock: within one millisecond they may begin anew.
  const isBehind = precise <= latestInstant && latestInstant - precise < nanosecondsPerMs;
  latestInstant = isBehind ? latestInstant + 1n : precise;
  return latestInstant;
}

/**
 * Reads an RFC 3339 time with an offset.
 *
 * @returns `undefined` for anything else: a time without a zone, a day that its month does not have, a year that in UTC
 * is none from 0000 to 9999. Digits beyond the ninth are dropped
 * @see Qumulo SDK 7.10.2.1, which says that the server does not understand times without a zone
 */
export function parseInstant(text: string): Instant | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, day = "", timeOfDay = "", fraction = "", ...offset] = match;
  const offsetMinutes = parseOffset(offset);
  const wallClock = `${day}T${timeOfDay}.000Z`;
  const date = new Date(wallClock);
  // JavaScript carries a day too many over into the next month; the text then comes back changed.
  if (offsetMinutes === undefined || Number.isNaN(date.getTime()) || date.toISOString() !== wallClock) return undefined;
  const utcMs = date.getTime() - offsetMinutes * 60_000;
  if (utcMs < firstMs || utcMs >= endMs) return undefined;
  return BigInt(utcMs) * nanosecondsPerMs + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
}

function parseOffset([sign, hours, minutes]: readonly (string | undefined)[]): number | undefined {
  if (sign === undefined) return 0;
  const [wholeHours, wholeMinutes] = [Number(hours), Number(minutes)];
  if (wholeHours > 23 || wholeMinutes > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (wholeHours * 60 + wholeMinutes);
}

/**
 * Writes an instant as the cluster does: UTC with `Z`, up to nine fractional digits, no trailing zeros.
 *
 * @see Qumulo docs, access tokens guide
 */
export function renderInstant(instant: Instant): string {
  const { seconds, nanoseconds } = splitInstant(instant);
  const text = new Date(Number(seconds) * 1_000).toISOString().replace(/\.\d+Z$/, "");
  const fraction = nanoseconds.toString().padStart(9, "0").replace(/0+$/, "");
  return `${text}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** Whole seconds since 1970, and the nanoseconds that follow them (0 to 999 999 999). */
export function splitInstant(instant: Instant): { readonly seconds: bigint; readonly nanoseconds: bigint } {
  const nanoseconds = ((instant % nanosecondsPerSecond) + nanosecondsPerSecond) % nanosecondsPerSecond;
  return { seconds: (instant - nanoseconds) / nanosecondsPerSecond, nanoseconds };
}
