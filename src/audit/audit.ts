import { accessChangesOf, type AccessChange } from "./access/access-changes.ts";
import type { ClusterAccess } from "./access/access.ts";
import type { ClusterFacts } from "./access/facts.ts";
import { type DoubtfulAccess, resolveAccess } from "./access/resolve.ts";
import { principalsOf } from "./access/known-facts.ts";
import { type GivenReference, readReference } from "./compare/reference.ts";
import { type Finding, findingOf, type Location } from "./finding.ts";
import { type BaselineEntry, judge, type Judged } from "./gate/baseline.ts";
import type { Policy } from "./gate/policy.ts";
import { severities } from "./gate/severity.ts";
import { readPlan } from "./plan/plan.ts";
import { redactDocument } from "./redact.ts";
import { rules } from "./rules/registry.ts";
import { newAdministrator } from "./rules/new-administrator.ts";
import { roleWithoutMembers } from "./rules/role-without-members.ts";
import type { AccessRule, ClusterDoubt, PlanSubject, Rule, RuleFacts } from "./rules/rule.ts";
import { unknownAccess } from "./rules/unknown-access.ts";
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
   * What nothing may go beyond: access that it does not have is a finding.
   *
   * @default nothing is compared
   */
  readonly reference?: GivenReference | undefined;
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
  /** What it was compared with, for people; `undefined` where it was not. */
  readonly comparedWith: string | undefined;
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
  const { clusters, doubtful } = resolveAccess(plan, options.facts);
  const reference = options.reference && readReference(options.reference, plan, options.now);
  const known: PlanSubject = {
    plan,
    clusters,
    principals: principalsOf(plan.objects),
    policy: options.policy ?? {},
    comparison: reference && { reference, clusters },
    doubts: [],
  };
  const weighing = weigher(rules, known.policy);
  const doubts = doubtful.length === 0 ? [] : findDoubts({ subject: known, weighing }, doubtful);
  const subject = { ...known, doubts };
  const findings = sorted(rules.flatMap((rule) => runRule(rule, { subject, weighing })));
  const located = findings.map((finding) => ({ ...finding, location: locationOf(finding, options) }));
  return {
    kind: plan.kind,
    engineVersion: plan.engineVersion,
    changes: clusters.flatMap(accessChangesOf),
    clusters,
    comparedWith: options.reference?.name,
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
    .map((draft) =>
      findingOf(rule, draft, { cluster: draft.cluster, isNew: draft.isNew ?? true, ...weighing(rule, draft) }),
    );
}

/** Rules of which a part of a cluster says nothing: whoever is missing there is in the other part. */
const wholeRules: readonly Rule[] = [roleWithoutMembers, unknownAccess];

/** Judges each way in which the plan may be meant, and keeps what nothing else tells. */
function findDoubts({ subject, weighing }: Run, doubtful: readonly DoubtfulAccess[]): readonly ClusterDoubt[] {
  const judging = rules.filter((rule) => rule.kind === "access" || rule === newAdministrator);
  const run = (chosen: readonly Rule[], clusters: readonly ClusterAccess[]): readonly Finding[] =>
    sorted(chosen.flatMap((rule) => runRule(rule, { subject: { ...subject, clusters }, weighing })));
  const keyOf = ({ rule, address, identity, got, isNew }: Finding): string =>
    JSON.stringify([rule, address, identity, got, isNew]);
  const known = new Set(run(judging, subject.clusters).map(keyOf));
  const parting = judging.filter((rule) => !wholeRules.includes(rule));
  return doubtful.map(({ keys, among, access }) => {
    const chosen = keys.length === among.length ? judging : parting;
    return { keys, among, found: run(chosen, [access]).filter((finding) => !known.has(keyOf(finding))) };
  });
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
  const unique = new Map<string, Finding>();
  for (const finding of findings) {
    // What is new on one of them is new.
    if (unique.get(finding.fingerprint)?.isNew !== true) unique.set(finding.fingerprint, finding);
  }
  return [...unique.values()]
    .map((finding) => {
      const { severity, isNew, rule, address, identity } = finding;
      const rank = -severities.indexOf(severity) * 2 - (isNew ? 1 : 0);
      return { finding, rank, place: `${rule} ${address ?? ""} ${identity ?? ""}` };
    })
    .sort((left, right) => left.rank - right.rank || (left.place < right.place ? -1 : 1))
    .map(({ finding }) => finding);
}
