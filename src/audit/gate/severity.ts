/** The severities of findings, from the least to the most severe. */
export const severities = ["low", "medium", "high", "critical"] as const;

/** The severity of a finding. */
export type Severity = (typeof severities)[number];

/** Whether a severity is the given one, or more severe. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(least);
}

/** The most severe of these; `low` if there are none. */
export function gravestOf(found: readonly Severity[]): Severity {
  return severities.findLast((severity) => found.includes(severity)) ?? "low";
}
