/** Where a reader finds the page about a rule when nothing links to it: in the package that has made the report. */
export function rulePagePlace(rule: string): string {
  return `docs/audit/rules/${rule}.md in the package cdktf-qumulo`;
}
