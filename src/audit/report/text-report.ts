import { type AccessChange, isChange } from "../access/access-changes.ts";
import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import type { Severity } from "../gate/severity.ts";
import { type Paint, painter, wrap } from "./terminal.ts";
import { baselineNotes, counted, placeOf, renderToken, sumOf } from "./words.ts";

/** How the text is shown. */
export interface TextOptions {
  /** The least severity that lets the audit fail. */
  readonly failOn: Severity;
  /** Whether the audit passes. */
  readonly isClean: boolean;
  /** Whether to color it for a terminal. */
  readonly isColored: boolean;
  /** Columns. */
  readonly width: number;
}

interface Page extends TextOptions {
  readonly paint: Paint;
}

const severityColors = { critical: "magenta", high: "red", medium: "yellow", low: "cyan" } as const;

/** Renders an audit for people at a terminal. */
export function renderTextReport(audit: Audit, options: TextOptions): string {
  const page = { ...options, paint: painter(options.isColored) };
  const parts = [
    ...renderAccess(audit, page),
    ...audit.open.map((finding) => renderFinding(finding, page)),
    ...renderBaseline(audit, page),
    renderVerdict(audit, page),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderAccess({ kind, changes }: Audit, page: Page): readonly string[] {
  if (kind === "state") return [page.paint("bold", "Access now"), ...changes.map((change) => renderNow(change, page))];
  const changing = changes.filter(isChange);
  const rest = changes.length - changing.length;
  const heading =
    changing.length === 0
      ? "Nobody's access changes"
      : `Access changes of ${counted(changing.length, "identity", "identities")}`;
  const others = rest === 0 ? "" : `; ${counted(rest, "other keeps", "others keep")} what they have`;
  return [page.paint("bold", `${heading}${others}.`), ...changing.map((change) => renderChange(change, page))];
}

function renderNow(change: AccessChange, page: Page): string {
  const tokens = change.tokens.map(
    ({ place, endAfter }) => `token ${place}${endAfter === undefined ? "" : `, until ${endAfter}`}`,
  );
  return [heading(change, page), ...[...change.after, ...tokens].map((line) => wrap(line, page.width, "    "))].join(
    "\n",
  );
}

function renderChange(change: AccessChange, page: Page): string {
  const { paint, width } = page;
  const line = (text: string): string => wrap(text, width, "    ");
  const gained = change.after.filter((path) => !change.before.includes(path));
  const lost = change.before.filter((path) => !change.after.includes(path));
  const lines = [
    ...gained.map((path) => paint("green", line(`+ ${path}`))),
    ...lost.map((path) => paint("red", line(`- ${path}`))),
    ...privilegeLines(change).map(line),
    ...change.tokens.filter(({ event }) => event !== "stays").map((event) => line(renderToken(event))),
    ...(change.needsReview ? [paint("yellow", line("? not all privileges are known: review"))] : []),
  ];
  return [heading(change, page), ...lines].join("\n");
}

function privilegeLines({ gained, lost }: AccessChange): readonly string[] {
  const names = (paths: AccessChange["gained"]): string => listed(paths.map(({ privilege }) => privilege));
  return [
    ...(gained.length === 0 ? [] : [`gains ${counted(gained.length, "privilege", "privileges")}: ${names(gained)}`]),
    ...(lost.length === 0 ? [] : [`loses ${counted(lost.length, "privilege", "privileges")}: ${names(lost)}`]),
  ];
}

function heading({ identity, address, cluster, isGroup, existence }: AccessChange, { paint, width }: Page): string {
  const facts = [isGroup ? "group" : "", existence === "stays" ? "" : existence, cluster ?? "", address ?? ""];
  const known = facts.filter((fact) => fact !== "").join(", ");
  return wrap(`${paint("bold", identity)}${known === "" ? "" : ` (${known})`}`, width, "  ");
}

function renderFinding(finding: Finding, { paint, width }: Page): string {
  const { severity, rule, what, got, allowed, todo, isNew } = finding;
  const place = placeOf(finding).join(", ");
  const mark = paint(severityColors[severity], severity.toUpperCase());
  const line = (text: string): string => wrap(text, width, "    ");
  return [
    wrap(`${mark} ${paint("bold", rule)}${place === "" ? "" : ` ${place}`}${isNew ? "" : " (already so)"}`, width, ""),
    line(what),
    ...(got === undefined ? [] : [line(`got: ${got}`)]),
    ...(allowed === undefined ? [] : [line(`allowed: ${allowed}`)]),
    line(`do: ${todo}`),
    line(paint("dim", `fingerprint: ${finding.fingerprint}`)),
  ].join("\n");
}

function renderBaseline({ accepted, expired, unmatched }: Audit, { paint, width }: Page): readonly string[] {
  const lines = [
    ...(accepted.length === 0
      ? []
      : [`${counted(accepted.length, "finding is", "findings are")} accepted by the baseline.`]),
    ...baselineNotes(expired, unmatched).map((note) => paint("yellow", note)),
  ];
  return lines.length === 0 ? [] : [lines.map((line) => wrap(line, width, "")).join("\n")];
}

function renderVerdict({ open }: Audit, { failOn, isClean, paint }: Page): string {
  const verdict = isClean ? paint("green", "Clean") : paint("red", "Not clean");
  return `${sumOf(open)} ${verdict}, with --fail-on ${failOn}.`;
}

function listed(names: readonly string[]): string {
  const most = 12;
  return names.length > most ? `${names.slice(0, most).join(", ")} and ${names.length - most} more` : names.join(", ");
}
