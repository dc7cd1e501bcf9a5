import { accessChangesOf, type AccessChange } from "./access/access-changes.ts";
import type { ClusterAccess } from "./access/access.ts";
import type { ClusterFacts } from "./access/facts.ts";
import { type DoubtfulAccess, resolveAccess } from "./access/resolve.ts";
import { principalsOf } from "./access/known-facts.ts";
import { type GivenReference, readReference } from "./compare/reference.ts";
import { type AuditedPlan, type FleetPlan, type ReadFleet, readFleet } from "./fleet.ts";
import { type Finding, findingOf, type Location } from "./finding.ts";
import { type BaselineEntry, judge, type Judged } from "./gate/baseline.ts";
import type { Policy } from "./gate/policy.ts";
import { severities } from "./gate/severity.ts";
import { type Plan, readPlan } from "./plan/plan.ts";
import { planNameIn, withoutPlanName, withPlanName } from "./plan/plan-name.ts";
import { redactDocument } from "./redact.ts";
import { unreadDraft, incompletePlan } from "./rules/incomplete-plan.ts";
import { rules } from "./rules/registry.ts";
import { newAdministrator } from "./rules/new-administrator.ts";
import { roleWithoutMembers } from "./rules/role-without-members.ts";
import type { AccessRule, ClusterDoubt, Draft, Rule, RuleFacts, WholeSubject } from "./rules/rule.ts";
import { unknownAccess } from "./rules/unknown-access.ts";
import { type Weigher, weigher } from "./rules/weigh.ts";

/** What an audit of several plans may be given in addition to them. */
export interface FleetOptions {
  /** @default nothing beyond the rules */
  readonly policy?: Policy | undefined;
  /** @default nothing is accepted */
  readonly baseline?: readonly BaselineEntry[] | undefined;
  /** The current time, which decides which entries of the baseline have expired. */
  readonly now: Date;
  /**
   * What is on the clusters besides what the plan manages.
   *
   * @default only what the plan itself tells
   */
  readonly facts?: readonly ClusterFacts[] | undefined;
  /**
   * The reference for a comparison: access that is not in it is a finding.
   *
   * @default nothing is compared
   */
  readonly reference?: GivenReference | undefined;
}

/** What an audit may be given in addition to the document. */
export interface AuditOptions extends FleetOptions {
  /**
   * Where a resource stands in the practitioner's own files.
   *
   * @default findings have no location
   */
  readonly locate?: ((address: string) => Location | undefined) | undefined;
}

/** The result of an audit: everything that reports show. It contains no secret of the document. */
export interface Audit extends Judged {
  /** What the document was, or all of them. */
  readonly kind: "plan" | "state";
  /** The engine's version, where the document tells, and all documents tell the same. */
  readonly engineVersion: string | undefined;
  /** The plans or states, where several were asked for; none where there is one without a name. */
  readonly plans: readonly AuditedPlan[];
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
  const { locate } = options;
  return auditPlans({ kind: plan.kind, plans: [plan], audited: [] }, options, (address) => locate?.(address));
}

/**
 * Audits several parsed documents of `show -json` as one: what leads to one cluster is looked at together, whichever plan it
 * is in. All are plans, or all are states. What cannot be read is for review, and the rest is audited.
 *
 * @throws {AuditError} when none can be read, when some are plans and others states, or when names are missing or not unique
 */
export function auditFleet(fleet: readonly FleetPlan[], options: FleetOptions): Audit {
  const locators = new Map(fleet.map((plan) => [plan.name, "locate" in plan ? plan.locate : undefined]));
  const locate = (address: string): Location | undefined =>
    locators.get(planNameIn(address) ?? "")?.(withoutPlanName(address));
  return auditPlans(readFleet(fleet, options.now), options, locate);
}

function auditPlans(
  { kind, plans, audited }: ReadFleet,
  options: FleetOptions,
  locate: (address: string) => Location | undefined,
): Audit {
  const { clusters, doubtful } = resolveAccess(plans, options.facts);
  const reference = options.reference && readReference(options.reference, plans, options.now);
  const known: WholeSubject = {
    plans,
    clusters,
    policy: options.policy ?? {},
    comparison: reference && { reference, clusters },
    doubts: [],
  };
  const weighing = weigher(rules, known.policy);
  const doubts = doubtful.length === 0 ? [] : findDoubts({ subject: known, weighing }, doubtful);
  const run = { subject: { ...known, doubts }, weighing };
  const unread = audited.flatMap(({ name, fault }) => (fault === undefined ? [] : [unreadFinding(name, fault, run)]));
  const findings = [...unread, ...sorted(rules.flatMap((rule) => runRule(rule, run)))];
  const changes = clusters.flatMap(accessChangesOf);
  const plansBeside = sharedPlans(changes);
  const located = findings.map((finding) => ({
    ...finding,
    plans: plansBeside(finding),
    location: finding.address === undefined ? undefined : locate(finding.address),
  }));
  const versions = new Set(plans.map(({ engineVersion }) => engineVersion));
  return {
    kind,
    engineVersion: versions.size === 1 ? plans[0]?.engineVersion : undefined,
    plans: audited,
    changes,
    clusters,
    comparedWith: options.reference?.name,
    rules: rules.map(({ id, severity, title }) => ({ id, severity, title })),
    ...judge(located, options.baseline ?? [], options.now),
  };
}

