import { hash } from "node:crypto";
import type { Finding } from "../finding.ts";

/**
 * Makes one finding of those that have a cause in common, at the place of the first of them.
 *
 * What is new stays apart from what was so before, so that a new member is never hidden among old ones.
 */
export function groupFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = groupKey(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map(oneOf);
}

/** The single findings: those that this one stands for, or itself. */
export function eachOf(finding: Finding): readonly Finding[] {
  return finding.members.length === 0 ? [finding] : finding.members;
}

function groupKey({ cause, kind, rule, cluster, severity, isNew, acceptedUntil, fingerprint }: Finding): string {
  if (cause === undefined || (isNew && cause.tellsNewAlone === true)) return fingerprint;
  return JSON.stringify([kind, rule, cluster, severity, isNew, acceptedUntil, cause.key]);
}

function oneOf(members: readonly Finding[]): Finding {
  const [first, ...others] = members;
  if (first?.cause === undefined || others.length === 0) return only(first);
  const address = others.every((it) => it.address === first.address) ? first.address : undefined;
  return {
    ...first,
    what: first.cause.what,
    got: others.every(({ got }) => got === first.got) ? first.got : undefined,
    address,
    identity: undefined,
    plans: [...new Set(members.flatMap(({ plans }) => plans))],
    // Where the cause stands, as long as it stands in one place.
    location: address === undefined ? undefined : first.location,
    fingerprint: fingerprintOf(members),
    members,
  };
}

/** The fingerprint of a group. It changes with its members, so that accepting a group accepts only these members. */
function fingerprintOf(members: readonly Finding[]): string {
  const each = members.map(({ fingerprint }) => fingerprint).toSorted();
  return hash("sha256", JSON.stringify(each), "hex").slice(0, 32);
}

function only(finding: Finding | undefined): Finding {
  if (finding === undefined) throw new TypeError("A group of findings has a first one");
  return finding;
}
