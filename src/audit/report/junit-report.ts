import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import { type BaselineEntry } from "../gate/baseline.ts";
import { counterOf } from "../gate/verdict.ts";
import { visible } from "../shown-text.ts";
import { plansBeside } from "./plan-sums.ts";
import type { ReportOptions } from "./report-options.ts";
import { placeOf, renderUndecided, sinceWhen, whoIn } from "./words.ts";

interface Suite {
  readonly id: string;
  readonly cases: readonly TestCase[];
}

interface TestCase {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly finding?: Finding;
  /** Why it is skipped. */
  readonly reason?: string;
}

/**
 * Renders an audit as tests: each rule is a suite, and each finding a test in it that fails. A rule without findings is one
 * test that passes, so that a CI system shows what was looked for. Findings that are less severe than the gate pass, with their
 * text as output; accepted ones are skipped.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function renderJunitReport(audit: Audit, options: ReportOptions): string {
  const suites = audit.rules.map((rule) => suiteOf(rule, audit, options));
  const all = suites.flatMap(({ cases }) => cases);
  const name = `cdktf-qumulo audit${options.name === undefined ? "" : ` ${options.name}`}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name, ...countsOf(all) })}>`,
    ...suites.map(renderSuite),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteOf({ id, title }: Audit["rules"][number], audit: Audit, options: ReportOptions): Suite {
  const { open, accepted } = audit;
  const counts = counterOf(audit, options);
  const isOurs = ({ rule }: Finding): boolean => rule === id;
  const cases = [
    ...open.filter(isOurs).map((finding) => openCase(finding, counts(finding))),
    ...accepted.filter(({ finding }) => isOurs(finding)).map(({ finding, entry }) => acceptedCase(finding, entry)),
  ];
  if (cases.length > 0) return { id, cases };
  // A rule that could not tell has not passed.
  const isUndecided = open.some(({ undecided }) => undecided.includes(id));
  const reason = "not decided: what it needs is not known, which is to be reviewed";
  return {
    id,
    cases: [isUndecided ? { name: title, outcome: "skipped", reason } : { name: title, outcome: "passed" }],
  };
}

function openCase(finding: Finding, fails: boolean): TestCase {
  return { name: nameOf(finding), outcome: fails ? "failed" : "passed", finding };
}

function acceptedCase(finding: Finding, { reason, until }: BaselineEntry): TestCase {
  return { name: nameOf(finding), outcome: "skipped", finding, reason: `accepted until ${until}: ${reason}` };
}

/** The same from run to run, so that CI systems tell new failures from old ones. */
function nameOf(finding: Finding): string {
  const { title, address, identity, cluster, fingerprint } = finding;
  const place = [address, identity, cluster, ...plansBeside(finding)].filter((part) => part !== undefined);
  return `${title}: ${place.length === 0 ? "" : `${place.join(", ")} `}(${fingerprint.slice(0, 8)})`;
}

function renderSuite({ id, cases }: Suite): string {
  return [
    `  <testsuite ${attributes({ name: id, ...countsOf(cases) })}>`,
    ...cases.map((testCase) => renderCase(id, testCase)),
    "  </testsuite>",
  ].join("\n");
}

function renderCase(rule: string, { name, outcome, finding, reason }: TestCase): string {
  const { file, line } = finding?.location ?? {};
  const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  const head = attributes({ classname: `cdktf-qumulo.audit.${rule}`, name, time: 0, ...place });
  const inner = finding === undefined ? renderSkipped(reason) : renderOutcome(finding, outcome, reason);
  return inner === "" ? `    <testcase ${head}/>` : `    <testcase ${head}>\n      ${inner}\n    </testcase>`;
}

function renderSkipped(reason: string | undefined): string {
  return reason === undefined ? "" : `<skipped ${attributes({ message: reason })}/>`;
}

function renderOutcome(finding: Finding, outcome: TestCase["outcome"], reason: string | undefined): string {
  const { severity, what } = finding;
  const text = escapeXml(bodyOf(finding));
  switch (outcome) {
    case "failed":
      return `<failure ${attributes({ type: severity, message: what })}>${text}</failure>`;
    case "skipped":
      return renderSkipped(reason ?? "");
    case "passed":
      return `<system-out>${text}</system-out>`;
  }
}

function bodyOf(finding: Finding): string {
  const { kind, severity, rule, what, got, allowed, todo, fingerprint } = finding;
  const [who, since, undecided] = [whoIn(finding, 40), sinceWhen(finding), renderUndecided(finding)];
  const marks = [kind === "review" ? " (review)" : "", since === undefined ? "" : ` (${since})`].join("");
  return [
    `${severity}${marks} ${rule} ${placeOf(finding).join(", ")}`,
    what,
    ...(who === undefined ? [] : [`who: ${who}`]),
    ...(got === undefined ? [] : [`got: ${got}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
    ...(undecided === undefined ? [] : [`not decided: ${undecided}`]),
    `do: ${todo}`,
    `fingerprint: ${fingerprint}`,
  ]
    .map((line) => visible(line))
    .join("\n");
}

function countsOf(cases: readonly TestCase[]): Readonly<Record<string, number>> {
  const count = (asked: TestCase["outcome"]): number => cases.filter(({ outcome }) => outcome === asked).length;
  return { tests: cases.length, failures: count("failed"), errors: 0, skipped: count("skipped"), time: 0 };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(visible(String(value)))}"`)
    .join(" ");
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
