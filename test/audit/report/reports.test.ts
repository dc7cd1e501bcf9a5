import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "@jest/globals";
import MarkdownIt from "markdown-it";
import type { Log } from "sarif";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { type Audit, audit, type AuditOptions } from "../../../src/audit/audit.ts";
import { counterOf } from "../../../src/audit/gate/verdict.ts";
import { renderGithubReport } from "../../../src/audit/report/github-report.ts";
import { renderJunitReport } from "../../../src/audit/report/junit-report.ts";
import { renderMarkdownReport } from "../../../src/audit/report/markdown-report.ts";
import type { ReportOptions } from "../../../src/audit/report/report-options.ts";
import { renderSarifReport } from "../../../src/audit/report/sarif-report.ts";
import { renderTextReport } from "../../../src/audit/report/text-report.ts";
import { change, holder, kept, newHolder, planOf } from "../../support/plans/plan-builder.ts";
import { sarifFaults } from "../sarif/sarif-faults.ts";

const plans = path.resolve(__dirname, "../plans");
const now = new Date("2026-03-02T08:00:00Z");
const options: ReportOptions = {
  failOn: "high",
  rulePage: (rule) => `https://example.com/${rule}.md`,
};

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(path.join(plans, name), "utf8"));
}

function auditOf(plan: unknown, more: Partial<AuditOptions> = {}): Audit {
  return audit(plan, { now, ...more });
}

function sarifOf(result: Audit, planFile?: string): Log {
  // Its own test holds it to the schema.
  return JSON.parse(renderSarifReport(result, { ...options, version: "1.2.3", planFile })) as Log;
}

/** Throws when it is not XML. */
function elements(xml: string, name: string): readonly Element[] {
  const parser = new DOMParser({
    onError: (level, message) => {
      if (level !== "warning") throw new Error(message);
    },
  });
  return [...parser.parseFromString(xml, "text/xml").getElementsByTagName(name)];
}

/** A plan in which a group, a role and a user have this name. */
function named(name: string): unknown {
  return planOf([
    kept("qumulo_local_user.svc", { id: "1001", name }),
    change("qumulo_role.svc", { after: { name, privileges: ["PRIVILEGE_ROLE_WRITE"] } }),
    change("qumulo_role_member.svc", { after: { role_name: name, auth_id: "1001" } }),
  ]);
}

const hostile = [
  "<script>alert(1)</script></details></summary>",
  "a | b \"c\" 'd' `e` *f* _g_ ~h~ [i](https://evil.example) ![j](x) \\ $k$",
  "@octocat closes #12, GH-13 and !14 at https://evil.example or www.evil.example",
  "two\nlines\r\n::error::made up\n/close",
  "\u001b[31mred\u001b[0m \u0007 \u202eright to left\u2066",
  "]]></failure><testcase/> &amp; %0A::warning::x",
  "half a pair \ud83d and 👩‍👩‍👧‍👦",
  "n".repeat(10_000),
  "👩".repeat(10_000),
];

test.each(readdirSync(plans))("all reports of %s are well-formed and hold no secret", (name) => {
  const result = auditOf(recorded(name));

  const sarif = sarifOf(result, "plan.json");
  const junit = renderJunitReport(result, options);
  const all = [
    JSON.stringify(sarif),
    junit,
    renderMarkdownReport(result, options),
    renderGithubReport(result, options),
  ];

  expect(sarifFaults(sarif)).toBe("");
  expect(sarif.runs[0]?.results).toHaveLength(result.open.length);
  expect(elements(junit, "failure")).toHaveLength(result.open.filter(counterOf(result, options)).length);
  expect(all.join("\n")).not.toMatch(/Canary|access-v1:|session-v1:/);
});

test("the schema of SARIF refuses what is none", () => {
  const log = sarifOf(auditOf(planOf(holder("ROLE_WRITE"))));

  expect(sarifFaults({ ...log, version: "2.0.0" })).toContain("version");
  expect(sarifFaults({ ...log, runs: [{ results: [] }] })).toContain("tool");
});

