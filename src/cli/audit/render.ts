import {
  type Audit,
  renderGithubReport,
  renderHtmlReport,
  renderJsonReport,
  renderJunitReport,
  renderMarkdownReport,
  renderSarifReport,
  renderTextReport,
} from "../../audit/index.ts";
import type { CommandContext } from "../command-error.ts";
import { type TerminalView, viewOf } from "../terminal-view.ts";
import type { AuditFlags } from "./flags.ts";

/** What decides how an audit is shown. */
export interface ReportView {
  readonly flags: AuditFlags;
  readonly isClean: boolean;
  readonly context: CommandContext;
  /** What was audited; `undefined` for standard input. */
  readonly planFile: string | undefined;
}

/** Renders an audit in the form asked for. */
export function renderReport(audit: Audit, { flags, isClean, context, planFile }: ReportView): string {
  const { failOn, format, name } = flags;
  const options = { failOn, isClean, name, rulePage: rulePageOf(flags, context) };
  switch (format) {
    case "json":
      return renderJsonReport(audit, failOn, isClean);
    case "markdown":
      return renderMarkdownReport(audit, options);
    case "sarif":
      return renderSarifReport(audit, { ...options, version: context.version, planFile });
    case "junit":
      return renderJunitReport(audit, options);
    case "github":
      return renderGithubReport(audit, options);
    case "html":
      return renderHtmlReport(audit, { ...options, now: new Date() });
    case "text":
      return renderTextReport(audit, { ...options, ...terminalOf(flags, context) });
  }
}

function terminalOf({ output }: AuditFlags, context: CommandContext): TerminalView {
  if (output === undefined) return viewOf(context);
  return viewOf({ env: {} });
}

/** The pages are in the package, and this shows the files of each version of a package. */
function rulePageOf({ rulePages }: AuditFlags, { version }: CommandContext): (rule: string) => string {
  const pages = rulePages ?? `https://unpkg.com/cdktf-qumulo@${version}/docs/audit/rules`;
  return (rule) => `${pages.replace(/\/+$/, "")}/${rule}.md`;
}
