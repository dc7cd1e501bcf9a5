import { type AccessChange, isChange } from "../access/access-changes.ts";
import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import { codeMarkdown, fitSections, plainMarkdown, type Section } from "./markdown-text.ts";
import { baselineNotes, counted, placeOf, renderToken, type ReportOptions, sumOf } from "./words.ts";

/** GitHub takes 65,536 characters in a comment; some are left to whoever posts it. */
const longestComment = 65_000;
const mostInCell = 6;

/**
 * Renders an audit as a comment on a pull request.
 *
 * Its first line is a comment in HTML that stays the same: by it, a job finds its comment of last time and replaces it.
 */
export function renderMarkdownReport(audit: Audit, options: ReportOptions): string {
  const head = `${headOf(audit, options)}\n`;
  const sections = [
    audit.kind === "state" ? accessNow(audit) : accessChanges(audit),
    findings(audit, options),
    privileges(audit),
    baseline(audit),
  ].filter((section) => section !== undefined);
  return head + fitSections(sections, longestComment - head.length);
}

function headOf({ open }: Audit, { name, failOn, isClean }: ReportOptions): string {
  const verdict = isClean ? "Clean" : "Not clean";
  return [
    `<!-- cdktf-qumulo audit${name === undefined ? "" : ` ${name}`} -->`,
    `## Access audit${name === undefined ? "" : `: ${plainMarkdown(name)}`}`,
    "",
    `**${verdict}.** ${sumOf(open)} What is ${failOn} or graver makes the audit fail.`,
    "",
  ].join("\n");
}

function accessChanges({ changes }: Audit): Section {
  const changing = changes.filter(isChange);
  const rest = changes.length - changing.length;
  const others = rest === 0 ? "" : `${counted(rest, "other keeps", "others keep")} what they have.\n\n`;
  const begin = "### Who gains and who loses what\n\n";
  if (changing.length === 0) return { begin: `${begin}Nobody.\n\n${others}`, items: [], more: () => "", end: "" };
  return {
    begin: `${begin}| Identity | Gains | Loses | Access tokens |\n| --- | --- | --- | --- |\n`,
    items: changing.map(changeRow),
    more: (count) => `| ${count} more … | | | |\n`,
    end: `\n${others}`,
  };
}

function changeRow(change: AccessChange): string {
  const { before, after, gained, lost, needsReview } = change;
  const roles = (paths: readonly string[], others: readonly string[]): readonly string[] =>
    paths.filter((path) => !others.includes(path)).map(codeMarkdown);
  const count = (paths: AccessChange["gained"]): readonly string[] =>
    paths.length === 0 ? [] : [counted(paths.length, "privilege", "privileges")];
  const tokens = change.tokens
    .filter(({ event }) => event !== "stays")
    .map((token) => plainMarkdown(renderToken(token)));
  return row([
    identityCell(change),
    [...roles(after, before), ...count(gained), ...(needsReview ? ["**review**: not all privileges are known"] : [])],
    [...roles(before, after), ...count(lost)],
    tokens,
  ]);
}

function accessNow({ changes }: Audit): Section {
  const begin = "### Who has access\n\n";
  if (changes.length === 0) return { begin: `${begin}Nobody.\n\n`, items: [], more: () => "", end: "" };
  return {
    begin: `${begin}| Identity | Roles | Access tokens |\n| --- | --- | --- |\n`,
    items: changes.map((change) =>
      row([
        identityCell(change),
        change.after.map(codeMarkdown),
        change.tokens.map(
          ({ place, endAfter }) =>
            codeMarkdown(place) + (endAfter === undefined ? "" : `, until ${plainMarkdown(endAfter)}`),
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
    codeMarkdown(identity),
    ...(facts.length === 0 ? [] : [facts.join(", ")]),
    ...(cluster === undefined ? [] : [`on ${codeMarkdown(cluster)}`]),
  ];
}

function row(cells: readonly (readonly string[])[]): string {
  const texts = cells.map((lines) => {
    const rest = lines.length - mostInCell;
    return [...lines.slice(0, mostInCell), ...(rest > 0 ? [`${rest} more …`] : [])].join("<br>");
  });
  return `| ${texts.join(" | ")} |\n`;
}

function findings({ open }: Audit, options: ReportOptions): Section | undefined {
  if (open.length === 0) return undefined;
  return {
    begin: "### Findings\n\n",
    items: open.map((finding) => findingItem(finding, options)),
    more: (count) => `${counted(count, "more finding", "more findings")} …\n\n`,
    end: "",
  };
}

function findingItem(finding: Finding, { rulePage }: ReportOptions): string {
  const { severity, rule, title, what, got, allowed, todo, isNew, fingerprint } = finding;
  const link = rulePage === undefined ? codeMarkdown(rule) : `[${codeMarkdown(rule)}](${encodeURI(rulePage(rule))})`;
  const fact = (label: string, text: string | undefined): readonly string[] =>
    text === undefined || text === "" ? [] : [`- ${label}: ${text}`];
  const plain = (text: string | undefined): string | undefined => text && plainMarkdown(text);
  return [
    "<details>",
    `<summary><b>${severity}</b>${isNew ? "" : " (already so)"}: ${plainMarkdown(what)}</summary>`,
    "",
    ...fact("Got", plain(got)),
    ...fact("Allowed", plain(allowed)),
    ...fact("Do", plain(todo)),
    ...fact("Where", placeOf(finding).map(codeMarkdown).join(", ")),
    ...fact("Rule", `${link}, ${plainMarkdown(title)}`),
    ...fact("Fingerprint, for a baseline", codeMarkdown(fingerprint)),
    "",
    "</details>",
    "",
    "",
  ].join("\n");
}

function privileges({ changes }: Audit): Section | undefined {
  const items = changes.flatMap(({ identity, gained, lost }) => [
    ...gained.map((it) => privilegeItem(identity, "gains", it)),
    ...lost.map((it) => privilegeItem(identity, "loses", it)),
  ]);
  if (items.length === 0) return undefined;
  return {
    begin: `<details>\n<summary>Privileges, one by one (${items.length})</summary>\n\n`,
    items,
    more: (count) => `- ${count} more …\n`,
    end: "\n</details>\n\n",
  };
}

function privilegeItem(identity: string, verb: string, { privilege, path }: AccessChange["gained"][number]): string {
  return `- ${codeMarkdown(identity)} ${verb} ${codeMarkdown(privilege)} by ${codeMarkdown(path)}\n`;
}

function baseline({ accepted, expired, unmatched }: Audit): Section | undefined {
  const items = [
    ...baselineNotes(expired, unmatched),
    ...accepted.map(({ finding, entry }) => `Accepted until ${entry.until}: ${finding.what} Reason: ${entry.reason}`),
  ].map((note) => `- ${plainMarkdown(note)}\n`);
  if (items.length === 0) return undefined;
  return {
    begin: `<details>\n<summary>Baseline: ${accepted.length} accepted, ${expired.length} ended, ${unmatched.length} without a match</summary>\n\n`,
    items,
    more: (count) => `- ${count} more …\n`,
    end: "\n</details>\n",
  };
}
