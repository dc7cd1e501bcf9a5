import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import { counterOf, verdictOf } from "../gate/verdict.ts";
import { visible } from "../shown-text.ts";
import type { ReportOptions } from "./report-options.ts";
import {
  baselineNotes,
  counted,
  gateSentence,
  placeOf,
  renderUndecided,
  sinceWhen,
  sumOf,
  verdictWords,
  whoIn,
} from "./words.ts";

type Level = "error" | "warning" | "notice";

/** GitHub shows ten annotations of each level for one step, and drops the others. */
const mostOfLevel = 10;

/**
 * Renders an audit for the log of a job on GitHub: annotations as workflow commands, and further findings, which GitHub would
 * drop, as plain lines.
 *
 * Findings that make the audit fail become errors.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderGithubReport(audit: Audit, options: ReportOptions): string {
  const levels: readonly Level[] = ["error", "warning", "notice"];
  const levelOf = leveler(audit, options);
  const lines = [
    ...levels.flatMap((level) =>
      annotationsOf(
        level,
        audit.open.filter((finding) => levelOf(finding) === level),
      ),
    ),
    ...baselineNotes(audit.expired, audit.unmatched).map((note) => visible(note)),
    `Access audit${options.name === undefined ? "" : ` ${options.name}`}: ${sumOf(audit)} ${verdictWords[verdictOf(audit, options)]}. ${gateSentence(audit, options)}`,
  ];
  return `${lines.join("\n")}\n`;
}

function leveler(audit: Audit, options: ReportOptions): (finding: Finding) => Level {
  const counts = counterOf(audit, options);
  return (finding) => {
    if (counts(finding)) return "error";
    return finding.severity === "low" || !finding.isNew ? "notice" : "warning";
  };
}

function annotationsOf(level: Level, findings: readonly Finding[]): readonly string[] {
  if (findings.length <= mostOfLevel) return findings.map((finding) => annotation(level, finding));
  const shown = findings.slice(0, mostOfLevel - 1);
  const rest = findings.slice(mostOfLevel - 1);
  return [
    ...shown.map((finding) => annotation(level, finding)),
    `::${level} title=Access audit::${counted(rest.length, "more finding stands", "more findings stand")} in the log of this step.`,
    ...rest.map((finding) =>
      visible(
        `${finding.severity}${finding.kind === "review" ? " (review)" : ""} ${finding.rule} ${placeOf(finding).join(", ")}: ${finding.what}`,
      ),
    ),
  ];
}

function annotation(level: Level, finding: Finding): string {
  const { severity, rule, location } = finding;
  const since = sinceWhen(finding);
  const properties = {
    ...(location?.file === undefined ? {} : { file: location.file }),
    ...(location?.line === undefined ? {} : { line: String(location.line) }),
    title: `${severity} ${rule}${since === undefined ? "" : ` (${since})`}`,
  };
  const told = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visible(value))}`);
  const message = messageOf(finding).map((line) => escapeData(visible(line)));
  return `::${level} ${told.join(",")}::${message.join("%0A")}`;
}

function messageOf(finding: Finding): readonly string[] {
  const { kind, what, got, allowed, todo } = finding;
  const facts = { Who: whoIn(finding), Got: got, Allowed: allowed, "Not decided": renderUndecided(finding), Do: todo };
  return [
    `${kind === "review" ? "Review: " : ""}${what}`,
    ...Object.entries(facts).flatMap(([label, fact]) => (fact === undefined ? [] : [`${label}: ${fact}`])),
    ...placeOf(finding).slice(0, 1),
  ];
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
