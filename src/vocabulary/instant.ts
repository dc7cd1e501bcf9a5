const rfc3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/;

/** What a time may look like, for messages. */
export const instantForm = `an RFC 3339 time with an offset, such as "2030-01-31T12:00:00Z" or "2030-01-31T14:00:00+02:00"`;

/**
 * Reads an RFC 3339 time with an offset.
 *
 * @returns nanoseconds since 1970, the precision of the cluster, or `undefined` when the text is not such a time: a time
 * without an offset, a day that its month does not have
 */
export function parseInstant(text: string): bigint | undefined {
  const match = rfc3339.exec(text);
  if (match === null) return undefined;
  const [, local = "", fraction = "", offset = ""] = match;
  const offsetMinutes = parseOffset(offset);
  const utc = new Date(`${local}Z`);
  // JavaScript takes the 31st of a short month and 24:00 for the day after; such a text comes back otherwise.
  if (offsetMinutes === undefined || Number.isNaN(utc.getTime())) return undefined;
  if (!utc.toISOString().startsWith(local)) return undefined;
  return BigInt(utc.getTime() - offsetMinutes * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
}

/** The instant of a date, in nanoseconds since 1970. */
export function instantOf(date: Date): bigint {
  return BigInt(date.getTime()) * 1_000_000n;
}

/** Whether two texts are times of the same instant; texts that are not times are the same when they are equal. */
export function isSameInstant(left: string, right: string): boolean {
  if (left === right) return true;
  const [first, second] = [parseInstant(left), parseInstant(right)];
  return first !== undefined && first === second;
}

function parseOffset(text: string): number | undefined {
  if (text === "Z") return 0;
  const [hours = 0, minutes = 0] = text.slice(1).split(":").map(Number);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
