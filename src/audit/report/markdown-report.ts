import { type AccessChange, isChange } from "../access/access-changes.ts";
import { upperFirst } from "../../vocabulary/upper-first.ts";
import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import { counterOf, verdictOf } from "../gate/verdict.ts";
import { codeName, fitSections, plainText, type Section } from "./markdown-text.ts";
import { planSums } from "./plan-sums.ts";
import type { ReportOptions } from "./report-options.ts";
import { rulePagePlace } from "./rule-page.ts";
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

/** GitHub takes 65,536 characters in a comment; some are left to whoever posts it. */
const longestComment = 65_000;
const mostInCell = 6;
const mostNamed = 3;

/**
 * Renders an audit as a comment on a pull request.
 *
 * Its first line is a comment in HTML that stays the same: by it, a job finds its comment of last time and replaces it.
 */
export function renderMarkdownReport(audit: Audit, options: ReportOptions): string {
  const head = `${headOf(audit, options)}\n`;
  const sections = [
    planTable(audit, options),
    audit.kind === "state" ? accessNow(audit) : accessChanges(audit),
    ...findings(audit, options),
    privileges(audit),
    baseline(audit),
  ].filter((section) => section !== undefined);
  return head + fitSections(sections, longestComment - head.length);
}

function headOf(audit: Audit, options: ReportOptions): string {
  const { name } = options;
  const verdict = verdictWords[verdictOf(audit, options)];
  return [
    `<!-- cdktf-qumulo audit${name === undefined ? "" : ` ${name}`} -->`,
    `## Access audit${name === undefined ? "" : `: ${plainText(name)}`}`,
    "",
    `**${verdict}.** ${sumOf(audit)} ${gateSentence(audit, options)}`,
    "",
  ].join("\n");
}

/** What the audit comes to for each of several plans. */
function planTable(audit: Audit, options: ReportOptions): Section | undefined {
  if (audit.plans.length === 0) return undefined;
  const title = counted(audit.plans.length, audit.kind, `${audit.kind}s`);
  return {
    begin: `### ${title}\n\n| ${upperFirst(audit.kind)} | Verdict | Findings | Access |\n| --- | --- | --- | --- |\n`,
    items: planSums(audit, options).map((sum) => {
      const [verdict, findings, access] = planSumWords(sum);
      return row([[codeName(sum.name)], [`**${verdict}**`], [plainText(findings)], [plainText(access)]]);
    }),
    more: (count) => `| ${count} more … | | | |\n`,
    end: "\n",
  };
}

function accessChanges(audit: Audit): Section {
  const changing = audit.changes.filter(isChange);
  const begin = `### Who gains and who loses what\n\n${plainText(accessSum(audit))}\n\n`;
  if (changing.length === 0) return { begin, items: [], more: () => "", end: "" };
  return {
    begin: `${begin}| Identity | Gains | Loses | Access tokens |\n| --- | --- | --- | --- |\n`,
    items: changing.map(changeRow),
    more: (count) => `| ${count} more … | | | |\n`,
    end: "\n",
  };
}

function changeRow(change: AccessChange): string {
  const { before, after, gained, lost, needsReview } = change;
  const roles = (paths: readonly string[], others: readonly string[]): readonly string[] =>
    without(paths, others).map(codeName);
  const count = (paths: AccessChange["gained"]): readonly string[] =>
    paths.length <= mostNamed
      ? paths.map(({ privilege }) => codeName(privilege))
      : [counted(paths.length, "privilege", "privileges")];
  const tokens = change.tokens.filter(({ event }) => event !== "stays").map((token) => plainText(renderToken(token)));
  return row([
    identityCell(change),
    [...roles(after, before), ...count(gained), ...(needsReview ? ["**review**: not all privileges are known"] : [])],
    [...roles(before, after), ...count(lost)],
    tokens,
  ]);
}

function without(paths: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return paths.filter((path) => !known.has(path));
}

function accessNow(audit: Audit): Section {
  const { changes } = audit;
  const begin = `### Who has access\n\n${plainText(accessSum(audit))}\n\n`;
  if (changes.length === 0) return { begin, items: [], more: () => "", end: "" };
  return {
    begin: `${begin}| Identity | Roles | Access tokens |\n| --- | --- | --- |\n`,
    items: changes.map((change) =>
      row([
        identityCell(change),
        change.after.map(codeName),
        change.tokens.map(
          ({ place, endAfter }) => codeName(place) + (endAfter === undefined ? "" : `, until ${plainText(endAfter)}`),
        ),
      ]),
    ),
    more: (count) => `| ${count} more … | | |\n`,
    end: "\n",
  };
}

