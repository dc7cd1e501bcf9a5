import { signs } from "../marks.ts";
import { piecesOf, widthOf, wrapped } from "./fitting.ts";
import type { Box, BoxRow } from "./fold.ts";
import { highestOf } from "./spread.ts";

/** Heights of a line of a name, and of a row below it. */
export const lineHeights = { name: 18, row: 17 } as const;
/** The room that texts leave at each side. */
export const padding = 10;

const mostNameLines = 3;
const mostRowLines = 2;
/** The sign of a finding, with the room before it. */
const gravityWidth = 24;

/** A box's texts in lines that fit, and its height. */
export interface BoxShape {
  readonly height: number;
  /** Where the name begins, after the signs. */
  readonly indent: number;
  readonly name: readonly string[];
  readonly rows: readonly ShapedRow[];
}

/** A row of a box in lines that fit, with the middle of the first. */
export interface ShapedRow {
  readonly row: BoxRow;
  readonly lines: readonly string[];
}

/** The signs before the name of a box. */
export function signOf({ mark, needsReview }: Box): string {
  return `${signs[mark]}${needsReview ? "?" : ""}`;
}

/** The text of a row, with its sign. */
function textOf({ mark, text }: BoxRow): string {
  return `${signs[mark]} ${text}`.trim();
}

/** The width at which no text of a box is broken. */
export function wishedWidth(box: Box): number {
  const name = indentOf(box) + widthOf(box.title, "name") + (box.gravest === 0 ? 0 : gravityWidth);
  const rows = box.rows.map((row) => padding + widthOf(textOf(row), "row"));
  return Math.ceil(highestOf([name, ...rows]) + padding) + 2;
}

/** The width at which no word of a box's name is broken. */
export function widthOfLongestWord(box: Box): number {
  const words = piecesOf(box.title).map((word) => widthOf(word, "name"));
  return Math.ceil(indentOf(box) + highestOf(words) + (box.gravest === 0 ? 0 : gravityWidth) + padding) + 2;
}

/** Breaks the texts of a box of this width. */
export function shapeOf(box: Box, width: number): BoxShape {
  const indent = indentOf(box);
  const nameRoom = width - indent - padding - (box.gravest === 0 ? 0 : gravityWidth);
  const name = wrapped(box.title, { width: nameRoom, font: "name", mostLines: mostNameLines });
  const rowRoom = width - 2 * padding;
  const rows = box.rows.map((row) => ({
    row,
    lines: wrapped(textOf(row), { width: rowRoom, font: "row", mostLines: mostRowLines }),
  }));
  const rowLines = rows.reduce((sum, { lines }) => sum + lines.length, 0);
  const height = 10 + name.length * lineHeights.name + rowLines * lineHeights.row + (rowLines === 0 ? 0 : 5);
  return { height, indent, name, rows };
}

function indentOf(box: Box): number {
  const sign = signOf(box);
  return padding + (sign === "" ? 0 : sign.length * 12 + 4);
}
