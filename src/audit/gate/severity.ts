/** How grave findings are, from least to most. */
export const severities = ["low", "medium", "high", "critical"] as const;

/** How grave a finding is. */
export type Severity = (typeof severities)[number];

/** Whether a severity is the given one, or more severe. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(least);
}

/** The gravest of these; the least of all where there is none. */
export function gravestOf(found: readonly Severity[]): Severity {
  return severities.findLast((severity) => found.includes(severity)) ?? "low";
}
