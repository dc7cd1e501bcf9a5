import { toJsonSchema } from "@valibot/to-json-schema";
import { baselineSchema } from "../../src/audit/gate/baseline.ts";
import { policySchema } from "../../src/audit/gate/policy.ts";
import { severities } from "../../src/audit/gate/severity.ts";
import { reportSchema } from "../../src/audit/report/json-report.ts";
import { rules } from "../../src/audit/rules/registry.ts";
import { accessSchema } from "../../src/cli/access/render-json.ts";
import { conformanceSchema } from "../../src/cli/conformance/render-json.ts";
import { doctorReportSchema } from "../../src/cli/doctor/render-json.ts";
import { tokensSchema } from "../../src/cli/tokens/render-json.ts";
import { whoCanSchema } from "../../src/cli/who-can/render-json.ts";

/** What is made from the audit's own code: JSON schemas, and the index of its rules. Text by file name. */
export function auditFiles(): Readonly<Record<string, string>> {
  return {
    "schemas/audit-report-1.json": renderSchema("A report of cdktf-qumulo audit", reportSchema),
    "schemas/audit-policy-1.json": renderSchema("A policy for cdktf-qumulo audit", policySchema),
    "schemas/doctor-report-1.json": renderSchema("A report of cdktf-qumulo doctor", doctorReportSchema),
    "schemas/who-can-answer-1.json": renderSchema("An answer of cdktf-qumulo who-can", whoCanSchema),
    "schemas/access-answer-1.json": renderSchema("An answer of cdktf-qumulo access", accessSchema),
    "schemas/tokens-report-1.json": renderSchema("A report of cdktf-qumulo tokens", tokensSchema),
    "schemas/conformance-report-1.json": renderSchema("A report of cdktf-qumulo conformance", conformanceSchema),
    "schemas/audit-baseline-1.json": renderSchema("A baseline for cdktf-qumulo audit", baselineSchema),
    "docs/audit/rules/README.md": renderIndex(),
  };
}

function renderSchema(title: string, schema: Parameters<typeof toJsonSchema>[0]): string {
  // What JSON Schema cannot say (a check by code) is left out: the program says it.
  const { $schema, ...rest } = toJsonSchema(schema, { errorMode: "ignore", typeMode: "input" });
  return JSON.stringify({ $schema, title, ...rest });
}

function renderIndex(): string {
  const rows = rules
    .toSorted((left, right) => severities.indexOf(right.severity) - severities.indexOf(left.severity))
    .map(({ id, severity, title }) => `| [\`${id}\`](${id}.md) | ${severity} | ${title} |`);
  return [
    "# Rules of the audit",
    "",
    "A policy or the kind of resource can make a finding more severe than the rule says.",
    "",
    "| Rule | Severity | Finds |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
