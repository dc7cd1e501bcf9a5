import type { Weight } from "../finding.ts";
import type { Policy } from "../gate/policy.ts";
import { gravestOf, type Severity } from "../gate/severity.ts";
import type { Draft, Rule } from "./rule.ts";

/** Tells what a draft of a rule comes to. */
export type Weigher = (rule: Rule, draft: Draft) => Weight;

/**
 * Tells findings from what is to be reviewed.
 *
 * What is not known may be as grave as the gravest of the rules that cannot tell without it, unless the policy says how grave
 * a review is.
 */
export function weigher(rules: readonly Rule[], policy: Policy): Weigher {
  const asked = rules.filter(({ isAsked }) => isAsked?.(policy) !== false);
  const known = new Map<string, Weight>();
  const review = (undecided: readonly Rule[]): Weight => ({
    kind: "review",
    undecided: undecided.map(({ id }) => id),
    severity: policy.review_severity ?? gravestOf(undecided.map((rule) => gravest(rule, policy))),
  });
  return (rule, { lacks, severity }) => {
    if (lacks === undefined) return { kind: "finding", undecided: [], severity: severity ?? rule.severity };
    if (lacks.length === 0 && severity !== undefined) {
      return { kind: "review", undecided: [rule.id], severity: policy.review_severity ?? severity };
    }
    const key = lacks.length === 0 ? `rule ${rule.id}` : lacks.join(" ");
    const undecided = lacks.length === 0 ? [rule] : asked.filter(({ needs }) => needs.some((it) => lacks.includes(it)));
    const weight = known.get(key) ?? review(undecided);
    known.set(key, weight);
    return weight;
  };
}

function gravest(rule: Rule, policy: Policy): Severity {
  return rule.gravest?.(policy) ?? rule.severity;
}
