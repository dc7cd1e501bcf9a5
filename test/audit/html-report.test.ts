import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { audit } from "../../src/audit/audit.ts";
import { markup, scriptJson } from "../../src/audit/report/html/markup.ts";
import { renderHtmlReport } from "../../src/audit/report/html/html-report.ts";
import type { PageData, PageSpan } from "../../src/audit/report/html/page-data.ts";
import { officePlan, officeTime } from "../support/plans/office-plan.ts";
import { change, holder, kept, planOf, token } from "../support/plans/plan-builder.ts";

const plans = path.resolve(__dirname, "plans");
const now = new Date("2026-03-02T08:00:00Z");
const day = 86_400_000;

function pageOf(plan: unknown): string {
  return renderHtmlReport(audit(plan, { now }), { failOn: "high", now });
}

function dataOf(page: string): PageData {
  const text = /<script type="application\/json" id="data">(.*)<\/script>/.exec(page)?.[1] ?? "";
  // The page's own program reads it the same way.
  return JSON.parse(text) as PageData;
}

function spansOf(given: Parameters<typeof change>[1]): readonly PageSpan[] {
  const page = pageOf(planOf([...holder("METRICS_READ"), change("qumulo_access_token.svc", given)]));
  return dataOf(page).tokens[0]?.spans ?? [];
}

test.each(readdirSync(plans))("the page of %s holds no secret, and names every identity", (name) => {
  const document: unknown = JSON.parse(readFileSync(path.join(plans, name), "utf8"));
  const result = audit(document, { now });

  const page = renderHtmlReport(result, { failOn: "high", now });

  expect(page).not.toMatch(/Canary|access-v1:|session-v1:/);
  const drawn = dataOf(page).graphs.flatMap(({ identities }) => identities.map(({ label }) => label));
  expect(drawn.toSorted()).toEqual(result.changes.map(({ identity }) => identity).toSorted());
  for (const { identity } of result.changes) expect(page).toContain(`<bdi>${identity}</bdi>`);
  for (const { fingerprint } of result.open) expect(page).toContain(`id="finding-${fingerprint}"`);
});

test("the page's own policy allows its own program and style, and nothing else", () => {
  const page = pageOf(planOf(holder("METRICS_READ")));
  const hashOf = (text = ""): string => createHash("sha256").update(text).digest("base64");
  const script = /<script>([^]*)<\/script>/.exec(page)?.[1];
  const style = /<style>([^]*)<\/style>/.exec(page)?.[1];

  expect(page).toContain("default-src &#39;none&#39;");
  expect(page).toContain(`script-src &#39;sha256-${hashOf(script)}&#39;`);
  expect(page).toContain(`style-src &#39;sha256-${hashOf(style)}&#39;`);
  expect(page).not.toMatch(/ (?:src|href)="(?!#)/);
});

test("an audit of 500 identities makes a page of less than two megabytes", () => {
  const page = renderHtmlReport(audit(officePlan(500), { now: officeTime }), { failOn: "high", now });

  expect(page.length).toBeLessThan(2_000_000);
});

test("a rotated token works on for its overlap, and its successor for its life", () => {
  const before = { ...token, creation_time: "2026-02-01T08:00:00Z", expiration_time: "2026-05-02T08:00:00Z" };
  const after = { user: token.user, enabled: true, expires_in: "90d", overlap: "24h" };

  const spans = spansOf({ actions: ["update"], before, after, unknown: { id: true, expiration_time: true } });

  const start = now.getTime();
  expect(spans).toEqual([
    { kind: "old", from: Date.parse(before.creation_time), to: start, end: "known" },
    { kind: "overlap", from: start, to: start + day, end: "known" },
    { kind: "cut", from: start + day, to: Date.parse(before.expiration_time), end: "known" },
    { kind: "new", from: start, to: start + 90 * day, end: "known" },
  ]);
});

test("an overlap lasts no longer than the old token itself", () => {
  const before = { ...token, expiration_time: "2026-03-02T20:00:00Z" };
  const after = { user: token.user, enabled: true, expires_in: "90d", overlap: "24h" };

  const spans = spansOf({ actions: ["update"], before, after, unknown: { id: true, expiration_time: true } });

  expect(spans.map(({ kind }) => kind)).toEqual(["old", "overlap", "new"]);
  expect(spans[1]?.to).toBe(Date.parse(before.expiration_time));
});

test("a token without end never ends, and one whose end is decided later is not known", () => {
  const endless = { ...token, expires_in: null };

  expect(spansOf({ after: endless })[0]?.end).toBe("never");
  expect(spansOf({ after: endless, unknown: { expiration_time: true } })[0]?.end).toBe("unknown");
});

test("a deleted token is cut off", () => {
  const spans = spansOf({ actions: ["delete"], before: { ...token, expiration_time: "2026-05-02T08:00:00Z" } });

  expect(spans.map(({ kind }) => kind)).toEqual(["old", "cut"]);
});

test("the graph marks a role's privileges and the lines that come and go", () => {
  const plan = planOf([
    kept("qumulo_local_user.svc", { id: "1001", name: "svc" }),
    change("qumulo_role.r", {
      actions: ["update"],
      before: { name: "r", privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_DNS_READ"] },
      after: { name: "r", privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE"] },
    }),
    change("qumulo_role_member.svc", { after: { role_name: "r", auth_id: "1001" } }),
  ]);

  const { graphs, privileges, risks } = dataOf(pageOf(plan));

  const role = graphs[0]?.roles[0];
  const names = (indexes: readonly number[] = []): readonly unknown[] => indexes.map((it) => privileges[it]?.name);
  expect([names(role?.kept), names(role?.added), names(role?.removed)]).toEqual([
    ["QUOTA_READ"],
    ["ROLE_WRITE"],
    ["DNS_READ"],
  ]);
  expect(role?.mark).toBe("changed");
  expect(graphs[0]?.lines).toEqual([{ kind: "role", from: 0, to: 0, mark: "added" }]);
  expect(risks[privileges.find(({ name }) => name === "ROLE_WRITE")?.risk ?? -1]).toBe("Gains more rights");
});

test("what is filled in is escaped, and JSON never ends its element", () => {
  const hostile = `</script><!--"'&\u2028\u202e`;

  expect(markup`<b title="${hostile}">`.html).toBe(
    `<b title="&lt;/script&gt;&lt;!--&quot;&#39;&amp;‹U+2028›‹U+202E›">`,
  );
  expect(scriptJson({ hostile }).html).toBe(`{"hostile":"\\u003c/script>\\u003c!--\\"'&‹U+2028›‹U+202E›"}`);
});

test("a finding about nobody weighs on no identity", () => {
  const everyone = change("qumulo_role_member.all", {
    actions: ["no-op"],
    before: { role_name: "r", name: "Everyone", domain: "WORLD" },
    after: { role_name: "r", name: "Everyone", domain: "WORLD" },
  });
  const plan = planOf([kept("qumulo_role.r", { name: "r", privileges: [] }), everyone], { errored: true });
  const result = audit(plan, { now });

  const [identity] = dataOf(pageOf(plan)).graphs[0]?.identities ?? [];

  expect(result.open.some(({ rule, isNew }) => rule === "incomplete-plan" && isNew)).toBe(true);
  expect(identity?.address).toBeUndefined();
  expect(identity?.gravestNew).toBe(0);
});
