import { type AccessChange, isChange } from "../access/access-changes.ts";
import type { Finding } from "../finding.ts";
import { isAtLeast, type Severity } from "./severity.ts";

/** What makes an audit fail. */
export interface Gate {
  /** The least severity that makes it fail. */
  readonly failOn: Severity;
  /**
   * Whether what was so before counts as well.
   *
   * @default only what is new counts, and in a state, which tells nothing new, everything
   */
  readonly failOnExisting?: boolean | undefined;
}

/**
 * What an audit comes to.
 *
 * - `clean`: no open finding is as severe as `failOn`, and nothing is to be reviewed.
 * - `passed`: nothing counts, but something as severe as that was so before.
 * - `review`: something is not known, whatever its severity, and nothing that is found counts.
 * - `findings`: something that is found counts.
 */
export type Verdict = "clean" | "passed" | "review" | "findings";

/** The parts of an audit that the verdict depends on. */
export interface Judgeable {
  /** What the document was. */
  readonly kind: "plan" | "state";
  /** What no baseline accepts. */
  readonly open: readonly Finding[];
  /** What becomes of everybody's access. */
  readonly changes: readonly AccessChange[];
}

/**
 * Tells which findings make an audit fail.
 *
 * What a baseline has accepted until a day that is over counts as if it were new. What is not known counts also where it was not
 * known before, as soon as the plan changes anybody's access: it may hide what that comes to.
 */
export function counterOf(audit: Pick<Judgeable, "kind" | "changes">, gate: Gate): (it: Finding) => boolean {
  const isEach = gate.failOnExisting === true || audit.kind === "state";
  const isChanging = changeFinder(audit.changes);
  return (finding) => {
    const { kind, severity, isNew, acceptedUntil } = finding;
    if (!isAtLeast(severity, gate.failOn)) return false;
    return isEach || isNew || acceptedUntil !== undefined || (kind === "review" && isChanging(finding));
  };
}

/** Whether anybody's access changes where a finding is: in its plans or on its cluster, where there are several plans. */
function changeFinder(changes: readonly AccessChange[]): (finding: Finding) => boolean {
  const changing = changes.filter(isChange);
  const plans = new Set(changing.flatMap((change) => change.plans));
  const clusters = new Set(changing.map(({ cluster }) => cluster));
  return (finding) => {
    if (finding.plans.length === 0) return changing.length > 0;
    return clusters.has(finding.cluster) || finding.plans.some((name) => plans.has(name));
  };
}

/** What an audit comes to. It is never clean while something is to be reviewed. */
export function verdictOf(audit: Judgeable, gate: Gate): Verdict {
  if (failureOf(audit, gate) === "findings") return "findings";
  if (audit.open.some(({ kind }) => kind === "review")) return "review";
  return audit.open.some(({ severity }) => isAtLeast(severity, gate.failOn)) ? "passed" : "clean";
}

/** What makes an audit fail: something that is found, or else something that is not known; `undefined` where nothing does. */
export function failureOf(audit: Judgeable, gate: Gate): "findings" | "review" | undefined {
  const counting = audit.open.filter(counterOf(audit, gate));
  if (counting.some(({ kind }) => kind === "finding")) return "findings";
  return counting.length > 0 ? "review" : undefined;
}
