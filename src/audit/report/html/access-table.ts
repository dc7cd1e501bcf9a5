import { riskOf, riskWords } from "../../../access/risk.ts";
import type { PrivilegePath } from "../../access/access-changes.ts";
import type { Audit } from "../../audit.ts";
import { withoutPlanName } from "../../plan/plan-name.ts";
import { clusterBeside } from "../plan-sums.ts";
import { counted } from "../words.ts";
import { type Gravest, identityKey, type RankedChange, severityOf } from "./gravity.ts";
import { identityMark, renderLine, renderMark } from "./marks.ts";
import { markup, type Markup } from "./markup.ts";
import type { Mark } from "./page-data.ts";
import { tokenMark } from "./token-lives.ts";
import { lifeWords } from "./token-words.ts";

/** More rows than a page can hold and still open at once. */
const mostRows = 1_000;
/** Up to this many privileges are named directly; more are counted by risk, and named when the reader opens them. */
const mostNamed = 4;

/** What the table is made of. */
export interface TableSubject {
  readonly audit: Audit;
  /** Gravest first. */
  readonly changes: readonly RankedChange[];
  /** The place of an identity in the page's data, by `identityKey`. */
  readonly places: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** The table of who gains and loses what, or who has what. Changes come first, the most severe at the top. */
export function renderAccessTable(subject: TableSubject): Markup {
  const { audit, changes } = subject;
  const heads = ["Identity", audit.kind === "plan" ? "What it gains, loses and keeps" : "Roles", "Access tokens"];
  return markup`<section id="access" aria-labelledby="access-heading">
    <h2 id="access-heading">
      <span data-title="changes">${audit.kind === "plan" ? "What changes" : "Who has access"}</span>
      <span class="count" data-count="access">${changes.length}</span>
    </h2>
    <table>
      <thead>
        <tr>
          ${heads.map((head) => markup`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${changes.slice(0, mostRows).map((change) => renderRow(change, subject))}
      </tbody>
    </table>
    <p class="nothing" data-nothing="access" hidden></p>
    <button type="button" class="needs-program" data-more="access" hidden></button>
    <p class="note" data-left-out="access"${changes.length > mostRows ? undefined : { html: " hidden" }}>
      ${counted(Math.max(0, changes.length - mostRows), "more identity is", "more identities are")} not listed here; the
      report in JSON has all of them.
    </p>
  </section>`;
}

function renderRow({ change, gravest }: RankedChange, { audit, places, now }: TableSubject): Markup {
  const { cluster, identity, isGroup, address, needsReview } = change;
  // Beside the name of the only plan there, no address has to repeat it.
  const shown = (place: string): string => (clusterBeside(change) === undefined ? withoutPlanName(place) : place);
  const mark = identityMark(change);
  return markup`<tr data-place="${places.get(identityKey(cluster, identity))}">
    <th scope="row">
      <span class="name"
        ><button type="button" class="choose needs-program"><bdi>${identity}</bdi></button
        ><bdi class="without-program">${identity}</bdi>${isGroup ? markup` <small>group</small>` : undefined}</span
      >
      ${cluster === undefined ? undefined : markup`<small class="cluster">on <bdi>${cluster}</bdi></small>`}
      ${address === undefined ? undefined : renderAddress(shown(address))}
      <span class="marks"
        >${renderSeverity(gravest, audit.kind)} ${audit.kind === "plan" ? renderMark(mark) : undefined}
        ${reviewOf(needsReview, gravest)}</span
      >
    </th>
    <td data-head="${audit.kind === "plan" ? "Access" : "Roles"}">
      ${roleLines(change)}${privilegeLines("added", change.gained)}${privilegeLines("removed", change.lost)}
    </td>
    <td data-head="Access tokens">
      ${change.tokens.map((event) =>
        renderLine(tokenMark(event), markup`${lifeWords(event, now.getTime())} ${renderAddress(shown(event.place))}`),
      )}
    </td>
  </tr>`;
}

function reviewOf(needsReview: boolean, { hasReview }: Gravest): Markup | undefined {
  if (!needsReview && !hasReview) return undefined;
  return markup`<span class="mark review">? ${needsReview ? "not all privileges are known" : "to be reviewed"}</span>`;
}

/** In a state nothing is new, so the table does not mark what is. */
function renderSeverity({ ofAll, ofNew }: Gravest, kind: Audit["kind"]): Markup | undefined {
  const severity = severityOf(ofNew) ?? severityOf(ofAll);
  if (severity === undefined) return undefined;
  return ofNew > 0 || kind === "state"
    ? markup`<span class="severity ${severity}">${severity}</span>`
    : markup`<span class="severity before">${severity}, already so</span>`;
}

function roleLines({ identity, before, after }: RankedChange["change"]): readonly Markup[] {
  // Each path begins with the identity, which stands in the same row.
  const way = (path: string): string => (path.startsWith(`${identity} → `) ? path.slice(identity.length + 3) : path);
  const [had, has] = [new Set(before), new Set(after)];
  const markOf = (path: string): Mark => {
    if (!has.has(path)) return "removed";
    return had.has(path) ? "kept" : "added";
  };
  const lines = [...new Set([...before, ...after])].map((path) => ({ path, mark: markOf(path) }));
  return lines
    .toSorted((left, right) => order.indexOf(left.mark) - order.indexOf(right.mark))
    .map(({ path, mark }) => renderLine(mark, markup`<bdi class="role">${way(path)}</bdi>`));
}

const order: readonly Mark[] = ["added", "removed", "changed", "kept"];

function privilegeLines(mark: Mark, paths: readonly PrivilegePath[]): Markup | undefined {
  if (paths.length === 0) return undefined;
  const risks = byRisk(paths);
  if (paths.length <= mostNamed) return renderLine(mark, markup`${risks.map(namedRisk)}`);
  const grave = risks.filter(({ isGrave }) => isGrave).slice(0, mostRisks);
  const rest = paths.length - grave.reduce((sum, { names }) => sum + names.length, 0);
  const counts = [
    ...grave.map(({ title, names }) => markup`<span class="risk">${title}: ${names.length}</span> `),
    ...(rest === 0 ? [] : [markup`<span class="risk">${grave.length === 0 ? "Plain" : "Others"}: ${rest}</span>`]),
  ];
  return renderLine(
    mark,
    markup`<details>
      <summary>${counted(paths.length, "privilege", "privileges")} ${counts}</summary>
      ${risks.map(({ title, names }) => markup`<div class="names"><small>${title}</small> <bdi>${names.join(", ")}</bdi></div>`)}
    </details>`,
  );
}

/** More kinds of risk are counted together. */
const mostRisks = 3;

function namedRisk({ title, names, isGrave }: RiskNames): Markup {
  const risk = isGrave ? markup` <small>${title.toLowerCase()}</small>` : undefined;
  return markup`<div class="names"><bdi>${names.join(", ")}</bdi>${risk}</div>`;
}

interface RiskNames {
  readonly title: string;
  readonly names: readonly string[];
  readonly isGrave: boolean;
}

function byRisk(paths: readonly PrivilegePath[]): readonly RiskNames[] {
  return Object.entries(riskWords).flatMap(([risk, { title }]) => {
    const names = paths.filter(({ privilege }) => riskOf(privilege) === risk);
    return names.length === 0
      ? []
      : [
          {
            title,
            names: names.map(({ privilege }) => privilege.replace(/^PRIVILEGE_/, "")),
            isGrave: risk !== "none",
          },
        ];
  });
}

/** An address, which breaks after its dots where it has to. */
function renderAddress(address: string): Markup {
  const parts = address.split(/(?<=\.)/);
  return markup`<code><bdi>${parts.map((part, at) => markup`${at === 0 ? undefined : { html: "<wbr />" }}${part}`)}</bdi></code>`;
}
