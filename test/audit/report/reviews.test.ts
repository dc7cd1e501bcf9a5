import { expect, test } from "@jest/globals";
import { audit } from "../../../src/audit/audit.ts";
import { reportFormats } from "../../../src/audit/report/formats.ts";
import { change, planOf } from "../../support/plans/plan-builder.ts";

const now = new Date("2026-03-02T08:00:00Z");
/** One finding, and one review of which the rules about the end of an access token are undecided. */
const result = audit(
  planOf([
    change("qumulo_access_token.svc", {
      after: { user: "local:svc", enabled: true },
      unknown: { id: true, expires_in: true, expiration_time: true },
    }),
    change("qumulo_role.empty", { after: { name: "empty", privileges: [] } }),
  ]),
  { now },
);
const options = { failOn: "high", now } as const;

async function rendered(name: keyof typeof reportFormats): Promise<string> {
  return (await reportFormats[name].load())(result, options);
}

test.each([
  ["text", /^Findings: 1 low\. For review: 1 medium\. To be reviewed\. The audit fails on new findings/m],
  ["markdown", /^\*\*To be reviewed\.\*\* Findings: 1 low\. For review: 1 medium\./m],
  [
    "github",
    /^Access audit: Findings: 1 low\. For review: 1 medium\. To be reviewed\. The audit fails on new findings/m,
  ],
  ["html", /To be reviewed: not everything is known/],
  ["html", /For review <span class="severity medium">1 medium<\/span>/],
  ["json", /"verdict": "review"/],
  ["json", /"reviews": \{\s+"critical": 0,\s+"high": 0,\s+"medium": 1,/],
] as const)("the form %s counts what is to be reviewed beside what is found: %s", async (name, expected) => {
  expect(await rendered(name)).toMatch(expected);
});

test.each(["text", "markdown", "github", "html", "junit", "sarif", "json"] as const)(
  "the form %s says of a review that it is one, which rules cannot tell, and never that all is clean",
  async (name) => {
    const report = await rendered(name);

    expect(report).toMatch(/\(review\)|Review: |>review<|"kind": "review"/);
    expect(report).toContain("token-never-expires");
    expect(report).not.toMatch(/Clean[,.:]|"verdict": "clean"/);
  },
);

test("in JUnit a rule that cannot tell is skipped, and has not passed", async () => {
  const report = await rendered("junit");

  const suite = /<testsuite name="token-never-expires"[^]*?<\/testsuite>/.exec(report)?.[0];
  expect(suite).toContain('tests="1" failures="0" errors="0" skipped="1"');
  expect(suite).toContain("not decided: what it needs is not known");
});
