import { createHash } from "node:crypto";
import { riskWords } from "../../../access/risk.ts";
import type { Audit } from "../../audit.ts";
import type { Finding } from "../../finding.ts";
import { severities } from "../../gate/severity.ts";
import { counterOf, verdictOf } from "../../gate/verdict.ts";
import type { ReportOptions } from "../report-options.ts";
import { accessSum, countBySeverity, counted } from "../words.ts";
import { renderAccessTable } from "./access-table.ts";
import { renderFindings } from "./finding-list.ts";
import { pageScript, pageStyle } from "./generated/page-files.ts";
import { graphOf, PrivilegeTable } from "./graph-data.ts";
import { identityKey, type RankedChange, ranked } from "./gravity.ts";
import { identityMark } from "./marks.ts";
import { markup, type Markup, scriptJson } from "./markup.ts";
import type { PageData, PageGraph } from "./page-data.ts";
import { renderPlans } from "./plan-list.ts";
import { detailsPlace, renderFilter, renderGraph, renderLives } from "./page-parts.ts";
import { tokenLivesOf } from "./token-lives.ts";

/**
 * Renders an audit as one self-contained HTML page: it makes no requests, and its content security policy forbids everything
 * except its own program.
 */
export function renderHtmlReport(audit: Audit, options: ReportOptions): string {
  const { now = new Date() } = options;
  const changes = ranked(audit);
  const data = dataOf(audit, now, changes);
  const hasChanges = changes.some(({ change, gravest }) => gravest.ofNew > 0 || identityMark(change) !== "kept");
  const title = titleOf(audit, options);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>${{ html: pageStyle }}</style>
      </head>
      <body data-kind="${audit.kind}">
        <a class="skip" href="#findings">To the findings</a>
        <a class="skip" href="#graph">To the graph</a>
        <header>
          <div class="title">
            <h1>${title}</h1>
            ${renderVerdict(audit, options)}
          </div>
          ${summaryOf(audit)} ${renderPlans(audit, options)}
          <p id="asked" class="on-paper"></p>
        </header>
        ${renderFilter(audit, { text: options.filter, onlyChanged: hasChanges && options.filter === undefined })}
        <main>
          ${renderAccessTable({ audit, changes, places: placesOf(data), now })}
          <div id="beside" tabindex="0" role="region" aria-label="Findings and details">
            ${detailsPlace} ${renderFindings(audit, options)}
          </div>
          ${renderGraph(audit)} ${renderLives(now)}
        </main>
        <footer>
          cdktf-qumulo audit, ${now.toISOString().slice(0, 16).replace("T", " ")}
          UTC${audit.engineVersion === undefined ? "" : `; engine ${audit.engineVersion}`}
        </footer>
        <script type="application/json" id="data">${scriptJson(data)}</script>
        <script>${{ html: pageScript }}</script>
      </body>
    </html> `;
  return page.html;
}

function titleOf({ kind, plans }: Audit, { name }: ReportOptions): string {
  const which = plans.length > 1 ? `these ${plans.length} plans change` : "this plan changes";
  const subject = kind === "plan" ? `What ${which} about access` : "What access there is now";
  return name === undefined ? subject : `${subject}: ${name}`;
}

function dataOf(audit: Audit, now: Date, ranks: readonly RankedChange[]): PageData {
  const privileges = new PrivilegeTable();
  const changes = new Map(
    ranks.map((ranked, rank) => {
      const { cluster, identity } = ranked.change;
      return [identityKey(cluster, identity), { ...ranked, rank }];
    }),
  );
  const plans = audit.plans.map(({ name }) => name);
  const graphs = audit.clusters
    .map((access) => graphOf({ access, changes, privileges, plans }))
    // Where the gravest change is, comes first.
    .sort((left, right) => firstRank(left) - firstRank(right));
  return {
    kind: audit.kind,
    plans,
    now: now.getTime(),
    risks: Object.values(riskWords).map(({ title }) => title),
    privileges: privileges.list(),
    graphs,
    tokens: audit.changes.flatMap((change) => tokenLivesOf(change, now)),
  };
}

function firstRank({ identities }: PageGraph): number {
  return identities.reduce((least, { rank }) => Math.min(least, rank), Number.MAX_SAFE_INTEGER);
}

/** Where each identity stands in the data: the graph and its index there. */
function placesOf({ graphs }: PageData): ReadonlyMap<string, string> {
  return new Map(
    graphs.flatMap(({ cluster, identities }, graph) =>
      identities.map(({ label }, index) => [identityKey(cluster, label), `${graph}.${index}`] as const),
    ),
  );
}

const verdictSigns = { clean: "✓", passed: "✓", review: "?", findings: "✕" } as const;

function renderVerdict(audit: Audit, options: ReportOptions): Markup {
  const { failOn } = options;
  const verdict = verdictOf(audit, options);
  const counts = counterOf(audit, options);
  const grave = audit.open.filter((finding) => finding.kind === "finding" && counts(finding)).length;
  const least = failOn === "critical" ? failOn : `${failOn} or more severe`;
  const which = audit.kind === "state" || options.failOnExisting === true ? "" : "new ";
  const words = {
    clean: `Clean: no finding is ${least}`,
    passed: `Passed: no ${which}finding is ${least}`,
    review: `To be reviewed: not everything is known, and no ${which}finding is ${least}`,
    findings: `Not clean: ${counted(grave, `${which}finding is`, `${which}findings are`)} ${least}`,
  };
  return markup`<p class="verdict ${verdict}">
    <span aria-hidden="true">${verdictSigns[verdict]} </span>${words[verdict]}
  </p>`;
}

/** The summary: whose access changes, and how many findings are new, to be reviewed, or were so already. */
function summaryOf(audit: Audit): Markup {
  const { kind, open } = audit;
  const found = open.filter((finding) => finding.kind === "finding");
  const isOld = (finding: Finding): boolean => kind === "plan" && !finding.isNew;
  return markup`<p class="summary">
    ${accessSum(audit)} ${open.length === 0 ? "No findings." : undefined}
    ${severityCounts(
      kind === "plan" ? "New findings" : "Findings",
      found.filter((finding) => !isOld(finding)),
    )}
    ${severityCounts(
      "For review",
      open.filter((finding) => finding.kind === "review"),
    )}
    ${severityCounts("Already so", found.filter(isOld))}
  </p>`;
}

function severityCounts(title: string, findings: readonly Finding[]): Markup | undefined {
  if (findings.length === 0) return undefined;
  const found = countBySeverity(findings);
  const counts = severities
    .toReversed()
    .filter((severity) => found[severity] > 0)
    .map((severity) => markup`<span class="severity ${severity}">${found[severity]} ${severity}</span> `);
  return markup`<span class="counts">${title} ${counts}</span>`;
}

function policy(): string {
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(pageScript)}`,
    `style-src ${hash(pageStyle)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}
