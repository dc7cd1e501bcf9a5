import { type AccessChange, type PrivilegePath } from "../../access/access-changes.ts";
import type { Audit } from "../../audit.ts";
import { knownOf } from "../../plan/attributes.ts";
import { identityMark } from "./graph-data.ts";
import { markup, type Markup } from "./markup.ts";
import type { Mark } from "./page-data.ts";
import { endText, eventText, tokenMark } from "./token-lives.ts";

/** What marks are called. The sign stands for those who see no colors. */
export const markNames: Readonly<Record<Mark, { readonly sign: string; readonly name: string }>> = {
  kept: { sign: "=", name: "stays" },
  added: { sign: "+", name: "new" },
  removed: { sign: "−", name: "gone" },
  changed: { sign: "~", name: "changes" },
};

/** All access as a table: the same as the graph and the time line show. */
export function renderAccessTable(
  { kind, changes, clusters }: Audit,
  gravestOf: (change: AccessChange) => number,
): Markup {
  const hasClusters = clusters.length > 1;
  const heads = [
    ...["Identity", ...(hasClusters ? ["Cluster"] : []), ...(kind === "plan" ? ["Change"] : [])],
    ...["Roles", ...(kind === "plan" ? ["Privileges"] : []), "Access tokens"],
  ];
  const row = (change: AccessChange): Markup =>
    markup`<tr data-gravity="${gravestOf(change)}" data-changed="${isKept(change) ? "no" : "yes"}">
      <th scope="row">
        <bdi>${change.identity}</bdi>${change.isGroup ? markup` <small>group</small>` : undefined}${addressOf(change)}
      </th>
      ${hasClusters ? markup`<td data-head="Cluster">${change.cluster ?? "any"}</td>` : undefined}
      ${kind === "plan" ? markup`<td data-head="Change">${renderMark(identityMark(change))}${reviewOf(change)}</td>` : undefined}
      <td data-head="Roles">${roleLines(change)}</td>
      ${kind === "plan" ? markup`<td data-head="Privileges">${privilegeLines("added", change.gained)}${privilegeLines("removed", change.lost)}</td>` : undefined}
      <td data-head="Access tokens">${tokenLines(change)}</td>
    </tr>`;
  return markup`<section id="table" aria-labelledby="table-heading">
    <h2 id="table-heading">All access as a table <span class="count">${changes.length}</span></h2>
    <div class="scroller" tabindex="0" role="region" aria-labelledby="table-heading">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => markup`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${changes.map(row)}
        </tbody>
      </table>
    </div>
    <p class="nothing" data-nothing="table" hidden>No identity matches the filter.</p>
  </section>`;
}

function isKept(change: AccessChange): boolean {
  return identityMark(change) === "kept";
}

function renderMark(mark: Mark): Markup {
  const { sign, name } = markNames[mark];
  return markup`<span class="mark ${mark}"><span aria-hidden="true">${sign} </span>${name}</span>`;
}

function reviewOf({ needsReview }: AccessChange): Markup | undefined {
  return needsReview
    ? markup`<br /><span class="mark review">? review: not all privileges are known</span>`
    : undefined;
}

function addressOf({ address }: AccessChange): Markup | undefined {
  return address === undefined ? undefined : markup`<code><bdi>${address}</bdi></code>`;
}

function line(mark: Mark, text: string): Markup {
  const { sign, name } = markNames[mark];
  const said = mark === "kept" ? undefined : markup`<span class="said">${name}: </span>`;
  return markup`<div class="line ${mark}">
    <span class="sign" aria-hidden="true">${mark === "kept" ? "" : sign}</span>${said}<bdi>${text}</bdi>
  </div>`;
}

function roleLines({ identity, before, after }: AccessChange): readonly Markup[] {
  // Each path begins with the identity, which stands in the same row.
  const way = (path: string): string => (path.startsWith(`${identity} → `) ? path.slice(identity.length + 3) : path);
  const [had, has] = [new Set(before), new Set(after)];
  return [...new Set([...before, ...after])].map((path) => {
    const gained: Mark = had.has(path) ? "kept" : "added";
    return line(has.has(path) ? gained : "removed", way(path));
  });
}

function privilegeLines(mark: Mark, paths: readonly PrivilegePath[]): Markup | undefined {
  if (paths.length === 0) return undefined;
  return markup`<div class="many">
    ${line(mark, `${paths.length}: ${paths.map(({ privilege }) => privilege.replace(/^PRIVILEGE_/, "")).join(", ")}`)}
  </div>`;
}

function tokenLines({ tokens }: AccessChange): readonly Markup[] {
  return tokens.map((event) => {
    const token = event.after ?? event.before;
    const end = token === undefined ? [] : [endText(token)];
    const words = event.event === "stays" ? end : [eventText(event), ...end];
    const off = token !== undefined && knownOf(token.enabled) === false ? ["disabled"] : [];
    return line(tokenMark(event), [event.place, ...new Set([...words, ...off])].join("; "));
  });
}
