import type { TokenEvent } from "../access/token-events.ts";
import type { Finding, Location } from "../finding.ts";
import type { BaselineEntry } from "../gate/baseline.ts";
import { type Severity, severities } from "../gate/severity.ts";

/** What a report is told beside the audit. */
export interface ReportOptions {
  /** The least severity that makes the audit fail. */
  readonly failOn: Severity;
  /** Whether nothing as grave as `failOn` is open. */
  readonly isClean: boolean;
  /**
   * What is audited, where one pull request has several audits, such as `production`.
   *
   * @default the only audit there is
   */
  readonly name?: string | undefined;
  /**
   * The address of the page about a rule.
   *
   * @default rules are named without a link
   */
  readonly rulePage?: ((rule: string) => string) | undefined;
}

/** What only a person can be harmed by: control characters, halves of pairs, and marks that turn the direction of text. */
const invisible = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Names come from a cluster: a text of one line in which everything can be seen, and no longer than this many characters. */
export function visible(text: string, most = 600): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  const isLong = characters.length > most;
  return (isLong ? `${characters.slice(0, most).join("")}…` : text).replace(invisible, "\u{fffd}");
}

/** Such as `1 finding` and `2 findings`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** All findings in a sentence, gravest first. */
export function sumOf(findings: readonly Finding[]): string {
  const counts = countBySeverity(findings);
  const found = severities.toReversed().filter((severity) => counts[severity] > 0);
  if (found.length === 0) return "No findings.";
  return `Findings: ${found.map((severity) => `${counts[severity]} ${severity}`).join(", ")}.`;
}

/** Where a finding is, from the resource to the file. */
export function placeOf({ address, cluster, location }: Finding): readonly string[] {
  const parts = [address, location?.constructPath, location && fileOf(location), cluster];
  return parts.filter((part) => part !== undefined);
}

function fileOf({ file, line }: Location): string | undefined {
  return file === undefined || line === undefined ? file : `${file}:${line}`;
}

/** What happens to a series of access tokens, in words. */
export function renderToken({ place, event, endAfter, overlap }: TokenEvent): string {
  const old = event === "rotated" && overlap !== undefined ? `; the old bearer token works for ${overlap}` : "";
  const end = endAfter === undefined ? "" : `; until ${endAfter}`;
  return `token ${place}: ${event}${old}${end}`;
}

/** What tells one entry of a baseline from the others. */
export function nameOf({ fingerprint, rule, address, identity }: BaselineEntry): string {
  return [rule, address, identity, fingerprint].filter((part) => part !== undefined).join(" ");
}

/** What the baseline says that somebody has to do something about. */
export function baselineNotes(
  expired: readonly BaselineEntry[],
  unmatched: readonly BaselineEntry[],
): readonly string[] {
  return [
    ...expired.map((entry) => `The baseline's entry for ${nameOf(entry)} ended on ${entry.until}, so it counts again.`),
    ...unmatched.map((entry) => `The baseline's entry for ${nameOf(entry)} matches nothing: take it out.`),
  ];
}
