import { shownText } from "../vocabulary/shown-text.ts";
import { padColumns, widestOf } from "../vocabulary/text-width.ts";
import { type Paint, type Style, type Styled, wrap } from "./wrap.ts";

/** A row of a table: a name, and what is told of it, each part in lines of its own. */
export interface TableRow {
  readonly name: string;
  /** At least one. */
  readonly lines: readonly (string | Styled)[];
}

/** What stands above the two columns; `undefined` for nothing. */
export type TableHeads = readonly [string, string] | undefined;

/** How a table is shown. */
export interface TableView {
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
}

const widestName = 40;
const indent = "  ";
const headStyle: Style = "dim";

/**
 * Renders a table of two columns. A name that is longer than its column has a line of its own. Names come from a cluster:
 * no control character in one reaches the terminal.
 */
export function renderTable(heads: TableHeads, rows: readonly TableRow[], view: TableView): string {
  const names = rows.map(({ name }) => shownText(name));
  const column = Math.min(widestOf([heads?.[0] ?? "", ...names]), widestName, Math.max(8, Math.floor(view.width / 2)));
  const inner = indent + " ".repeat(column + 2);
  const head =
    heads === undefined ? [] : [view.paint(headStyle, `${indent}${padColumns(heads[0], column)}  ${heads[1]}`)];
  const body = rows.map(({ lines }, index) => {
    const name = names[index] ?? "";
    const told = lines.map((line) => wrap([line], { ...view, indent: inner })).join("\n");
    const isLong = widestOf([name]) > column;
    return isLong
      ? `${indent}${name}\n${told}`
      : `${indent}${padColumns(name, column)}${told.slice(indent.length + column)}`;
  });
  return [...head, ...body].join("\n");
}
