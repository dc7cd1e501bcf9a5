import { hash } from "node:crypto";
import type { Severity } from "./gate/severity.ts";
import type { Cause, Draft, RuleFacts } from "./rules/rule.ts";

/** Where a finding stands in the practitioner's own files. */
export interface Location {
  /** The path of a CDKTF construct, such as `stack/account/token`. */
  readonly constructPath?: string;
  /** Path of the file. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** Whether something is wrong, or is not known, so that somebody must look: `review`. */
export type FindingKind = "finding" | "review";

/** Something that the audit found, or could not tell. */
export interface Finding {
  /** Whether it is wrong, or may be. */
  readonly kind: FindingKind;
  /** Id of the rule. */
  readonly rule: string;
  /** Ids of the rules that cannot tell; none for what is found. */
  readonly undecided: readonly string[];
  /** How bad it is. */
  readonly severity: Severity;
  /** The rule's title. */
  readonly title: string;
  /** What is wrong, as a sentence. */
  readonly what: string;
  /** What was met. */
  readonly got: string | undefined;
  /** What would be accepted. */
  readonly allowed: string | undefined;
  /** The next step, as a sentence. */
  readonly todo: string;
  /**
   * The resource at fault, or `provider.` and the key of a provider configuration. Where there are several plans, it begins with
   * the name of its own: `east: qumulo_role.this`.
   */
  readonly address: string | undefined;
  /** Whom it is about. */
  readonly identity: string | undefined;
  /** `undefined` where there is only one cluster. */
  readonly cluster: string | undefined;
  /** The names of the plans that it is about; none where there is only one plan. */
  readonly plans: readonly string[];
  /** Whether the plan brings it about; `false` when it is so already. */
  readonly isNew: boolean;
  /** The same from plan to plan as long as the same is wrong at the same place; it holds no secret. */
  readonly fingerprint: string;
  /** Where it stands in the practitioner's own files; `undefined` where that is not known. */
  readonly location: Location | undefined;
  /** What it has in common with others; `undefined` for what stands alone. */
  readonly cause: Cause | undefined;
  /** The day on which a baseline stopped accepting it; `undefined` where none did. */
  readonly acceptedUntil: string | undefined;
  /** The findings of one cause, for which this one stands; none where it stands for itself. */
  readonly members: readonly Finding[];
}

/** What comes with a rule's own words. */
export interface FindingPlace {
  readonly cluster: string | undefined;
  readonly plans: readonly string[];
  readonly isNew: boolean;
}

/** The result of weighing a draft: whether it is found or not known, and how severe it is. */
export type Weight = Pick<Finding, "kind" | "undecided" | "severity">;

/** Completes what a rule says. */
export function findingOf(
  { id, title }: RuleFacts,
  draft: Draft,
  { cluster, plans, isNew, kind, undecided, severity }: FindingPlace & Weight,
): Finding {
  return {
    kind,
    rule: id,
    undecided,
    severity,
    title,
    what: draft.what,
    got: draft.got,
    allowed: draft.allowed,
    todo: draft.todo,
    address: draft.address,
    identity: draft.identity,
    cluster,
    plans,
    isNew,
    fingerprint: fingerprintOf(id, draft, cluster ?? (draft.plans ?? plans).join(", ")),
    location: undefined,
    cause: draft.cause,
    acceptedUntil: undefined,
    members: [],
  };
}

/**
 * Computes the fingerprint. An address belongs to one cluster only; a finding without one includes the cluster, or the plan if
 * there are several. Findings and reviews get different fingerprints, so that accepting one does not accept the other.
 */
function fingerprintOf(rule: string, draft: Draft, elsewhere: string): string {
  const { address, identity, subject, lacks } = draft;
  const place = address ?? elsewhere;
  const kind = lacks === undefined ? [] : ["review"];
  const text = JSON.stringify([rule, place, identity ?? "", subject ?? "", ...kind]);
  return hash("sha256", text, "hex").slice(0, 32);
}
