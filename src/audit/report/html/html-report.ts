import { createHash } from "node:crypto";
import { riskWords } from "../../../access/risk.ts";
import type { AccessChange } from "../../access/access-changes.ts";
import type { Audit } from "../../audit.ts";
import { isAtLeast, severities } from "../../gate/severity.ts";
import { verdictOf } from "../../gate/verdict.ts";
import type { ReportOptions } from "../report-options.ts";
import { accessSum, countBySeverity, counted } from "../words.ts";
import { renderAccessTable } from "./access-table.ts";
import { gravity, renderFindings } from "./finding-list.ts";
import { pageScript, pageStyle } from "./generated/page-files.ts";
import { graphOf, identityKey, PrivilegeTable } from "./graph-data.ts";
import { markup, type Markup, scriptJson } from "./markup.ts";
import type { PageData } from "./page-data.ts";
import { renderFilter, renderViews } from "./page-parts.ts";
import { tokenLivesOf } from "./token-lives.ts";

/**
 * Renders an audit as one HTML page that needs nothing else: it makes no request, and a policy of its own forbids all
 * but its own program.
 */
export function renderHtmlReport(audit: Audit, options: ReportOptions): string {
  const { now = new Date() } = options;
  const gravestOf = gravestByIdentity(audit);
  const ofChange = ({ cluster, identity }: AccessChange): number => gravestOf(cluster, identity);
  const subject = audit.kind === "plan" ? "What this plan changes about access" : "What access there is now";
  const title = options.name === undefined ? subject : `${subject}: ${options.name}`;
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
      <body>
        <a class="skip" href="#findings">To the findings</a>
        <a class="skip" href="#table">To the table</a>
        <header>
          <div class="title">
            <h1>${title}</h1>
            ${renderVerdict(audit, options)}
          </div>
          <p class="summary">${summaryOf(audit)}</p>
        </header>
        ${renderFilter(audit, options)}
        <main>${renderViews(audit)} ${renderFindings(audit, options)} ${renderAccessTable(audit, ofChange)}</main>
        <footer>
          cdktf-qumulo audit, ${now.toISOString().slice(0, 16).replace("T", " ")}
          UTC${audit.engineVersion === undefined ? "" : `; engine ${audit.engineVersion}`}
        </footer>
        <script type="application/json" id="data">${scriptJson(dataOf(audit, now, ofChange))}</script>
        <script>${{ html: pageScript }}</script>
      </body>
    </html> `;
  return page.html;
}

function dataOf(audit: Audit, now: Date, gravestOf: (change: AccessChange) => number): PageData {
  const privileges = new PrivilegeTable();
  const changes = new Map(audit.changes.map((change) => [identityKey(change.cluster, change.identity), change]));
  const gravest = (cluster: string | undefined, identity: string): number => {
    const change = changes.get(identityKey(cluster, identity));
    return change === undefined ? 0 : gravestOf(change);
  };
  const graphs = audit.clusters.map((access) => graphOf({ access, changes, gravestOf: gravest, privileges }));
  return {
    kind: audit.kind,
    now: now.getTime(),
    risks: Object.values(riskWords).map(({ title }) => title),
    privileges: privileges.list(),
    graphs,
    tokens: audit.changes.flatMap((change) => tokenLivesOf(change, now, gravestOf(change))),
  };
}

/** The gravest finding about each identity, or about what the plan says of it. */
function gravestByIdentity({ open, changes }: Audit): (cluster: string | undefined, identity: string) => number {
  const owners = new Map(
    changes.flatMap(({ cluster, identity, address, tokens }) =>
      [address, ...tokens.map(({ place }) => place)].map((place) => [place, identityKey(cluster, identity)] as const),
    ),
  );
  const gravest = new Map<string, number>();
  for (const { severity, identity, cluster, address } of open) {
    const key = identity === undefined ? owners.get(address) : identityKey(cluster, identity);
    if (key !== undefined) gravest.set(key, Math.max(gravest.get(key) ?? 0, gravity(severity)));
  }
  return (cluster, identity) => gravest.get(identityKey(cluster, identity)) ?? 0;
}

const verdictSigns = { clean: "✓", review: "?", findings: "✕" } as const;

function renderVerdict({ open }: Audit, options: ReportOptions): Markup {
  const { failOn } = options;
  const verdict = verdictOf(open, options);
  const grave = open.filter(({ kind, severity }) => kind === "finding" && isAtLeast(severity, failOn)).length;
  const least = failOn === "critical" ? failOn : `${failOn} or graver`;
  const words = {
    clean: `Clean: no finding is ${least}`,
    review: `To be reviewed: not everything is known, and no finding is ${least}`,
    findings: `Not clean: ${counted(grave, "finding is", "findings are")} ${least}`,
  };
  return markup`<p class="verdict ${verdict === "clean" ? "clean" : "unclean"}">
    <span aria-hidden="true">${verdictSigns[verdict]} </span>${words[verdict]}
  </p>`;
}

function summaryOf(audit: Audit): Markup {
  const [found, reviews] = (["finding", "review"] as const).map((asked) =>
    countsOf(audit.open.filter(({ kind }) => kind === asked)),
  );
  return markup`${accessSum(audit)} ${found?.length === 0 ? "No findings." : found} ${reviews?.length === 0 ? undefined : markup`For review: ${reviews}`}`;
}

function countsOf(findings: Audit["open"]): readonly Markup[] {
  const found = countBySeverity(findings);
  return severities
    .toReversed()
    .filter((severity) => found[severity] > 0)
    .map((severity) => markup`<span class="severity ${severity}">${found[severity]} ${severity}</span> `);
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
