/** One place in which two observations differ. `undefined` where there is nothing. */
export interface Difference {
  /** Where: the names on the way to it. */
  readonly at: string;
  readonly simulator: string | undefined;
  readonly cluster: string | undefined;
}

const step = " → ";

/** Where what was seen on a cluster differs from what the simulator shows; empty when it does not. */
export function differencesOf(simulator: unknown, cluster: unknown): readonly Difference[] {
  const [expected, met] = [new Map(leavesOf(simulator, "")), new Map(leavesOf(cluster, ""))];
  const places = new Set([...expected.keys(), ...met.keys()]);
  const differences = [...places]
    .map((at) => ({ at, simulator: expected.get(at), cluster: met.get(at) }))
    .filter((place) => place.simulator !== place.cluster);
  const outcomes = differences.filter(({ at }) => isOutcome(at)).map(({ at }) => at);
  // An answer that ended in another way has another body, and that says no more.
  return differences.filter(({ at }) => !outcomes.some((outcome) => at !== outcome && at.startsWith(besides(outcome))));
}

function isOutcome(at: string): boolean {
  return at === "outcome" || at.endsWith(`${step}outcome`);
}

function besides(outcome: string): string {
  return outcome.slice(0, -"outcome".length);
}

function leavesOf(value: unknown, at: string): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null) return [[at, typeof value === "string" ? value : String(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[at, Array.isArray(value) ? "[]" : "{}"]];
  return entries.flatMap(([name, entry]) => leavesOf(entry, at === "" ? name : `${at}${step}${name}`));
}
