import { expect, test } from "@jest/globals";
import MarkdownIt from "markdown-it";
import type { Log } from "sarif";
import * as v from "valibot";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { AuditError } from "../../src/audit/audit-error.ts";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { parseBaseline } from "../../src/audit/gate/baseline.ts";
import { parsePolicy } from "../../src/audit/gate/policy.ts";
import { redactDocument } from "../../src/audit/redact.ts";
import type { ReportFormatName } from "../../src/audit/report/formats.ts";
import { renderGithubReport } from "../../src/audit/report/github-report.ts";
import { pageScript, pageStyle } from "../../src/audit/report/html/generated/page-files.ts";
import { renderHtmlReport } from "../../src/audit/report/html/html-report.ts";
import { renderJsonReport, reportSchema } from "../../src/audit/report/json-report.ts";
import { renderJunitReport } from "../../src/audit/report/junit-report.ts";
import { renderMarkdownReport } from "../../src/audit/report/markdown-report.ts";
import { renderSarifReport } from "../../src/audit/report/sarif-report.ts";
import { renderTextReport } from "../../src/audit/report/text-report.ts";
import { sarifFaults } from "../audit/sarif/sarif-faults.ts";
import { fc } from "../support/search.ts";
import { documentOf, hostileDocument, hostileFile, hostileText } from "./hostile-plans.ts";

/** How many documents each report is made of; see CONTRIBUTING.md. */
const runs = Number(process.env["HOSTILE_RUNS"] ?? 30);
const timeoutMs = 60_000 + 2_000 * runs;
/** By the seed a failure is repeated. The smallest input that fails is looked for only where more runs are asked for. */
const searching = { endOnFailure: process.env["HOSTILE_RUNS"] === undefined };
const now = new Date("2026-03-02T08:00:00Z");
const markdown = new MarkdownIt({ html: true, linkify: true, xhtmlOut: true });
const options = {
  failOn: "high",
  rulePage: (rule: string) => `https://pages.example/${rule}.md`,
} as const;
const writtenPolicy = {
  version: 1,
  maximum_lifetime: "90d",
  allowed_privileges: ["PRIVILEGE_QUOTA_READ"],
  forbidden_privileges: ["PRIVILEGE_ROLE_WRITE"],
  names: { users: "svc-.*", roles: "x" },
  principal: "plan-maker",
};
const writtenBaseline = {
  version: 1,
  entries: [
    { rule: "escalating-privilege", reason: "known since long", until: "2999-01-31" },
    { rule: "drift", address: "qumulo_role.plain", identity: "local:svc", reason: "is over", until: "2020-01-31" },
    { fingerprint: "0".repeat(32), reason: "matches nothing", until: "2999-01-31" },
  ],
};

/** An audit of something that means harm; `undefined` where it is refused, in words that harm nothing. */
function auditOf(work: () => Audit): Audit | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    expectHarmless(error.message.replaceAll("\n  ", " "));
    return undefined;
  }
}

const input = fc.record({
  document: hostileDocument(),
  policy: hostileFile(writtenPolicy),
  baseline: hostileFile(writtenBaseline),
  location: fc.record({ file: hostileText, constructPath: hostileText, line: fc.integer({ min: 1 }) }),
});

/** Makes reports of many audits, of which most are read to their end. */
function eachAudit(check: (result: Audit) => void): void {
  let read = 0;
  fc.assert(
    fc.property(input, ({ document, policy, baseline, location }) => {
      const result = auditOf(() =>
        audit(documentOf(document), {
          policy: parsePolicy(policy),
          baseline: parseBaseline(baseline),
          now,
          locate: () => location,
        }),
      );
      const alone = auditOf(() => audit(documentOf(document), { now, locate: () => location }));
      for (const one of [result, alone]) if (one !== undefined) check(one);
      if (alone !== undefined) read += 1;
    }),
    { numRuns: runs, ...searching },
  );
  expect(read).toBeGreaterThan(runs / 4);
}

/** The same characters as `unseen` of the reports, written down anew, but for those that make pictures. */
const unseen = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2028\u2029\u2060\ufeff\u00ad\u{e0001}-\u{e007f}]/u;
const anywhere = /##[\w.-]*\[/;

function expectHarmless(text: string): void {
  // All lines at once: reports have thousands.
  expect(text.replaceAll("\n", " ")).not.toMatch(unseen);
  expect(text).not.toMatch(anywhere);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toContain("CanaryCanary");
}

/** What is between two tags, as strict as XML: an element that a name opens or closes makes it malformed. */
function parseXml(text: string): readonly Element[] {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  return [...parser.parseFromString(text, "text/xml").getElementsByTagName("*")];
}

function others(elements: readonly Element[], own: RegExp): readonly string[] {
  return elements.map(({ tagName }) => tagName).filter((name) => !own.test(name));
}

function named(elements: readonly Element[], name: string): readonly Element[] {
  return elements.filter(({ tagName }) => tagName === name);
}

