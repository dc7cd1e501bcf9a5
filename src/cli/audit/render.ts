import type { Audit } from "../../audit/index.ts";
import { reportFormats } from "../../audit/report/formats.ts";
import { outputView } from "../report-output.ts";
import type { CommandContext } from "../command-error.ts";
import type { AuditFlags } from "./flags.ts";

/** What decides how an audit is shown. */
export interface ReportView {
  readonly flags: AuditFlags;
  readonly context: CommandContext;
  /** What was audited; `undefined` for standard input. */
  readonly planFile: string | undefined;
}

/** Renders an audit in the form asked for. */
export async function renderReport(audit: Audit, { flags, context, planFile }: ReportView): Promise<string> {
  const { failOn, failOnExisting, format, name } = flags;
  const render = await reportFormats[format].load();
  return render(audit, {
    failOn,
    failOnExisting,
    name,
    rulePage: rulePageOf(flags, context),
    version: context.version,
    planFile,
    now: new Date(),
    ...outputView(flags, context),
  });
}

/** The pages are in the package, and this shows the files of each version of a package. */
function rulePageOf({ rulePages }: AuditFlags, { version }: CommandContext): (rule: string) => string {
  const pages = rulePages ?? `https://unpkg.com/cdktf-qumulo@${version}/docs/audit/rules`;
  return (rule) => `${pages.replace(/\/+$/, "")}/${rule}.md`;
}
