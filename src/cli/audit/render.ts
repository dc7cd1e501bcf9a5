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
  const { failOn, failOnExisting, format, name, rulePages } = flags;
  const render = await reportFormats[format].load();
  return render(audit, {
    failOn,
    failOnExisting,
    name,
    ...(rulePages !== undefined && { rulePage: (rule) => `${rulePages.replace(/\/+$/, "")}/${rule}.md` }),
    version: context.version,
    planFile,
    now: new Date(),
    ...outputView(flags, context),
  });
}
