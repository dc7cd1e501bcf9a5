import * as v from "valibot";
import { recordOf } from "../../vocabulary/record-schema.ts";
import { jsonLine } from "../../vocabulary/shown-text.ts";
import { type Check, checkIds, checkStatuses } from "./check.ts";

/** The version of the JSON report. Fields and checks are only added within a major version. */
export const doctorReportVersion = "1.0";

/** The shape of the JSON report. */
export const doctorReportSchema = v.strictObject({
  format_version: v.literal(doctorReportVersion),
  version: v.pipe(v.string(), v.description("Version of the program that wrote the report.")),
  works: v.pipe(v.boolean(), v.description("Whether no check fails.")),
  checks: v.array(
    v.strictObject({
      id: v.picklist(checkIds),
      status: v.picklist(checkStatuses),
      found: v.string(),
      do: v.optional(v.string()),
      facts: v.pipe(
        v.optional(recordOf(v.union([v.string(), v.number(), v.array(v.string())]))),
        v.description("What was met, for programs, by names that depend on the check."),
      ),
    }),
  ),
});

/** One line of JSON with all checks. */
export function renderJson(checks: readonly Check[], version: string): string {
  const report = {
    format_version: doctorReportVersion,
    version,
    works: checks.every(({ status }) => status !== "fails"),
    checks: checks.map(({ id, status, found, todo, facts }) => ({ id, status, found, do: todo, facts })),
  };
  return jsonLine(report);
}
