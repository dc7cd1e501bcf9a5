import { listed as renderListed } from "../../vocabulary/listed.ts";
import type { AccessSide, ClusterAccess, IdentityAccess } from "../access/access.ts";
import type { Need } from "../access/gap.ts";
import type { Principal } from "../access/known-facts.ts";
import type { DoubtfulGroup } from "../access/clusters/cluster-groups.ts";
import type { ReferenceComparison } from "../compare/reference.ts";
import type { Policy } from "../gate/policy.ts";
import type { Severity } from "../gate/severity.ts";
import type { Plan } from "../plan/plan.ts";

/** What several findings of a rule have in common. */
export interface Cause {
  /** The same for all of them. */
  readonly key: string;
  /** What is wrong with all of them, as a sentence. */
  readonly what: string;
  /**
   * Whether what is new is told one by one all the same, since each is to be corrected where it stands.
   *
   * @default false
   */
  readonly tellsNewAlone?: boolean;
}

/** What a rule says about one place. */
export interface Draft {
  /**
   * What is not known there, where the rule can say no more than that somebody must look: all rules that need one of these
   * are undecided. Where it is empty, this rule alone is.
   *
   * @default the rule has found something
   */
  readonly lacks?: readonly Need[];
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  /** What is wrong, as a sentence. */
  readonly what: string;
  /** What was met. */
  readonly got?: string;
  /** What would be accepted. */
  readonly allowed?: string;
  /** The next step, as a sentence. */
  readonly todo: string;
  /** The resource at fault. */
  readonly address?: string | undefined;
  /** Whom it is about, as people call them. */
  readonly identity?: string;
  /** Where a rule about a whole plan tells of one cluster; `undefined` where there is only one. */
  readonly cluster?: string | undefined;
  /**
   * The names of the plans that it is about, of several.
   *
   * @default the one at fault, or those of the cluster
   */
  readonly plans?: readonly string[];
  /** What tells this finding from others of the rule at the same place, and stays the same from plan to plan. */
  readonly subject?: string;
  /**
   * Whether the plan brings it about.
   *
   * @default as the rule is: what one about access finds before as well is not new, whatever else is
   */
  readonly isNew?: boolean;
  /** What it has in common with others of the rule; these are told as one. */
  readonly cause?: Cause;
}

/** One cluster at one time. */
export interface SideSubject {
  readonly side: AccessSide;
  readonly cluster: string | undefined;
  readonly policy: Policy;
}

/** What would be found as well if provider configurations led elsewhere than it seems. */
export interface ClusterDoubt extends DoubtfulGroup {
  /** The names of the plans that lead there, where there are several. */
  readonly plans: readonly string[];
  /** Gravest first. */
  readonly found: readonly FoundThen[];
}

/** A finding, as far as another one tells of it. */
export interface FoundThen {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly what: string;
  readonly address: string | undefined;
  readonly identity: string | undefined;
  readonly isNew: boolean;
}

/** A plan, and the clusters that it has something on. */
export interface PlanSubject {
  readonly plan: Plan;
  readonly clusters: readonly ClusterAccess[];
  readonly principals: readonly Principal[];
  readonly policy: Policy;
}

/** All that is audited: one plan, or several. */
export interface WholeSubject {
  readonly plans: readonly Plan[];
  readonly clusters: readonly ClusterAccess[];
  /** What nothing may go beyond; `undefined` where the audit compares with nothing. */
  readonly comparison: ReferenceComparison | undefined;
  readonly policy: Policy;
  readonly doubts: readonly ClusterDoubt[];
}

/** What is told of a rule. */
export interface RuleFacts {
  /** Stays for good: baselines name it. */
  readonly id: string;
  /** How severe a finding of it is, unless its place makes it more or less severe. */
  readonly severity: Severity;
  /** What it looks for, in a few words. */
  readonly title: string;
}

/** What a rule needs to know. */
interface RuleNeeds extends RuleFacts {
  /** What is shared by rules; each rule itself says what else of the plan it misses. */
  readonly needs: readonly Need[];
  /**
   * How grave a finding of it can be.
   *
   * @default its severity
   */
  readonly gravest?: (policy: Policy) => Severity;
  /**
   * Whether it can find anything under a policy.
   *
   * @default always
   */
  readonly isAsked?: (policy: Policy) => boolean;
}

/** A rule about access as it is at one time; run for before and after, it tells what is new. */
export interface AccessRule extends RuleNeeds {
  readonly kind: "access";
  readonly check: (subject: SideSubject) => readonly Draft[];
}

/** A rule about what a plan does. */
export interface PlanRule extends RuleNeeds {
  readonly kind: "plan";
  readonly check: (subject: PlanSubject) => readonly Draft[];
}

/** A rule about what becomes of clusters, whichever plans lead there. */
export interface WholeRule extends RuleNeeds {
  readonly kind: "whole";
  readonly check: (subject: WholeSubject) => readonly Draft[];
}

/** Something that the audit looks for: a pure function. */
export type Rule = AccessRule | PlanRule | WholeRule;

/** All identities, for rules that look at each. */
export function identitiesOf({ side }: SideSubject): readonly IdentityAccess[] {
  return [...side.identities.values()];
}

/** Whether something of this kind is not known. */
export function lacks({ gaps }: AccessSide, need: Need): boolean {
  return gaps.some((gap) => gap.lacks.includes(need));
}

/** Names in a sentence, the first ones where there are many. */
export function listed(names: Iterable<string>, most = 8): string {
  return renderListed([...names].toSorted(), { most });
}