test.each(hostile)("the name %j breaks out of no report", (name) => {
  const result = auditOf(named(name));

  const sarif = sarifOf(result);
  const markdown = renderMarkdownReport(result, options);
  const junit = renderJunitReport(result, options);
  const github = renderGithubReport(result, options);

  expect(sarifFaults(sarif)).toBe("");
  expect(elements(junit, "testcase")).toHaveLength(auditOf(named("plain")).open.length + passing(result));
  expect(github.split("\n").filter((line) => line.startsWith("::"))).toHaveLength(result.open.length);
  expect(markdown.length).toBeLessThan(20_000);
  for (const report of [markdown, junit, github, JSON.stringify(sarif)]) {
    // eslint-disable-next-line no-control-regex -- these are the characters that it is about
    expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
    expect(report).not.toContain("n".repeat(700));
  }
});

function passing({ rules, open }: Audit): number {
  return rules.filter(({ id }) => !open.some(({ rule }) => rule === id)).length;
}

test("a name steers no terminal: only our own colors are in the text, and what it holds is spelled out", () => {
  const name = "\u001b[8mhidden\u001b[0m \u009b31m\u202e\u200b\r\nHIGH drift";
  const result = auditOf(named(name));

  const text = renderTextReport(result, { failOn: "high", isColored: true, width: 80 });
  const plain = renderTextReport(result, { failOn: "high", isColored: false, width: 80 });

  // eslint-disable-next-line no-control-regex -- these are the characters that it is about
  expect(text).not.toMatch(/\u001b\[8m|\u001b\[0m|[\r\u009b\u202e\u200b]/);
  // eslint-disable-next-line no-control-regex -- these are the characters that it is about
  expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect(plain).toContain("‹U+001B›[8mhidden‹U+001B›[0m");
  expect(plain).toContain("‹U+009B›31m‹U+202E›‹U+200B›‹U+000D›‹U+000A›HIGH");
});

test.each([20, 60, 80, 200])("a text for %d columns keeps to them, whether or not it is colored", (width) => {
  const result = auditOf(recorded("opentofu-changes.json"));
  const render = (isColored: boolean): string => renderTextReport(result, { failOn: "high", isColored, width });

  const lines = render(false).split("\n");

  // A word that is longer than a line is not broken: it would not be found by a search.
  expect(lines.filter((line) => line.length > width && line.trim().includes(" "))).toEqual([]);
  expect(stripVTControlCharacters(render(true))).toBe(render(false));
});

test("a name makes no link, mention, reference, table cell or element in Markdown", () => {
  const result = auditOf(named(hostile.slice(0, 3).join(" ")));

  const markdown = renderMarkdownReport(result, options);

  const outside = markdown.replace(/<code>[^<]*<\/code>/g, "");
  expect(outside).not.toMatch(/@octocat|#12\b|GH-13|!14|:\/\/evil|www\.evil|\]\(https:\/\/evil/);
  expect(markdown).not.toMatch(/<script|`/);
  expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
  for (const row of markdown.split("\n").filter((line) => line.startsWith("|"))) {
    expect(row.match(/\|/g)).toHaveLength(5);
  }
});

test("underscores in two names that are code begin no emphasis between them", () => {
  const privileges = ["PRIVILEGE_<a>_READ", "PRIVILEGE_<a>_WRITE"];
  const result = auditOf(
    planOf([
      kept("qumulo_local_user.svc", { id: "1001", name: "svc" }),
      change("qumulo_role.svc", { after: { name: "svc", privileges } }),
      change("qumulo_role_member.svc", { after: { role_name: "svc", auth_id: "1001" } }),
    ]),
  );

  const html = new MarkdownIt({ html: true, linkify: false, xhtmlOut: false }).render(
    renderMarkdownReport(result, options),
  );

  expect(html).toContain("PRIVILEGE_&lt;a&gt;_WRITE");
  expect(html).not.toContain("<em>");
});

test("a comment on a pull request stays below the limit of the forge, is cut at whole items, and tells how many are left", () => {
  const many = Array.from({ length: 800 }, (_, index) => [
    change(`qumulo_local_user.u${index}`, { after: { id: `${2000 + index}`, name: `user-${index}` } }),
    change(`qumulo_role_member.u${index}`, { after: { role_name: "Administrators", auth_id: `${2000 + index}` } }),
  ]);
  const result = auditOf(planOf(many.flat()));

  const markdown = renderMarkdownReport(result, options);

  const [rows, moreRows] = [/^\| <code>/gm, /^\| (\d+) more …/m];
  const [items, moreItems] = [/<details>\n<summary><b>/g, /^(\d+) more findings …/m];
  const left = (pattern: RegExp): number => Number(pattern.exec(markdown)?.[1]);
  expect(markdown.length).toBeLessThanOrEqual(65_000);
  expect(markdown.length).toBeGreaterThan(55_000);
  expect((markdown.match(rows)?.length ?? 0) + left(moreRows)).toBe(800);
  expect((markdown.match(items)?.length ?? 0) + left(moreItems)).toBe(result.open.length);
  expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
});

test("a plan without any change makes a comment that says so", () => {
  const markdown = renderMarkdownReport(auditOf(planOf([])), { failOn: "high" });

  expect(markdown).toMatch(/^<!-- cdktf-qumulo audit -->\n/);
  expect(markdown).toContain("**Clean.** No findings.");
  expect(markdown).toContain("This plan has nothing in it that gives access to a Qumulo cluster.");
});

test("an accepted finding is suppressed in SARIF and skipped in JUnit, with its reason", () => {
  const baseline = [{ rule: "escalating-privilege", reason: "known <since> long", until: "2999-01-31" }];
  const result = auditOf(planOf(holder("ROLE_WRITE")), { baseline });

  const results = sarifOf(result).runs[0]?.results ?? [];
  const skipped = elements(renderJunitReport(result, options), "skipped");

  const suppressed = results.filter(({ suppressions = [] }) => suppressions.length > 0);
  expect(suppressed.map(({ ruleId }) => ruleId)).toEqual(["escalating-privilege"]);
  expect(suppressed[0]?.suppressions?.[0]).toMatchObject({ kind: "external", status: "accepted" });
  expect(skipped[0]?.getAttribute("message")).toBe("accepted until 2999-01-31: known <since> long");
});

test("fingerprints and rules stay the same where only lines move", () => {
  const plan = planOf(holder("ROLE_WRITE"));
  const at = (line: number): Log => sarifOf(auditOf(plan, { locate: () => ({ file: "a b/ü.tf", line }) }));

  const [before, after] = [at(3), at(30)].map(({ runs }) => runs[0]?.results ?? []);

  expect(before?.[0]?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: "a%20b/%C3%BC.tf", uriBaseId: "%SRCROOT%" },
    region: { startLine: 3 },
  });
  expect(after?.map(({ partialFingerprints }) => partialFingerprints)).toEqual(
    before?.map(({ partialFingerprints }) => partialFingerprints),
  );
});

test("a finding without a place in the configuration stands at the plan", () => {
  const [result] = sarifOf(auditOf(planOf([], { errored: true })), "out/plan.json").runs[0]?.results ?? [];

  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("out/plan.json");
});

test("an annotation names file and line, and a comma or colon in them ends nothing", () => {
  const locate = (): object => ({ file: "a,b:c%.tf", line: 12 });

  const github = renderGithubReport(auditOf(planOf(newHolder("ROLE_WRITE")), { locate }), options);

  expect(github).toContain("::error file=a%2Cb%3Ac%25.tf,line=12,title=critical escalating-privilege::");
});

test("what makes the audit fail is an error, and what does not is a warning or a notice", () => {
  const result = auditOf(planOf(newHolder("QUOTA_WRITE")));

  const levels = (failOn: ReportOptions["failOn"]): readonly string[] =>
    [...renderGithubReport(result, { ...options, failOn }).matchAll(/^::(\w+) .*service-interrupting/gm)].map(
      ([, level]) => level ?? "",
    );

  expect(levels("high")).toEqual(["warning"]);
  expect(levels("medium")).toEqual(["error"]);
});

test("of more than ten errors GitHub shows nine and where the others are", () => {
  const members = Array.from({ length: 12 }, (_, index) =>
    change(`qumulo_role_member.u${index}`, { after: { role_name: "Administrators", auth_id: `${2000 + index}` } }),
  );
  const result = auditOf(planOf(members));

  const lines = renderGithubReport(result, options).split("\n");

  const errors = lines.filter((line) => line.startsWith("::error "));
  expect(errors).toHaveLength(10);
  expect(errors.at(-1)).toContain("more findings stand in the log of this step.");
  for (const { address = "" } of result.open) expect(lines.join("\n")).toContain(address);
});
