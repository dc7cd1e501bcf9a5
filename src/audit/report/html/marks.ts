import { type AccessChange, isChange } from "../../access/access-changes.ts";
import { markup, type Markup } from "./markup.ts";
import type { Mark } from "./page-data.ts";

/** What marks are called. The sign stands for those who see no colors. */
const markNames: Readonly<Record<Mark, { readonly sign: string; readonly name: string }>> = {
  kept: { sign: "=", name: "stays" },
  added: { sign: "+", name: "new" },
  removed: { sign: "−", name: "gone" },
  changed: { sign: "~", name: "changes" },
};

/** What the plan does with an identity. */
export function identityMark(change: AccessChange): Mark {
  if (change.existence === "appears") return "added";
  if (change.existence === "disappears") return "removed";
  return isChange(change) ? "changed" : "kept";
}

/** A mark as a word with its sign. */
export function renderMark(mark: Mark): Markup {
  const { sign, name } = markNames[mark];
  return markup`<span class="mark ${mark}"><span aria-hidden="true">${sign} </span>${name}</span>`;
}

/** A line of text with its sign; what stays has none. */
export function renderLine(mark: Mark, content: Markup): Markup {
  const { sign, name } = markNames[mark];
  const said = mark === "kept" ? undefined : markup`<span class="said">${name}: </span>`;
  return markup`<div class="line ${mark}">
    <span class="sign" aria-hidden="true">${mark === "kept" ? "" : sign}</span>${said}
    <div>${content}</div>
  </div>`;
}