/** The plans that a finding about an identity is about: all those that declare anything about its access. */
function sharedPlans(changes: readonly AccessChange[]): (finding: Finding) => readonly string[] {
  const keyOf = (cluster: string | undefined, identity: string): string => JSON.stringify([cluster, identity]);
  const shared = changes.filter(({ plans }) => plans.length > 1);
  const known = new Map(shared.map(({ cluster, identity, plans }) => [keyOf(cluster, identity), plans]));
  return ({ cluster, identity, plans }) => {
    const others = identity === undefined ? undefined : known.get(keyOf(cluster, identity));
    return others === undefined ? plans : [...new Set([...plans, ...others])];
  };
}

interface Run {
  readonly subject: WholeSubject;
  readonly weighing: Weigher;
}

function unreadFinding(name: string, fault: string, { weighing }: Run): Finding {
  const draft = unreadDraft(name, fault);
  const place = { cluster: undefined, plans: [name], isNew: true };
  return findingOf(incompletePlan, draft, { ...place, ...weighing(incompletePlan, draft) });
}

function runRule(rule: Rule, run: Run): readonly Finding[] {
  const { subject, weighing } = run;
  switch (rule.kind) {
    case "access":
      return subject.clusters.flatMap((cluster) => runAccessRule(rule, run, cluster));
    case "whole":
      return rule.check(subject).map((draft) => wholeFinding(rule, draft, run));
    case "plan":
      return subject.plans.flatMap((plan) => {
        const { policy } = subject;
        const clusters = subject.clusters.filter(({ plans }) => plan.name === undefined || plans.includes(plan.name));
        const principals = principalsOf(plan.objects);
        return rule
          .check({ plan, clusters, principals, policy })
          .map((draft) => planFinding(rule, draft, { plan, weighing }));
      });
  }
}

/** A finding of a rule that looks at one plan, with the plan's name added to its addresses. */
function planFinding(
  rule: Rule,
  draft: Draft,
  { plan: { name }, weighing }: { readonly plan: Plan; readonly weighing: Weigher },
): Finding {
  const address = draft.address === undefined ? undefined : withPlanName(name, draft.address);
  const place = {
    cluster: draft.cluster,
    plans: name === undefined ? [] : [name],
    isNew: draft.isNew ?? true,
    ...weighing(rule, draft),
  };
  return findingOf(rule, { ...draft, address }, place);
}

function wholeFinding(rule: Rule, draft: Draft, { subject, weighing }: Run): Finding {
  const cluster = subject.clusters.find((one) => one.cluster === draft.cluster);
  return findingOf(rule, draft, {
    cluster: draft.cluster,
    plans: draft.plans ?? plansOf(draft, cluster),
    isNew: draft.isNew ?? true,
    ...weighing(rule, draft),
  });
}

/** The plan of what is at fault, or else all that lead to the cluster. */
function plansOf({ address }: Draft, cluster: ClusterAccess | undefined): readonly string[] {
  const { plans = [] } = cluster ?? {};
  const name = plans.length === 0 || address === undefined ? undefined : planNameIn(address);
  return name === undefined ? plans : [name];
}

/** Rules that are meaningless for a part of a cluster: what seems to be missing there may be in the other part. */
const wholeRules: readonly Rule[] = [roleWithoutMembers, unknownAccess];

/** Judges each other way in which provider configurations may lead to clusters, and keeps the findings that only appear there. */
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
    return {
      keys,
      among,
      plans: access.plans,
      found: run(chosen, [access]).filter((finding) => !known.has(keyOf(finding))),
    };
  });
}

/** Runs a rule for the time before and the time after. A finding that is also there before is not new. */
function runAccessRule(rule: AccessRule, { subject, weighing }: Run, access: ClusterAccess): readonly Finding[] {
  const { policy } = subject;
  const { cluster, before, after } = access;
  const find = (side: ClusterAccess["before"], isNew: boolean): readonly Finding[] =>
    rule
      .check({ side, cluster, policy })
      .map((draft) =>
        findingOf(rule, draft, { cluster, plans: plansOf(draft, access), isNew, ...weighing(rule, draft) }),
      );
  const known = new Set(find(before, false).map(({ fingerprint }) => fingerprint));
  return find(after, true).map((finding) => ({ ...finding, isNew: !known.has(finding.fingerprint) }));
}

/**
 * Sorts the findings, the most severe first, and removes duplicates: an object that no configuration declares any more is
 * looked at on several clusters.
 */
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
