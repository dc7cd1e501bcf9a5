import { isChange } from "../access/access-changes.ts";
import type { TokenEvent } from "../access/token-events.ts";
import type { Audit } from "../audit.ts";
import type { Finding, Location } from "../finding.ts";
import type { BaselineEntry } from "../gate/baseline.ts";
import { type Severity, severities } from "../gate/severity.ts";

/** Such as `1 finding` and `2 findings`. */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Whose access changes, or who has any, in a sentence. */
export function accessSum({ kind, changes }: Pick<Audit, "kind" | "changes">): string {
  if (changes.length === 0) return `This ${kind} has nothing in it that gives access to a Qumulo cluster.`;
  const sum = (count: number): string => counted(count, "identity", "identities");
  if (kind === "state") return `Access of ${sum(changes.length)} now.`;
  const changing = changes.filter(isChange).length;
  const rest = changes.length - changing;
  const heading = changing === 0 ? "Nobody's access changes" : `Access changes of ${sum(changing)}`;
  return `${heading}${rest === 0 ? "" : `; ${counted(rest, "other keeps", "others keep")} what they have`}.`;
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
    ...unmatched.map(
      (entry) => `The baseline's entry for ${nameOf(entry)} matches nothing: correct it, or take it out.`,
    ),
  ];
}
