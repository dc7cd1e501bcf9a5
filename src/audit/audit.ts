import { accessChangesOf, type AccessChange } from "./access/access-changes.ts";
import type { ClusterAccess } from "./access/access.ts";
import type { ClusterFacts } from "./access/facts.ts";
import { resolveAccess } from "./access/resolve.ts";
import { principalsOf } from "./access/known-facts.ts";
import { type Finding, findingOf, type Location } from "./finding.ts";
import { type BaselineEntry, judge, type Judged } from "./gate/baseline.ts";
import type { Policy } from "./gate/policy.ts";
import { severities } from "./gate/severity.ts";
import { readPlan } from "./plan/plan.ts";
import { redactDocument } from "./redact.ts";
import { rules } from "./rules/registry.ts";
import type { AccessRule, PlanSubject, Rule, RuleFacts } from "./rules/rule.ts";
import { type Weigher, weigher } from "./rules/weigh.ts";

/** What an audit may be given beside the document. */
export interface AuditOptions {
  /** @default nothing beyond the rules */
  readonly policy?: Policy | undefined;
  /** @default nothing is accepted */
  readonly baseline?: readonly BaselineEntry[] | undefined;
  /** Decides which entries of the baseline are over. */
  readonly now: Date;
  /**
   * What is on the clusters beside what the plan manages.
   *
   * @default only what the plan itself tells
   */
  readonly facts?: readonly ClusterFacts[] | undefined;
  /**
   * Where a resource stands in the practitioner's own files.
   *
   * @default findings have no location
   */
  readonly locate?: ((address: string) => Location | undefined) | undefined;
}

/** The result of an audit: all that a report tells. No secret of the document is in it. */
export interface Audit extends Judged {
  /** What the document was. */
  readonly kind: "plan" | "state";
  /** The engine's version, where the document tells. */
  readonly engineVersion: string | undefined;
  /** For each identity that has, gains or loses access. */
  readonly changes: readonly AccessChange[];
  /** All access on each cluster, for those who draw it. */
  readonly clusters: readonly ClusterAccess[];
  /** What was looked for, found or not. */
  readonly rules: readonly RuleFacts[];
}

/**
 * Audits a parsed document of `show -json`: a plan, or a state.
 *
 * @throws {AuditError} when it cannot be read as a whole
 */
export function audit(document: unknown, options: AuditOptions): Audit {
  // What is not there cannot be told: whatever follows needs no care about secrets.
  const plan = readPlan(redactDocument(document), options.now);
  const clusters = resolveAccess(plan, options.facts);
  const subject: PlanSubject = {
    plan,
    clusters,
    principals: principalsOf(plan.objects),
    policy: options.policy ?? {},
  };
  const weighing = weigher(rules, subject.policy);
  const findings = sorted(rules.flatMap((rule) => runRule(rule, { subject, weighing })));
  const located = findings.map((finding) => ({ ...finding, location: locationOf(finding, options) }));
  return {
    kind: plan.kind,
    engineVersion: plan.engineVersion,
    changes: clusters.flatMap(accessChangesOf),
    clusters,
    rules: rules.map(({ id, severity, title }) => ({ id, severity, title })),
    ...judge(located, options.baseline ?? [], options.now),
  };
}

function locationOf({ address }: Finding, { locate }: AuditOptions): Location | undefined {
  return address === undefined ? undefined : locate?.(address);
}

interface Run {
  readonly subject: PlanSubject;
  readonly weighing: Weigher;
}

function runRule(rule: Rule, run: Run): readonly Finding[] {
  const { subject, weighing } = run;
  if (rule.kind === "access") return subject.clusters.flatMap((cluster) => runAccessRule(rule, run, cluster));
  return rule
    .check(subject)
    .map((draft) => findingOf(rule, draft, { cluster: undefined, isNew: true, ...weighing(rule, draft) }));
}

/** What a rule finds before as well is nothing that the plan brings about. */
function runAccessRule(rule: AccessRule, { subject, weighing }: Run, access: ClusterAccess): readonly Finding[] {
  const { policy } = subject;
  const { cluster, before, after } = access;
  const find = (side: ClusterAccess["before"], isNew: boolean): readonly Finding[] =>
    rule
      .check({ side, cluster, policy })
      .map((draft) => findingOf(rule, draft, { cluster, isNew, ...weighing(rule, draft) }));
  const known = new Set(find(before, false).map(({ fingerprint }) => fingerprint));
  return find(after, true).map((finding) => ({ ...finding, isNew: !known.has(finding.fingerprint) }));
}

/** Gravest first, and each once: what no configuration declares any more may be on several clusters. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  const unique = [...new Map(findings.map((finding) => [finding.fingerprint, finding])).values()];
  return unique
    .map((finding) => {
      const { severity, isNew, rule, address, identity } = finding;
      const rank = -severities.indexOf(severity) * 2 - (isNew ? 1 : 0);
      return { finding, rank, place: `${rule} ${address ?? ""} ${identity ?? ""}` };
    })
    .sort((left, right) => left.rank - right.rank || (left.place < right.place ? -1 : 1))
    .map(({ finding }) => finding);
}
