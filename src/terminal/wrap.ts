import { styleText } from "node:util";
import { columnsOf } from "../vocabulary/text-width.ts";
import { shownText } from "../vocabulary/shown-text.ts";

/** How a text can look. */
export type Style = Parameters<typeof styleText>[0];

/** A text, and how it looks. */
export interface Styled {
  readonly style: Style;
  readonly text: string;
}

/** Colors a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** How lines are shown. */
export interface LineView {
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
  /**
   * What every line begins with.
   *
   * @default nothing
   */
  readonly indent?: string;
  /**
   * How many columns deeper further lines begin.
   *
   * @default 2
   */
  readonly hanging?: number;
}

/** How texts are colored. */
export function painter(isColored: boolean): Paint {
  return isColored ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}

/**
 * Puts texts one behind the other and breaks them between words, further lines deeper.
 *
 * Names come from a cluster: no control character in one reaches the terminal, and no color but that of the style.
 */
export function wrap(
  texts: readonly (string | Styled)[],
  { width, paint, indent = "", hanging = 2 }: LineView,
): string {
  const pieces = texts.map(pieceOf);
  const isShort = indent.length + columnsOf(pieces.map(({ text }) => text).join(" ")) <= width;
  // Most are: they need no look at each word.
  if (isShort) return indent + pieces.map((piece) => painted(piece, paint)).join(" ");
  const words = pieces.flatMap(({ style, text }) => text.split(" ").map((word) => ({ style, text: word })));
  const lines: string[] = [];
  let line = indent;
  let columns = indent.length;
  for (const [index, word] of words.entries()) {
    const shown = painted(word, paint);
    const length = columnsOf(word.text);
    if (index > 0 && columns + 1 + length > width) {
      lines.push(line);
      line = `${indent}${" ".repeat(hanging)}${shown}`;
      columns = indent.length + hanging + length;
    } else {
      line += index === 0 ? shown : ` ${shown}`;
      columns += length + (index === 0 ? 0 : 1);
    }
  }
  lines.push(line);
  return lines.join("\n");
}

interface Piece {
  readonly text: string;
  readonly style: Style | undefined;
}

function pieceOf(given: string | Styled): Piece {
  const { style, text } = typeof given === "string" ? { style: undefined, text: given } : given;
  return { style, text: shownText(text) };
}

function painted({ style, text }: Piece, paint: Paint): string {
  return style === undefined ? text : paint(style, text);
}
