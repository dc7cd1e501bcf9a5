import { shownText } from "../../../vocabulary/shown-text.ts";
import type { Audit } from "../../audit.ts";
import type { Finding } from "../../finding.ts";
import type { BaselineEntry } from "../../gate/baseline.ts";
import { eachOf } from "../../gate/group.ts";
import { clusterBeside, plansBeside } from "../plan-sums.ts";
import type { ReportOptions } from "../report-options.ts";
import { rulePagePlace } from "../rule-page.ts";
import { baselineNotes, renderUndecided, whoIn } from "../words.ts";
import { gravity } from "./gravity.ts";
import { markup, type Markup } from "./markup.ts";

/** More findings than a page can hold and still open at once. */
const mostFindings = 1_000;

/** The findings of an audit, and what the baseline says of them. */
export function renderFindings(audit: Audit, options: ReportOptions): Markup {
  const { open, accepted, expired, unmatched } = audit;
  const plans = audit.plans.map(({ name }) => name);
  const listed = mostUrgent(open);
  return markup`<section id="findings" aria-labelledby="findings-heading">
    <h2 id="findings-heading">Findings <span class="count" data-count="findings">${open.length}</span></h2>
    <p class="nothing" data-nothing="findings"${listed.length === 0 ? undefined : { html: " hidden" }}>There are none.</p>
    <ol class="findings">
      ${listed.map((finding) => renderFinding(finding, { plans, options }))}
    </ol>
    <button type="button" class="needs-program" data-more="findings" hidden></button>
    ${
      listed.length === open.length
        ? undefined
        : markup`<p class="note">
            ${open.length - listed.length} more findings are not listed here; the report in JSON has all of them.
          </p>`
    }
    ${baselineNotes(expired, unmatched).map((note) => markup`<p class="note">${note}</p>`)}
    ${
      accepted.length === 0
        ? undefined
        : markup`<h3 class="by-baseline">Accepted by the baseline <span class="count" data-count="accepted">${accepted.length}</span></h3>
            <ol class="findings">
              ${accepted.slice(0, mostFindings).map(({ finding, entry }) => renderFinding(finding, { plans, options }, entry))}
            </ol>`
    }
  </section>`;
}

/** Where there are too many findings, new ones come before those that were there already. */
function mostUrgent(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= mostFindings) return findings;
  const urgent = findings.toSorted((left, right) => Number(right.isNew) - Number(left.isNew)).slice(0, mostFindings);
  const kept = new Set(urgent);
  return findings.filter((finding) => kept.has(finding));
}

interface ListSubject {
  /** The names of all plans; none where there is only one. */
  readonly plans: readonly string[];
  readonly options: ReportOptions;
}

function renderFinding(finding: Finding, { plans, options }: ListSubject, entry?: BaselineEntry): Markup {
  const { rulePage } = options;
  const { kind, rule, severity, title, what, got, allowed, todo, address, identity, cluster, isNew, fingerprint } =
    finding;
  return markup`<li
    class="${entry === undefined ? "finding" : "finding accepted"}"
    id="finding-${fingerprint}"
    tabindex="-1"
    data-gravity="${gravity(severity)}"
    data-changed="${isNew ? "yes" : "no"}"
    data-identities="${identitiesOf(finding)}"
    data-cluster="${cluster}"
    data-address="${address}"
    ${plans.length === 0 ? undefined : markup`data-plans="${finding.plans.map((name) => plans.indexOf(name)).join(" ")}"`}
  >
    <h3>
      <span class="severity ${severity}">${severity}<span class="said">: </span></span>
      ${title}${kind === "review" ? markup`<span class="said">, </span> <span class="tag review">review</span>` : undefined}${isNew ? undefined : markup`<span class="said">, </span> <span class="tag before">already so</span>`}
    </h3>
    <p class="what">${what}</p>
    <dl>
      ${term("Who", whoIn(finding, 100))}${term("Got", got)}${term("Allowed", allowed)}
      ${term("Not decided", renderUndecided(finding))}${term("Do", todo)}
      ${term("Identity", identity)}${term("Resource", address)}${term("Place", placeOf(finding))}${term("Cluster", address === undefined ? cluster : clusterBeside(finding))}${term("Plans", plansOf(finding))}
      ${entry === undefined ? undefined : term("Accepted", `${entry.reason} (until ${entry.until})`)}
    </dl>
    <p class="origin">${rulePage === undefined ? markup`<code title="${rulePagePlace(rule)}">${rule}</code>` : markup`<a href="${rulePage(rule)}"><code>${rule}</code></a>`} <code title="fingerprint">${fingerprint}</code></p>
  </li>`;
}

/** Names the plans of a finding where neither its resource nor its cluster does. */
function plansOf(finding: Finding): string | undefined {
  const names = plansBeside(finding);
  return names.length === 0 ? undefined : names.join(", ");
}

/** As the page's program reads them. */
function identitiesOf(finding: Finding): string {
  return JSON.stringify(
    eachOf(finding).flatMap(({ identity }) => (identity === undefined ? [] : [shownText(identity)])),
  );
}

function term(name: string, text: string | undefined): Markup | undefined {
  return text === undefined
    ? undefined
    : markup`<div>
        <dt>${name}</dt>
        <dd><bdi>${text}</bdi></dd>
      </div>`;
}

function placeOf({ location }: Finding): string | undefined {
  if (location === undefined) return undefined;
  const { constructPath, file, line } = location;
  const inFile = file === undefined ? undefined : `${file}${line === undefined ? "" : `:${line}`}`;
  const parts = [constructPath, inFile].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}
