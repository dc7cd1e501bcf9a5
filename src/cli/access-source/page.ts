import { audit } from "../../audit/index.ts";
import { renderHtmlReport } from "../../audit/report/html/html-report.ts";
import type { CommandContext } from "../command-error.ts";
import { type AccessSource, readingOf } from "./source.ts";

/** The default of the audit's `--fail-on`. */
const failOn = "high";

/** What the page is about. */
export interface PageSubject {
  readonly title: string;
  /** The initial text of its filter. */
  readonly filter: string;
}

/** Renders the audit's page for a source, with what was asked for in its filter. */
export function renderPage(source: AccessSource, { title, filter }: PageSubject, { version }: CommandContext): string {
  const now = new Date();
  const result = readingOf(source, () => audit(source.document, { facts: source.facts, now }));
  return renderHtmlReport(result, { failOn, name: title, version, now, filter });
}
