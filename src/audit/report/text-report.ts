import { type AccessChange, isChange } from "../access/access-changes.ts";
import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import { counterOf, type Gate, verdictOf } from "../gate/verdict.ts";
import { type Paint, painter, type Style, type Styled, wrap } from "../../terminal/wrap.ts";
import { listed } from "../../vocabulary/listed.ts";
import { clusterBeside, planSums } from "./plan-sums.ts";
import type { ReportOptions } from "./report-options.ts";
import {
  accessSum,
  baselineNotes,
  beforeTitle,
  counted,
  gateSentence,
  placeOf,
  planSumWords,
  renderToken,
  renderUndecided,
  sinceWhen,
  sumOf,
  verdictWords,
  whoIn,
} from "./words.ts";

/** So many privileges are named in a line. */
const mostNamed = 12;

interface Page extends Gate {
  readonly paint: Paint;
  /** Columns. */
  readonly width: number;
}

const verdictColors = { clean: "green", passed: "green", review: "yellow", findings: "red" } as const;
const severityColors = { critical: "magenta", high: "red", medium: "yellow", low: "cyan" } as const;

/** Renders an audit for people at a terminal. */
export function renderTextReport(audit: Audit, options: ReportOptions): string {
  const page = { ...options, width: options.width ?? 100, paint: painter(options.isColored ?? false) };
  const parts = [
    ...renderPlans(audit, page),
    ...renderAccess(audit, page),
    ...renderFindings(audit, page),
    ...renderBaseline(audit, page),
    renderVerdict(audit, page),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Each of several plans, in a line. */
function renderPlans(audit: Audit, page: Page): readonly string[] {
  if (audit.plans.length === 0) return [];
  const lines = planSums(audit, page).map((sum) => {
    const [verdict, ...rest] = planSumWords(sum);
    const color = verdictColors[sum.verdict === "unread" ? "findings" : sum.verdict];
    const words = [
      { style: "bold", text: `${sum.name}:` } as const,
      { style: color, text: verdict },
      rest.join(" ").trim(),
    ];
    return wrap(words, { ...page, indent: "  " });
  });
  const title = counted(audit.plans.length, audit.kind, `${audit.kind}s`);
  return [[wrap([{ style: "bold", text: `${title}:` }], page), ...lines].join("\n")];
}

function renderAccess(audit: Audit, page: Page): readonly string[] {
  const { kind, changes } = audit;
  const changing = kind === "state" ? changes : changes.filter(isChange);
  const render = kind === "state" ? renderNow : renderChange;
  return [wrap([{ style: "bold", text: accessSum(audit) }], page), ...changing.map((change) => render(change, page))];
}

function renderNow(change: AccessChange, page: Page): string {
  const tokens = change.tokens.map(
    ({ place, endAfter }) => `token ${place}${endAfter === undefined ? "" : `, until ${endAfter}`}`,
  );
  return [heading(change, page), ...[...change.after, ...tokens].map((line) => inner(page, line))].join("\n");
}

function renderChange(change: AccessChange, page: Page): string {
  const styled = (style: Style, text: string): string => inner(page, { style, text });
  const [before, after] = [new Set(change.before), new Set(change.after)];
  const gained = change.after.filter((path) => !before.has(path));
  const lost = change.before.filter((path) => !after.has(path));
  const lines = [
    ...gained.map((path) => styled("green", `+ ${path}`)),
    ...lost.map((path) => styled("red", `- ${path}`)),
    ...privilegeLines(change).map((line) => inner(page, line)),
    ...change.tokens.filter(({ event }) => event !== "stays").map((event) => inner(page, renderToken(event))),
    ...(change.needsReview ? [styled("yellow", "? not all privileges are known: review")] : []),
  ];
  return [heading(change, page), ...lines].join("\n");
}

/** A line that belongs to what stands above it. */
function inner({ width, paint }: Page, text: string | Styled): string {
  return wrap([text], { width, paint, indent: "    " });
}

function privilegeLines({ gained, lost }: AccessChange): readonly string[] {
  const names = (paths: AccessChange["gained"]): string =>
    listed(
      paths.map(({ privilege }) => privilege),
      { most: mostNamed },
    );
  return [
    ...(gained.length === 0 ? [] : [`gains ${counted(gained.length, "privilege", "privileges")}: ${names(gained)}`]),
    ...(lost.length === 0 ? [] : [`loses ${counted(lost.length, "privilege", "privileges")}: ${names(lost)}`]),
  ];
}

function heading(change: AccessChange, { paint, width }: Page): string {
  const { identity, address, isGroup, existence } = change;
  const cluster = address === undefined ? change.cluster : clusterBeside(change);
  const facts = [isGroup ? "group" : "", existence === "stays" ? "" : existence, cluster ?? "", address ?? ""];
  const known = facts.filter((fact) => fact !== "").join(", ");
  const rest = known === "" ? [] : [`(${known})`];
  return wrap([{ style: "bold", text: identity }, ...rest], { width, paint, indent: "  " });
}

/** What counts in full; then in brief what was so before, as long as that does not count. */
function renderFindings(audit: Audit, page: Page): readonly string[] {
  const counts = counterOf(audit, page);
  const isBrief = (finding: Finding): boolean => audit.kind === "plan" && !finding.isNew && !counts(finding);
  const brief = audit.open.filter(isBrief);
  return [
    ...audit.open.filter((finding) => !isBrief(finding)).map((finding) => renderFinding(finding, page)),
    ...(brief.length === 0 ? [] : [wrap([{ style: "bold", text: `${beforeTitle(audit)}:` }], page)]),
    ...brief.map((finding) => [renderHead(finding, page), ...aboutWhom(finding, page)].join("\n")),
  ];
}

function renderHead(finding: Finding, page: Page): string {
  const { severity, rule } = finding;
  const place = placeOf(finding).join(", ");
  const since = sinceWhen(finding);
  const head = [
    { style: severityColors[severity], text: severity.toUpperCase() },
    { style: "bold", text: rule } as const,
    ...(place === "" ? [] : [place]),
    ...(finding.kind === "review" ? ["(review)"] : []),
    ...(since === undefined ? [] : [`(${since})`]),
  ];
  return wrap(head, page);
}

function aboutWhom(finding: Finding, page: Page): readonly string[] {
  const who = whoIn(finding);
  return [inner(page, finding.what), ...(who === undefined ? [] : [inner(page, `who: ${who}`)])];
}

function renderFinding(finding: Finding, page: Page): string {
  const { got, allowed, todo } = finding;
  const undecided = renderUndecided(finding);
  return [
    renderHead(finding, page),
    ...aboutWhom(finding, page),
    ...(got === undefined ? [] : [inner(page, `got: ${got}`)]),
    ...(allowed === undefined ? [] : [inner(page, `allowed: ${allowed}`)]),
    ...(undecided === undefined ? [] : [inner(page, `not decided: ${undecided}`)]),
    inner(page, `do: ${todo}`),
    inner(page, { style: "dim", text: `fingerprint: ${finding.fingerprint}` }),
  ].join("\n");
}

function renderBaseline({ accepted, expired, unmatched }: Audit, page: Page): readonly string[] {
  const lines = [
    ...(accepted.length === 0
      ? []
      : [`${counted(accepted.length, "finding is", "findings are")} accepted by the baseline.`]),
    ...baselineNotes(expired, unmatched).map((text) => ({ style: "yellow", text }) as const),
  ];
  return lines.length === 0 ? [] : [lines.map((line) => wrap([line], page)).join("\n")];
}

function renderVerdict(audit: Audit, page: Page): string {
  const verdict = verdictOf(audit, page);
  const styled = { style: verdictColors[verdict], text: `${verdictWords[verdict]}.` };
  return wrap([sumOf(audit), styled, gateSentence(audit, page)], page);
}
