import type { Bench } from "./asking/bench.ts";

/** What a probe saw, by names that tell what is what. Ids, names and times may stand in it: they are taken out later. */
export type Observation = Readonly<Record<string, unknown>>;

/** One question about the behavior of a cluster. It is put to a simulator and to the cluster, and the answers are compared. */
export interface Probe {
  /** Short name, for reports. */
  readonly id: string;
  /** What is asked, as it stands after "Asked was:". */
  readonly asks: string;
  /** Where the simulator's answer is known from; "assumed" where no source tells. */
  readonly source: string;
  /** The open question that it belongs to; absent where a source answers it. */
  readonly question?: string;
  /** Whether it makes objects of its own on the cluster, changes them and removes them. Otherwise it only reads. */
  readonly changes: boolean;
  /** Asks, and gives what was seen. What it makes is removed by the bench. */
  readonly ask: (bench: Bench) => Promise<Observation>;
}

/** A probe that only reads. */
export function reading(probe: Omit<Probe, "changes">): Probe {
  return { ...probe, changes: false };
}

/** A probe that makes, changes and removes objects of its own. */
export function changing(probe: Omit<Probe, "changes">): Probe {
  return { ...probe, changes: true };
}
