const decimalPattern = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/**
 * The canonical text of a decimal number: no exponent, no leading or trailing zeros, no negative zero.
 *
 * Two texts of the same number become the same text, however large or precise it is.
 *
 * @throws {RangeError} for what is no decimal number, or has an exponent beyond 10,000
 */
export function canonicalNumber(text: string): string {
  const match = decimalPattern.exec(text);
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = match ?? [];
  const exponent = Number(exponentText);
  if (match === null || whole + fraction === "" || Math.abs(exponent) > 10_000) {
    throw new RangeError(`${JSON.stringify(text)} is not a decimal number that can be kept exactly`);
  }
  const digits = whole + fraction;
  const point = whole.length + exponent;
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const position = Math.max(point, 0);
  const integerPart = padded.slice(0, position).replace(/^0+/, "") || "0";
  const fractionPart = padded.slice(position).replace(/0+$/, "");
  const magnitude = fractionPart === "" ? integerPart : `${integerPart}.${fractionPart}`;
  return sign === "-" && magnitude !== "0" ? `-${magnitude}` : magnitude;
}

/** The JavaScript number that is exactly this canonical text, or `undefined` when there is none. */
export function exactNumber(canonical: string): number | undefined {
  const value = Number(canonical);
  if (!Number.isFinite(value)) return undefined;
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? value : undefined;
  return canonicalNumber(String(value)) === canonical ? value : undefined;
}
