import { listed } from "./listed.ts";
import { nearestName } from "./nearest-name.ts";

/** All keys of an object type, to list them once. The compiler refuses a list that misses a key or has another one. */
export type KeysOf<T> = Readonly<Record<keyof T, true>>;

/** A key that nothing reads, such as a misspelled one. */
export interface UnknownKey {
  /** The key as it was written. */
  readonly key: string;
  /** What was probably meant, or all that is accepted, as a sentence. */
  readonly advice: string;
}

/**
 * The first key of an object that nothing would read. Programs that no compiler checks pass such keys, and a misspelled
 * option would be ignored without a word. A key whose value is `undefined` asks for nothing.
 */
export function findUnknownKey(given: object, known: Readonly<Record<string, unknown>>): UnknownKey | undefined {
  const unknown = Object.entries(given).find(([key, value]) => value !== undefined && !Object.hasOwn(known, key));
  if (unknown === undefined) return undefined;
  const [key] = unknown;
  const names = Object.keys(known);
  const meant = nearestName(key, names);
  return {
    key,
    advice: meant === undefined ? `These are known: ${listed(names, { most: 30 })}.` : `Did you mean "${meant}"?`,
  };
}
