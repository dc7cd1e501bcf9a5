import { painter, type Style, wrap } from "../../terminal/wrap.ts";
import type { TerminalView } from "../../terminal/view.ts";
import { type Check, type CheckId, type CheckStatus, checkStatuses, checkTitles } from "./check.ts";

const marks: Readonly<Record<CheckStatus, { readonly text: string; readonly style: Style }>> = {
  works: { text: "works", style: "green" },
  attention: { text: "attention", style: "yellow" },
  fails: { text: "does not work", style: "red" },
  not_checked: { text: "not checked", style: "dim" },
};

/** Renders all checks for a person. */
export function renderText(checks: readonly Check[], { width, isColored }: TerminalView): string {
  const paint = painter(isColored);
  const lines = together(checks).flatMap(({ ids, check: { status, found, todo } }) => {
    const { text, style } = marks[status];
    const title = ids.map((id) => checkTitles[id]).join(", ");
    return [
      wrap([{ style, text: `${text}:` }, { style: "bold", text: `${title}.` }, found], { width, paint }),
      ...(todo === undefined ? [] : [wrap([`do: ${todo}`], { width, paint, indent: "    " })]),
    ];
  });
  const counts = checkStatuses.flatMap((status) => {
    const count = checks.filter((check) => check.status === status).length;
    return count === 0 ? [] : [`${count} ${sumWords[status]}`];
  });
  return `${lines.join("\n")}\n\n${wrap([`${counts.join(", ")}.`], { width, paint })}\n`;
}

interface Together {
  readonly ids: readonly CheckId[];
  readonly check: Check;
}

/** Neighbours that were not made for the same reason, as one. */
function together(checks: readonly Check[]): readonly Together[] {
  return checks.reduce<readonly Together[]>((before, check) => {
    const last = before.at(-1);
    const isSame = check.status === "not_checked" && last?.check.found === check.found;
    if (!isSame) return [...before, { ids: [check.id], check }];
    return [...before.slice(0, -1), { ids: [...last.ids, check.id], check }];
  }, []);
}

/** What the counts in the last line are followed by. */
const sumWords: Readonly<Record<CheckStatus, string>> = {
  works: "fine",
  attention: "to note",
  fails: "not working",
  not_checked: "not checked",
};