function identityCell({ identity, isGroup, existence, cluster }: AccessChange): readonly string[] {
  const facts = [isGroup ? "group" : "", existence === "stays" ? "" : existence].filter((fact) => fact !== "");
  return [
    codeName(identity),
    ...(facts.length === 0 ? [] : [facts.join(", ")]),
    ...(cluster === undefined ? [] : [`on ${codeName(cluster)}`]),
  ];
}

function row(cells: readonly (readonly string[])[]): string {
  const texts = cells.map((lines) => {
    const rest = lines.length - mostInCell;
    return [...lines.slice(0, mostInCell), ...(rest > 0 ? [`${rest} more …`] : [])].join("<br>");
  });
  return `| ${texts.join(" | ")} |\n`;
}

/** What is new first: a reviewer has to judge that. */
function findings(audit: Audit, options: ReportOptions): readonly Section[] {
  const { kind, open } = audit;
  const counts = counterOf(audit, options);
  const isOld = (finding: Finding): boolean => kind === "plan" && !finding.isNew && !counts(finding);
  return [
    { begin: "### Findings\n\n", found: open.filter((finding) => !isOld(finding)) },
    { begin: `### ${beforeTitle(audit)}\n\n`, found: open.filter(isOld) },
  ]
    .filter(({ found }) => found.length > 0)
    .map(({ begin, found }) => ({
      begin,
      items: found.map((finding) => findingItem(finding, options)),
      more: (count) => `${counted(count, "more finding", "more findings")} …\n\n`,
      end: "",
    }));
}

function findingItem(finding: Finding, { rulePage }: ReportOptions): string {
  const { severity, rule, title, what, got, allowed, todo, fingerprint } = finding;
  const since = sinceWhen(finding);
  const { plans } = finding;
  const where = plans.length === 0 ? "" : ` in ${plans.map(codeName).join(" and ")}`;
  const link = rulePage === undefined ? codeName(rule) : `[${codeName(rule)}](${encodeURI(rulePage(rule))})`;
  const page = rulePage === undefined ? ` (${rulePagePlace(rule)})` : "";
  const fact = (label: string, text: string | undefined): readonly string[] =>
    text === undefined || text === "" ? [] : [`- ${label}: ${text}`];
  const plain = (text: string | undefined): string | undefined => text && plainText(text);
  return [
    "<details>",
    `<summary><b>${severity}</b>${finding.kind === "review" ? " (review)" : ""}${since === undefined ? "" : ` (${since})`}${where}: ${plainText(what)}</summary>`,
    "",
    ...fact("Who", plain(whoIn(finding, 40))),
    ...fact("Got", plain(got)),
    ...fact("Allowed", plain(allowed)),
    ...fact("Not decided", plain(renderUndecided(finding))),
    ...fact("Do", plain(todo)),
    ...fact("Where", placeOf(finding).map(codeName).join(", ")),
    ...fact("Rule", `${link}, ${plainText(title)}${page}`),
    ...fact("Fingerprint, for a baseline", codeName(fingerprint)),
    "",
    "</details>",
    "",
    "",
  ].join("\n");
}

function privileges({ changes }: Audit): Section | undefined {
  const items = changes.flatMap(({ identity, cluster, gained, lost }) => {
    const who = cluster === undefined ? codeName(identity) : `${codeName(identity)} on ${codeName(cluster)}`;
    return [...privilegeItems(`${who} gains`, gained), ...privilegeItems(`${who} loses`, lost)];
  });
  if (items.length === 0) return undefined;
  return {
    begin: `<details>\n<summary>Privileges, one by one</summary>\n\n`,
    items,
    more: (count) => `- ${count} more …\n`,
    end: "\n</details>\n\n",
  };
}

function privilegeItems(start: string, paths: AccessChange["gained"]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { path, privilege } of paths) names.set(path, [...(names.get(path) ?? []), privilege]);
  return [...names].map(
    ([path, privileges]) => `- ${start} through ${codeName(path)}: ${privileges.map(codeName).join(", ")}\n`,
  );
}

function baseline({ accepted, expired, unmatched }: Audit): Section | undefined {
  const items = [
    ...baselineNotes(expired, unmatched),
    ...accepted.map(({ finding, entry }) => `Accepted until ${entry.until}: ${finding.what} Reason: ${entry.reason}`),
  ].map((note) => `- ${plainText(note)}\n`);
  if (items.length === 0) return undefined;
  return {
    begin: `<details>\n<summary>Baseline: ${accepted.length} accepted, ${expired.length} ended, ${unmatched.length} without a match</summary>\n\n`,
    items,
    more: (count) => `- ${count} more …\n`,
    end: "\n</details>\n",
  };
}
