import type { Difference } from "./asking/compare.ts";
import type { Probe } from "./probe.ts";

/** What came of one probe. Only what was seen on both sides is compared: what is not known never agrees. */
export type Verdict =
  | { readonly kind: "agrees" }
  | {
      readonly kind: "differs";
      readonly differences: readonly Difference[];
      /** The value of `--vary` with which the simulator behaves like the cluster; `undefined` when there is none. */
      readonly variation: string | undefined;
    }
  | { readonly kind: "not_known"; readonly reason: string }
  /** Nobody wanted to know: the run only reads. */
  | { readonly kind: "not_asked"; readonly reason: string };

/** A probe with its verdict. */
export interface Judged {
  readonly probe: Probe;
  readonly verdict: Verdict;
}

/** The content of every format of this command. It names nothing of the cluster. */
export interface ConformanceReport {
  /** Of this package. */
  readonly version: string;
  /** What the cluster runs; `undefined` when it writes it in an unknown way. */
  readonly clusterVersion: string | undefined;
  /** What was simulated. */
  readonly simulatedVersion: string;
  readonly isReadOnly: boolean;
  readonly judged: readonly Judged[];
}

/** The kinds of verdicts, in the order in which they are told. */
export const verdictKinds = ["agrees", "differs", "not_known", "not_asked"] as const;

/** How many verdicts are of each kind. */
export function countsOf(judged: readonly Judged[]): Readonly<Record<Verdict["kind"], number>> {
  const count = (kind: Verdict["kind"]): number => judged.filter(({ verdict }) => verdict.kind === kind).length;
  return {
    agrees: count("agrees"),
    differs: count("differs"),
    not_known: count("not_known"),
    not_asked: count("not_asked"),
  };
}

/** The variations with which the simulator behaves like the cluster, without repetition. */
export function variationsOf(judged: readonly Judged[]): readonly string[] {
  const named = judged.flatMap(({ verdict }) => (verdict.kind === "differs" ? (verdict.variation ?? []) : []));
  return [...new Set(named)].sort();
}

/**
 * What came of an open question: `differs` as soon as one of its probes does, `agrees` only if all do, `not_asked` where no
 * probe was asked, and otherwise `not_known`.
 */
export function verdictOnQuestion(id: string, judged: readonly Judged[]): Verdict["kind"] {
  const kinds = judged.filter(({ probe }) => probe.question === id).map(({ verdict }) => verdict.kind);
  if (kinds.includes("differs")) return "differs";
  if (kinds.every((kind) => kind === "not_asked")) return "not_asked";
  return kinds.every((kind) => kind === "agrees") ? "agrees" : "not_known";
}
