import { canonicalNumber } from "../../framework/number-text.ts";

/**
 * Every digit of a JavaScript number as canonical decimal text: 0.1 is `0.1000000000000000055511151231257827…`.
 *
 * The engine sends a number as a float only when the float is exactly that number, so rounding to the shortest text
 * would change it.
 *
 * @throws {RangeError} for infinities and what is not a number
 */
export function exactDecimalText(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
  if (Number.isInteger(value)) return BigInt(value).toString();
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return canonicalNumber(`${BigInt(scaled) * 5n ** BigInt(halvings)}e-${halvings}`);
}
