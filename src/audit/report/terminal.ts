import { styleText } from "node:util";
import { shownText } from "./words.ts";

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
}

/** How texts are colored. */
export function painter(isColored: boolean): Paint {
  return isColored ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}

/**
 * Puts texts one behind the other and breaks them between words, further lines two columns deeper.
 *
 * Names come from a cluster: no control character in one reaches the terminal, and no color but that of the style.
 */
export function wrap(texts: readonly (string | Styled)[], { width, paint, indent = "" }: LineView): string {
  const lines: string[] = [];
  let [line, columns] = [indent, indent.length];
  let isFirst = true;
  for (const { word, style } of texts.flatMap(wordsOf)) {
    const length = Array.from(word).length;
    const shown = style === undefined ? word : paint(style, word);
    if (!isFirst && columns + 1 + length > width) {
      lines.push(line);
      [line, columns] = [`${indent}  ${shown}`, indent.length + 2 + length];
    } else {
      [line, columns] = isFirst ? [line + shown, columns + length] : [`${line} ${shown}`, columns + 1 + length];
    }
    isFirst = false;
  }
  return [...lines, line].join("\n");
}

interface Word {
  readonly word: string;
  readonly style: Style | undefined;
}

function wordsOf(piece: string | Styled): readonly Word[] {
  const { style, text } = typeof piece === "string" ? { style: undefined, text: piece } : piece;
  return shownText(text)
    .split(" ")
    .map((word) => ({ word, style }));
}
