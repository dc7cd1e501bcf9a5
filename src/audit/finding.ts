import { hash } from "node:crypto";
import type { Severity } from "./gate/severity.ts";
import type { Draft, Rule } from "./rules/rule.ts";

/** Where a finding stands in the practitioner's own files. */
export interface Location {
  /** The path of a CDKTF construct, such as `stack/account/token`. */
  readonly constructPath?: string;
  /** Path of the file. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
}

/** Something that the audit found. */
export interface Finding {
  /** Id of the rule. */
  readonly rule: string;
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
  /** The resource at fault, or `provider.` and the key of a provider configuration. */
  readonly address: string | undefined;
  /** Whom it is about. */
  readonly identity: string | undefined;
  /** `undefined` where there is only one cluster. */
  readonly cluster: string | undefined;
  /** Whether the plan brings it about; `false` when it is so already. */
  readonly isNew: boolean;
  /** The same from plan to plan as long as the same is wrong at the same place; it holds no secret. */
  readonly fingerprint: string;
  /** Where it stands in the practitioner's own files; `undefined` where that is not known. */
  readonly location: Location | undefined;
}

/** What is beside a rule's own words. */
export interface FindingPlace {
  readonly cluster: string | undefined;
  readonly isNew: boolean;
}

/** Completes what a rule says. */
export function findingOf({ id, severity, title }: Rule, draft: Draft, { cluster, isNew }: FindingPlace): Finding {
  return {
    rule: id,
    severity: draft.severity ?? severity,
    title,
    what: draft.what,
    got: draft.got,
    allowed: draft.allowed,
    todo: draft.todo,
    address: draft.address,
    identity: draft.identity,
    cluster,
    isNew,
    fingerprint: fingerprintOf(id, draft, cluster),
    location: undefined,
  };
}

/** An address is of one cluster only; what has none is told apart by the cluster. */
function fingerprintOf(rule: string, { address, identity, subject }: Draft, cluster: string | undefined): string {
  const place = address ?? cluster ?? "";
  const text = JSON.stringify([rule, place, identity ?? "", subject ?? ""]);
  return hash("sha256", text, "hex").slice(0, 32);
}
