import { matcherOf } from "../vocabulary/name-pattern.ts";
import { type ObjectType, objectTypes } from "../client/snapshot/object-types.ts";

/** Which part of a cluster becomes code. */
export interface Selection {
  readonly has: (type: ObjectType) => boolean;
  /** Whether a user, group or role of this name is selected; the name of a deleted account is `undefined`. */
  readonly matches: (name: string | undefined) => boolean;
  /** Whether this name is left out on purpose. */
  readonly isExcepted: (name: string) => boolean;
}

/** What was asked for; a part that is left out does not limit the selection. */
export interface AskedSelection {
  readonly only?: readonly ObjectType[] | undefined;
  /** Patterns, of which a name has to match one: `*` stands for any text, `?` for any character. */
  readonly names?: readonly string[] | undefined;
  /** Patterns of names that are left out. */
  readonly except?: readonly string[] | undefined;
}

/** Reads what was asked for. Case does not count in names, as on the cluster. */
export function selectionOf({ only = objectTypes, names = [], except = [] }: AskedSelection): Selection {
  const [wanted, unwanted] = [names.map(matcherOf), except.map(matcherOf)];
  const isExcepted = (name: string): boolean => unwanted.some((matches) => matches(name));
  return {
    isExcepted,
    has: (type) => only.includes(type),
    matches(name) {
      if (name === undefined) return wanted.length === 0;
      const isWanted = wanted.length === 0 || wanted.some((matches) => matches(name));
      return isWanted && !isExcepted(name);
    },
  };
}

/** The patterns that none of these names matches: each of them was probably meant to. */
export function unmatchedPatterns(patterns: readonly string[], names: readonly string[]): readonly string[] {
  return patterns.filter((pattern) => !names.some(matcherOf(pattern)));
}
