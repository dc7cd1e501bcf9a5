import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import { joinedNames } from "../plan/plan-name.ts";
import { type Gate, type Verdict, verdictOf } from "../gate/verdict.ts";

/** What an audit comes to for one of several plans. */
export interface PlanSum extends Pick<Audit, "kind" | "open" | "changes"> {
  /** What the plan is called. */
  readonly name: string;
  /** `unread` where nothing of it was audited. */
  readonly verdict: Verdict | "unread";
  /** Why it could not be read, as a sentence. */
  readonly fault: string | undefined;
}

/**
 * What an audit comes to for each of several plans; none where there is only one. What is about several plans counts for each of
 * them, and so does what changes on a cluster to which several lead.
 */
export function planSums(audit: Audit, gate: Gate): readonly PlanSum[] {
  const { kind, plans, open, changes, clusters } = audit;
  return plans.map(({ name, fault }) => {
    const there = new Set(clusters.filter((one) => one.plans.includes(name)).map(({ cluster }) => cluster));
    const part = {
      kind,
      open: open.filter((finding) => finding.plans.includes(name)),
      changes: changes.filter(({ cluster }) => there.has(cluster)),
    };
    return {
      ...part,
      name,
      fault,
      verdict: fault === undefined ? verdictOf(part, gate) : "unread",
      // What others change there is theirs, as people read it.
      changes: part.changes.filter((change) => change.plans.includes(name)),
    };
  });
}

/** The cluster of something, unless the name of its only plan, with which its address begins, tells that already. */
export function clusterBeside({ cluster, plans }: Pick<Finding, "cluster" | "plans">): string | undefined {
  return plans.length === 1 && plans[0] === cluster ? undefined : cluster;
}

/** The plans of a finding that its place does not tell; none where there is only one plan. */
export function plansBeside({ plans, address, cluster }: Finding): readonly string[] {
  return plans.length === 0 || (address !== undefined && plans.length === 1) || cluster === joinedNames(plans)
    ? []
    : plans;
}
