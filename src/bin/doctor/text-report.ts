import { painter, type Style, wrap } from "../../audit/report/terminal.ts";
import type { TerminalView } from "../terminal-view.ts";
import { type Check, checkTitles, type CheckStatus } from "./check.ts";

const marks: Readonly<Record<CheckStatus, { readonly text: string; readonly style: Style }>> = {
  works: { text: "works", style: "green" },
  attention: { text: "attention", style: "yellow" },
  fails: { text: "does not work", style: "red" },
  not_checked: { text: "not checked", style: "dim" },
};

/** Renders all checks for a person. */
export function renderText(checks: readonly Check[], { width, isColored }: TerminalView): string {
  const paint = painter(isColored);
  const lines = checks.flatMap(({ id, status, found, todo }) => {
    const { text, style } = marks[status];
    return [
      wrap(`${paint(style, `${text}:`)} ${paint("bold", checkTitles[id])}. ${found}`, width, ""),
      ...(todo === undefined ? [] : [wrap(`do: ${todo}`, width, "    ")]),
    ];
  });
  const counts = (["works", "attention", "fails", "not_checked"] as const).map((status) => {
    const count = checks.filter((check) => check.status === status).length;
    return `${count} ${sumWords[status]}`;
  });
  return `${lines.join("\n")}\n\n${wrap(`${counts.join(", ")}.`, width, "")}\n`;
}

const sumWords: Readonly<Record<CheckStatus, string>> = {
  works: "work",
  attention: "work and ask for attention",
  fails: "do not work",
  not_checked: "were not checked",
};
