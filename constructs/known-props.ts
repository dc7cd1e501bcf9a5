import type { IConstruct } from "constructs";
import { findUnknownKey } from "../src/vocabulary/known-keys.ts";
import { ConstructError } from "./construct-error.ts";

/**
 * Refuses props that nothing reads: under a runner that strips types, a misspelled one would be ignored without a word.
 *
 * @param names - all props that there are
 * @throws {ConstructError} that names the first unknown prop, and the one that was probably meant
 */
export function refuseUnknownProps<Props extends object>(
  place: IConstruct | string,
  props: Props,
  names: Readonly<Record<keyof Props, unknown>>,
): void {
  const unknown = findUnknownKey(props, names);
  if (unknown === undefined) return;
  throw new ConstructError(place, { prop: unknown.key, problem: "There is no such prop.", advice: unknown.advice });
}
