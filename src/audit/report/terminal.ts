import { stripVTControlCharacters, styleText } from "node:util";

/** What {@link Paint} can do. */
export type Style = Parameters<typeof styleText>[0];

/** Colors a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** How texts are colored. */
export function painter(isColored: boolean): Paint {
  return isColored ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}

/** Breaks a text between words, every line behind this indent, further ones two columns deeper. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of safe(text).split(" ")) {
    const isFirst = line.trim() === "";
    if (!isFirst && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = `${indent}  ${word}`;
    } else {
      line = isFirst ? line + word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}

/** Names come from a cluster: a control character in one must not reach the terminal. Our own colors may. */
function safe(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the characters that it is about
  return text.replace(/\u001b(?!\[\d{1,2}m)|[\u0000-\u001a\u001c-\u001f\u007f-\u009f]/g, "\u{fffd}");
}

function columnsOf(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length;
}
