import { isChange } from "../access/access-changes.ts";
import type { TokenEvent } from "../access/token-events.ts";
import type { Audit } from "../audit.ts";
import type { Finding, Location } from "../finding.ts";
import type { BaselineEntry } from "../gate/baseline.ts";
import { type Severity, severities } from "../gate/severity.ts";
import type { Gate, Verdict } from "../gate/verdict.ts";
import { listed } from "../../vocabulary/listed.ts";
import { clusterBeside, plansBeside, type PlanSum } from "./plan-sums.ts";

/** So many rules that cannot tell are named. */
const mostUndecided = 6;

/** Such as `1 finding` and `2 findings`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Whose access changes, or who has any, in a sentence. */
export function accessSum(audit: Pick<Audit, "kind" | "changes" | "comparedWith" | "plans">): string {
  const { comparedWith } = audit;
  const nothing = `${whichOf(audit)} that gives access to a Qumulo cluster.`;
  const sum = audit.changes.length === 0 ? nothing : changeSum(audit);
  return comparedWith === undefined ? sum : `${sum} Compared with ${comparedWith}.`;
}

function whichOf({ kind, plans }: Pick<Audit, "kind" | "plans">): string {
  return plans.length > 1 ? `These ${plans.length} ${kind}s have nothing in them` : `This ${kind} has nothing in it`;
}

/** What the parts of a report about what was so before are called. */
export function beforeTitle({ plans }: Pick<Audit, "plans">): string {
  return `Already so before ${plans.length > 1 ? "these plans" : "this plan"}`;
}

/** What an audit comes to for one of several plans, each a sentence: the verdict, the findings, and whose access changes. */
export function planSumWords(sum: PlanSum): readonly [verdict: string, findings: string, access: string] {
  const { verdict, fault = "", changes, kind } = sum;
  if (verdict === "unread") return ["Could not be read.", fault, ""];
  const access = changes.length === 0 ? `Nothing in this ${kind} gives access.` : changeSum(sum);
  return [`${verdictWords[verdict]}.`, sumOf(sum), access];
}

function changeSum({ kind, changes }: Pick<Audit, "kind" | "changes">): string {
  const sum = (count: number): string => counted(count, "identity", "identities");
  if (kind === "state") return `Access of ${sum(changes.length)} now.`;
  const changing = changes.filter(isChange).length;
  const rest = changes.length - changing;
  const keeping = counted(rest, "identity keeps what it has", "identities keep what they have");
  if (changing === 0) return `Nobody's access changes: ${keeping}.`;
  return `Access changes of ${sum(changing)}${rest === 0 ? "" : `; ${counted(rest, "other keeps what it has", "others keep what they have")}`}.`;
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** A sentence that counts all findings, the most severe first, and another one that counts the reviews. */
export function sumOf({ kind, open }: Pick<Audit, "kind" | "open">): string {
  const of = (asked: Finding["kind"]): string =>
    countsOf(
      open.filter((finding) => finding.kind === asked),
      kind,
    );
  const [found, reviews] = [of("finding"), of("review")];
  return `${found === "" ? "No findings." : `Findings: ${found}.`}${reviews === "" ? "" : ` For review: ${reviews}.`}`;
}

function countsOf(findings: readonly Finding[], kind: Audit["kind"]): string {
  const counts = countBySeverity(findings);
  const found = severities.toReversed().filter((severity) => counts[severity] > 0);
  const old = kind === "state" ? 0 : findings.filter(({ isNew }) => !isNew).length;
  const rest = old === 0 ? "" : ` (${old === findings.length ? "" : `${old} of these `}already so)`;
  return `${found.map((severity) => `${counts[severity]} ${severity}`).join(", ")}${rest}`;
}

/** What an audit comes to, as it stands before a full stop. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  clean: "Clean",
  passed: "Passed",
  review: "To be reviewed",
  findings: "Not clean",
};

/** The rules that cannot decide, for people; `undefined` for a finding. */
export function renderUndecided({ undecided }: Finding): string | undefined {
  return undecided.length === 0 ? undefined : listed(undecided, { most: mostUndecided });
}

/** What makes the audit fail, as a sentence. */
export function gateSentence({ kind }: Pick<Audit, "kind">, { failOn, failOnExisting }: Gate): string {
  const grave = failOn === "critical" ? "that are critical" : `that are ${failOn} or more severe`;
  if (kind === "state") return `The audit fails on findings ${grave}.`;
  return failOnExisting === true
    ? `The audit fails on findings ${grave}, new or not.`
    : `The audit fails on new findings ${grave}.`;
}

/** Whom a finding of several is about, the first ones where there are many. */
export function whoIn({ members }: Finding, most = 8): string | undefined {
  const names = [...new Set(members.map(({ identity, address }) => identity ?? address ?? "somebody"))];
  return names.length === 0 ? undefined : listed(names.toSorted(), { most });
}

/** What comes with a finding's own words: that it is not new, and that it was accepted. */
export function sinceWhen({ isNew, acceptedUntil }: Finding): string | undefined {
  const parts = [isNew ? undefined : "already so", acceptedUntil && `accepted until ${acceptedUntil}`];
  return parts.filter((part) => part !== undefined).join(", ") || undefined;
}

/** Where a finding is, from the resource to the file. */
export function placeOf(finding: Finding): readonly string[] {
  const { address, location } = finding;
  const cluster = address === undefined ? finding.cluster : clusterBeside(finding);
  const parts = [address, location?.constructPath, location && fileOf(location), cluster, ...plansBeside(finding)];
  return parts.filter((part) => part !== undefined);
}

function fileOf({ file, line }: Location): string | undefined {
  return file === undefined || line === undefined ? file : `${file}:${line}`;
}

/** What happens to a series of access tokens, in words. */
export function renderToken({ place, event, endAfter, overlap }: TokenEvent): string {
  if (event === "maybe-rotated") return `token ${place}: may be rotated, which is decided during apply`;
  if (event === "maybe-changed") return `token ${place}: whether it is enabled is decided during apply`;
  const old = event === "rotated" && overlap !== undefined ? `; the old bearer token works for ${overlap}` : "";
  const end = endAfter === undefined ? "" : `; until ${endAfter}`;
  return `token ${place}: ${event}${old}${end}`;
}

/** What tells one entry of a baseline from the others. */
export function nameOf({ fingerprint, fingerprints = [], rule, address, identity }: BaselineEntry): string {
  const [first, ...others] = fingerprint === undefined ? fingerprints : [fingerprint, ...fingerprints];
  const named = others.length === 0 ? first : `${first ?? ""} and ${others.length} more`;
  return [rule, address, identity, named].filter((part) => part !== undefined).join(" ");
}

/** Notes about entries of the baseline that somebody has to do something about. */
export function baselineNotes(
  expired: readonly BaselineEntry[],
  unmatched: readonly BaselineEntry[],
): readonly string[] {
  return [
    ...expired.map((entry) => `The baseline's entry for ${nameOf(entry)} ended on ${entry.until}, so it counts again.`),
    ...unmatched.map((entry) => `The baseline's entry for ${nameOf(entry)} matches nothing: correct it, or remove it.`),
  ];
}
