/** How grave findings are, from least to most. */
export const severities = ["low", "medium", "high", "critical"] as const;

/** How grave a finding is. */
export type Severity = (typeof severities)[number];

/** Whether a severity is another one, or graver. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(least);
}
