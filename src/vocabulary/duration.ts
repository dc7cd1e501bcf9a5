const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

const durationPattern = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** What a duration may look like, for messages: days, hours, minutes and seconds, in this order, each at most once. */
export const durationForm = `a duration such as "30s", "15m", "24h", "90d" or "1d12h"`;

/**
 * Reads a duration such as `"30s"`, `"15m"`, `"24h"`, `"90d"` or `"1d12h"`.
 *
 * @returns its length in milliseconds, or `undefined` when the text is not a duration or longer than JavaScript counts exactly
 */
export function parseDuration(text: string): number | undefined {
  const match = durationPattern.exec(text);
  if (match === null || text === "") return undefined;
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  const ms =
    Number(days) * unitMs.d + Number(hours) * unitMs.h + Number(minutes) * unitMs.m + Number(seconds) * unitMs.s;
  return Number.isSafeInteger(ms) ? ms : undefined;
}

/** The longest that a timer counts, some 24 days; a longer one would end at once. */
export const longestTimerMs = 2 ** 31 - 1;

const goUnitMs: ReadonlyMap<string | undefined, number> = new Map([
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["ns", 1e-6],
]);

const goPart = /(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|ns)/gy;

/**
 * Reads a duration as Go's `time.ParseDuration` does, such as `"1h30m"`, `"1.5h"` or `"500ms"`; none with a sign.
 *
 * @returns its length in milliseconds, rounded, or `undefined` when the text is not such a duration or too long to count
 */
export function parseGoDuration(text: string): number | undefined {
  const parts = [...text.matchAll(goPart)];
  const length = parts.reduce((sum, [part]) => sum + part.length, 0);
  if (parts.length === 0 || length !== text.length) return undefined;
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (goUnitMs.get(unit) ?? 0), 0);
  return Number.isSafeInteger(Math.round(ms)) ? Math.round(ms) : undefined;
}

/** A hundred years: beyond, times would leave what RFC 3339 can write. No duration of an access token is longer. */
export const longestDuration = "36500d";

/** How long the old access token keeps working after a rotation, unless asked otherwise. */
export const defaultOverlap = "24h";

/** Writes a length of whole seconds in the form that {@link parseDuration} reads, largest units first: `"1d12h"`, `"0s"`. */
export function renderDuration(ms: number): string {
  const parts: string[] = [];
  let left = ms;
  for (const [unit, length] of Object.entries(unitMs)) {
    const count = Math.floor(left / length);
    if (count > 0) parts.push(`${count}${unit}`);
    left -= count * length;
  }
  return parts.join("") || "0s";
}

const lengthUnits = Object.entries(unitMs).map(([letter, ms]) => ({ letter, ms }));

/** From so many on, the hours of a length of days say nothing more. */
const daysAlone = 10;

/** A length of time as people say it, rounded: its largest unit and the next smaller one, or days alone: `2d3h`, `90d`. */
export function renderLength(lengthMs: number): string {
  const unit = lengthUnits.findIndex(({ ms }) => lengthMs >= ms);
  if (unit === -1) return "less than 1s";
  const smallest = lengthMs >= daysAlone * unitMs.d ? unitMs.d : (lengthUnits[unit + 1]?.ms ?? unitMs.s);
  const rounded = Math.round(lengthMs / smallest) * smallest;
  const first = lengthUnits.findIndex(({ ms }) => rounded >= ms);
  let rest = rounded;
  return lengthUnits
    .slice(first, first + 2)
    .map(({ letter, ms }) => {
      const count = Math.floor(rest / ms);
      rest -= count * ms;
      return count === 0 ? "" : `${count}${letter}`;
    })
    .join("");
}
