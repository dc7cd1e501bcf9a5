const decimalPattern = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/**
 * The canonical text of a decimal number: no exponent, no leading or trailing zeros, no negative zero.
 *
 * Two texts of the same number become the same text, however large or precise it is.
 *
 * @throws {RangeError} for what is not a decimal number, or has an exponent beyond 10,000
 */
export function canonicalNumber(text: string): string {
  const { sign, digits, point } = splitNumber(text);
  const padded = point < 0 ? "0".repeat(-point) + digits : digits.padEnd(point, "0");
  const position = Math.max(point, 0);
  const whole = padded.slice(0, position).replace(/^0+/, "") || "0";
  const fraction = padded.slice(position).replace(/0+$/, "");
  const magnitude = fraction === "" ? whole : `${whole}.${fraction}`;
  return magnitude === "0" ? magnitude : sign + magnitude;
}

/** Digits without a point, and how many of them stand before it. */
function splitNumber(text: string): { readonly sign: string; readonly digits: string; readonly point: number } {
  const match = decimalPattern.exec(text);
  const [sign, whole, fraction, exponent] = [1, 2, 3, 4].map((group) => match?.[group] ?? "");
  const digits = `${whole}${fraction}`;
  const power = Number(exponent);
  if (digits === "" || Math.abs(power) > 10_000) {
    throw new RangeError(`${JSON.stringify(text)} is not a decimal number that can be kept exactly`);
  }
  return { sign: sign ?? "", digits, point: (whole ?? "").length + power };
}

/** The JavaScript number that is exactly this canonical text, or `undefined` when there is none. */
export function exactNumber(canonical: string): number | undefined {
  const value = Number(canonical);
  if (!Number.isFinite(value)) return undefined;
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? value : undefined;
  return canonicalNumber(String(value)) === canonical ? value : undefined;
}
