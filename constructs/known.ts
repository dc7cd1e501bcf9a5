import { Token } from "cdktf";

/**
 * The value if this program can read it now: `undefined` when it was left out, and when it is a token that only the
 * engine will resolve. Checks apply to known values.
 */
export function known<T extends string | number | boolean | object>(value: T | undefined): T | undefined {
  return value === undefined || Token.isUnresolved(value) ? undefined : value;
}