const reports: Readonly<Record<ReportFormatName, (result: Audit) => void>> = {
  // In a terminal and in the log of a CI system.
  text: (result) => {
    for (const width of [20, 100]) expectHarmless(renderTextReport(result, { ...options, isColored: false, width }));
  },
  // Each finding is at most one command.
  github: (result) => {
    const report = renderGithubReport(result, options);

    const commands = report.split("\n").filter((line) => line.trim().startsWith("::"));
    expect(commands.length).toBeLessThanOrEqual(result.open.length);
    for (const command of commands) {
      expect(command).toMatch(/^::(?:error|warning|notice) (?:[a-z]+=[^:,]*(?:,|(?=::)))+::[^:]/);
    }
    expectHarmless(report.replace(/^::/gm, ""));
  },
  // The same texts, and the shape that is promised.
  json: (result) => {
    const report = renderJsonReport(result, options);

    expectHarmless(report);
    const { findings, identities } = v.parse(reportSchema, JSON.parse(report));
    expect(findings.map(({ what }) => what)).toEqual(result.open.map(({ what }) => what));
    expect(identities.map(({ identity }) => identity)).toEqual(result.changes.map(({ identity }) => identity));
  },
  // It keeps to its schema.
  sarif: (result) => {
    const report = renderSarifReport(result, { ...options, version: "1.2.3", planFile: "plan.json" });

    expectHarmless(report);
    // The next line holds it to its schema.
    const log = JSON.parse(report) as Log;
    expect(sarifFaults(log)).toBe("");
    expect(log.runs[0]?.results).toHaveLength(result.open.length + result.accepted.length);
  },
  // A test for each finding, and for each rule without any.
  junit: (result) => {
    const report = renderJunitReport(result, options);

    expectHarmless(report);
    const elements = parseXml(report);
    const found = [...result.open, ...result.accepted.map(({ finding }) => finding)];
    const passing = result.rules.filter(({ id }) => !found.some(({ rule }) => rule === id));
    expect(named(elements, "testcase")).toHaveLength(found.length + passing.length);
    expect(others(elements, /^(?:testsuites?|testcase|failure|skipped|system-out)$/)).toEqual([]);
  },
  // Only our own elements, links and tables.
  markdown: (result) => {
    const report = renderMarkdownReport(result, options);

    expectHarmless(report.replaceAll("\u200b", ""));
    const html = markdown.render(report).replaceAll("<br>", "<br/>");
    const elements = parseXml(`<body>${html}</body>`);
    expect(
      others(elements, /^(?:body|h2|h3|p|strong|table|thead|tbody|tr|th|td|code|br|details|summary|b|ul|li|a)$/),
    ).toEqual([]);
    const attributes = elements.flatMap((element) =>
      [...element.attributes].map(({ name, value }) => `${name} ${value}`),
    );
    expect(attributes.filter((it) => !/^href https:\/\/pages\.example\/[a-z-]+\.md$/.test(it))).toEqual([]);
    const [rows, heads, cells] = ["tr", "th", "td"].map((name) => named(elements, name).length);
    expect(cells).toBe(((rows ?? 0) - (heads === 0 ? 0 : 1)) * (heads ?? 0));
    // Who gains what, the findings, and those that were so before.
    expect(named(elements, "h3").length).toBeLessThanOrEqual(3);
  },
  // Two scripts, one style, and as many findings as there are.
  html: (result) => {
    const page = renderHtmlReport(result, { ...options, now });

    expectHarmless(page.replace(pageScript, "").replace(pageStyle, ""));
    expect(page.match(/<script/gi)).toHaveLength(2);
    expect(page.match(/<\/script/gi)).toHaveLength(2);
    expect(page.match(/<style/gi)).toHaveLength(1);
    expect(page.match(/<(?:img|iframe|object|embed|svg|base|link)\b/gi)).toBeNull();
    expect(page.match(/<li\s+class="finding(?: accepted)?"/g)?.length ?? 0).toBe(
      result.open.length + result.accepted.length,
    );
  },
};

test(
  "no plan, policy or baseline breaks out of a report of any format",
  () => {
    eachAudit((result) => {
      for (const [report, check] of Object.entries(reports)) {
        try {
          check(result);
        } catch (cause) {
          throw new Error(`${report}: ${String(cause)}`, { cause });
        }
      }
    });
  },
  timeoutMs,
);

test(
  "a redacted copy of any document says the same about access, and holds no secret",
  () => {
    fc.assert(
      fc.property(hostileDocument(), (given) => {
        const document = documentOf(given);
        const result = auditOf(() => audit(document, { now }));
        if (result === undefined) return;

        const copy: unknown = JSON.parse(JSON.stringify(redactDocument(document)));

        expect(JSON.stringify(copy)).not.toContain("CanaryCanary");
        expect(audit(copy, { now }).open).toEqual(result.open);
      }),
      { numRuns: runs, ...searching },
    );
  },
  timeoutMs,
);

test(
  "what is neither a policy nor a baseline is refused in words that harm nothing",
  () => {
    fc.assert(
      fc.property(
        hostileFile(writtenPolicy),
        hostileFile(writtenBaseline),
        fc.uint8Array(),
        (policy, baseline, bytes) => {
          for (const file of [policy, baseline, bytes]) {
            auditOf(() => audit({ format_version: "1.2", resource_changes: [] }, { now, policy: parsePolicy(file) }));
            auditOf(() =>
              audit({ format_version: "1.2", resource_changes: [] }, { now, baseline: parseBaseline(file) }),
            );
          }
        },
      ),
      { numRuns: 4 * runs, ...searching },
    );
  },
  timeoutMs,
);
