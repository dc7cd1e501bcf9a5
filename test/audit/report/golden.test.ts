import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { audit, auditFleet } from "../../../src/audit/audit.ts";
import { renderGithubReport } from "../../../src/audit/report/github-report.ts";
import { renderJunitReport } from "../../../src/audit/report/junit-report.ts";
import { renderMarkdownReport } from "../../../src/audit/report/markdown-report.ts";
import { renderSarifReport } from "../../../src/audit/report/sarif-report.ts";
import { renderTextReport } from "../../../src/audit/report/text-report.ts";

const folder = path.resolve(__dirname, "..");
const plan: unknown = JSON.parse(readFileSync(path.join(folder, "plans/opentofu-destruction.json"), "utf8"));

const result = audit(plan, {
  now: new Date("2026-03-02T08:00:00Z"),
  baseline: [
    { rule: "insecure-provider", reason: "a cluster in the laboratory", until: "2026-12-31" },
    { rule: "drift", reason: "gone meanwhile", until: "2026-12-31" },
  ],
  locate: (address) => ({ file: "accounts/main.tf", line: 7, constructPath: `stack/${address}` }),
});
const options = {
  failOn: "high",
  name: "production",
  rulePage: (rule: string) => `https://example.com/rules/${rule}.md`,
} as const;

const names = ["rights", "accounts", "west"];
const fleet = auditFleet(
  names.map((name) => {
    const file = path.join(folder, `plans/opentofu-fleet-${name}.json`);
    return { name, document: JSON.parse(readFileSync(file, "utf8")) as unknown, file: `${name}/plan.json` };
  }),
  { now: new Date("2026-03-02T08:00:00Z") },
);

/** Rewritten by UPDATE_GOLDEN=1 npx jest test/audit/report/golden.test.ts: read what changes. */
test.each([
  ["report.md", renderMarkdownReport(result, options)],
  ["report.sarif", renderSarifReport(result, { ...options, version: "1.2.3", planFile: "plan.json" })],
  ["report.xml", renderJunitReport(result, options)],
  ["report.txt", renderGithubReport(result, options)],
  ["fleet.md", renderMarkdownReport(fleet, options)],
  ["fleet.txt", renderTextReport(fleet, options)],
])("%s is what it was", (name, report) => {
  const file = path.join(folder, "golden", name);
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, report);

  expect(report).toBe(readFileSync(file, "utf8"));
});
