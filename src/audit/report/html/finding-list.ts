import type { Audit } from "../../audit.ts";
import type { Finding } from "../../finding.ts";
import type { BaselineEntry } from "../../gate/baseline.ts";
import { type Severity, severities } from "../../gate/severity.ts";
import type { ReportOptions } from "../report-options.ts";
import { baselineNotes, renderUndecided } from "../words.ts";
import { markup, type Markup } from "./markup.ts";

/** How grave something is as the page counts: from 1 for low to 4 for critical. */
export function gravity(severity: Severity): number {
  return severities.indexOf(severity) + 1;
}

/** The findings of an audit, and what the baseline says of them. */
export function renderFindings({ open, accepted, expired, unmatched }: Audit, options: ReportOptions): Markup {
  return markup`<section id="findings" aria-labelledby="findings-heading">
    <h2 id="findings-heading">Findings <span class="count">${open.length}</span></h2>
    ${open.length === 0 ? markup`<p>There are none.</p>` : undefined}
    <ol class="findings">
      ${open.map((finding) => renderFinding(finding, options))}
    </ol>
    ${baselineNotes(expired, unmatched).map((note) => markup`<p class="note">${note}</p>`)}
    ${
      accepted.length === 0
        ? undefined
        : markup`<h3 class="accepted">Accepted by the baseline <span class="count">${accepted.length}</span></h3>
            <ol class="findings">
              ${accepted.map(({ finding, entry }) => renderFinding(finding, options, entry))}
            </ol>`
    }
    <p class="nothing" data-nothing="findings" hidden>No finding matches the filter.</p>
  </section>`;
}

function renderFinding(finding: Finding, { rulePage }: ReportOptions, entry?: BaselineEntry): Markup {
  const { kind, rule, severity, title, what, got, allowed, todo, address, identity, cluster, isNew, fingerprint } =
    finding;
  return markup`<li
    class="finding"
    id="finding-${fingerprint}"
    tabindex="-1"
    data-gravity="${gravity(severity)}"
    data-changed="${isNew ? "yes" : "no"}"
    data-identity="${identity}"
    data-cluster="${cluster}"
    data-address="${address}"
  >
    <h3>
      <span class="severity ${severity}">${severity}<span class="said">: </span></span>
      ${title}${kind === "review" ? markup`<span class="said">, </span> <span class="tag">review</span>` : undefined}${isNew ? undefined : markup`<span class="said">, </span> <span class="tag">already so</span>`}
    </h3>
    <p class="what">${what}</p>
    <dl>
      ${term("Got", got)}${term("Allowed", allowed)}${term("Not decided", renderUndecided(finding))}${term("Do", todo)}
      ${term("Identity", identity)}${term("Resource", address)}${term("Place", placeOf(finding))}${term("Cluster", cluster)}
      ${entry === undefined ? undefined : term("Accepted", `${entry.reason} (until ${entry.until})`)}
    </dl>
    <p class="origin">${rulePage === undefined ? markup`<code>${rule}</code>` : markup`<a href="${rulePage(rule)}"><code>${rule}</code></a>`} <code title="fingerprint">${fingerprint}</code></p>
  </li>`;
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
