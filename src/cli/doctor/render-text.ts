import type { TerminalView } from "../../terminal/view.ts";
import { painter, type Styled, wrap } from "../../terminal/wrap.ts";
import { columnsOf, widestOf } from "../../vocabulary/text-width.ts";
import { type Check, type CheckStatus, checkStatuses, checkTitles } from "./check.ts";

const marks: Readonly<Record<CheckStatus, Styled>> = {
  works: { text: "✓", style: "green" },
  attention: { text: "!", style: "yellow" },
  fails: { text: "✗", style: "red" },
  not_checked: { text: "-", style: "dim" },
};

/** Renders all checks for a person: a mark, what was checked, and what was found and can be done, in columns. */
export function renderText(checks: readonly Check[], { width, isColored }: TerminalView): string {
  const paint = painter(isColored);
  const rows = together(checks);
  const titleWidth = widestOf(rows.map(({ title }) => title));
  const indent = " ".repeat(titleWidth + 4);
  const lines = rows.flatMap(({ title, check: { status, todo }, found }) => {
    const { text, style } = marks[status];
    const head = `${paint(style, text)} ${paint("bold", title)}${" ".repeat(titleWidth - columnsOf(title))}  `;
    return [
      head + wrap([found], { width, paint, indent, hanging: 0 }).slice(indent.length),
      ...(todo === undefined ? [] : [wrap(["→", todo], { width, paint, indent })]),
    ];
  });
  const counts = checkStatuses.flatMap((status) => {
    const count = checks.filter((check) => check.status === status).length;
    return count === 0 ? [] : [`${count} ${sumWords[status]}`];
  });
  return `${lines.join("\n")}\n\n${wrap([`${counts.join(", ")}.`], { width, paint })}\n`;
}

interface Row {
  readonly title: string;
  readonly check: Check;
  readonly found: string;
}

/** Rows, of which one stands for all neighbors that were not made for the same reason. */
function together(checks: readonly Check[]): readonly Row[] {
  return checks.flatMap((check, index) => {
    const { id, status, found } = check;
    if (status !== "not_checked") return [{ title: checkTitles[id], check, found }];
    const isSame = (other: Check | undefined): boolean => other?.status === status && other.found === found;
    if (isSame(checks[index - 1])) return [];
    const end = checks.findIndex((other, place) => place > index && !isSame(other));
    const titles = checks.slice(index, end === -1 ? undefined : end).map((other) => checkTitles[other.id]);
    return [{ title: "not checked", check, found: `${titles.join(", ")}. ${found}` }];
  });
}

/** What the counts in the last line are followed by. */
const sumWords: Readonly<Record<CheckStatus, string>> = {
  works: "fine",
  attention: "to note",
  fails: "not working",
  not_checked: "not checked",
};
