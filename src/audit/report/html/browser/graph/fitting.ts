const context = document.createElement("canvas").getContext("2d");

/** The fonts of the graph and the time line, as the style sheet has them. */
export const fonts = { name: "600 13px", row: "12px", axis: "700 11px" } as const;

/** Which of the fonts. */
export type Font = keyof typeof fonts;

let family: string | undefined;

/** How wide a text is, in pixels. */
export function widthOf(text: string, font: Font): number {
  if (context === null) return text.length * 8;
  family ??= getComputedStyle(document.body).fontFamily;
  context.font = `${fonts[font]} ${family}`;
  return context.measureText(text).width;
}

/** Where a text may be broken, and how much of it is shown. */
export interface Room {
  readonly width: number;
  readonly font: Font;
  readonly mostLines: number;
}

/** A text in lines of a width in pixels. What does not fit into the last one is cut, with a sign that it is. */
export function wrapped(text: string, { width, font, mostLines }: Room): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (lines.length < mostLines - 1 && widthOf(rest, font) > width) {
    const fits = fitting(rest, width, font);
    const line = breakAt(rest, fits);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length);
  }
  const isWhole = widthOf(rest, font) <= width;
  return [...lines, isWhole ? rest : `${fitting(rest, width - widthOf("…", font), font)}…`];
}

/** As much of a text as fits, and at least one character. */
function fitting(text: string, width: number, font: Font): string {
  const characters = Array.from(text);
  let [fits, fails] = [1, characters.length + 1];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (widthOf(characters.slice(0, middle).join(""), font) <= width) fits = middle;
    else fails = middle;
  }
  return characters.slice(0, fits).join("");
}

/** The parts of a text between which a line may end: after a space, or a sign that joins words. */
export function piecesOf(text: string): readonly string[] {
  return text.match(/[^\s\-_.:/\\@→]*(?:[\s\-_.:/\\@→]+|$)/gu)?.filter((piece) => piece !== "") ?? [text];
}

/** A line ends between two parts, unless that leaves most of it empty. */
function breakAt(text: string, fits: string): string {
  let end = 0;
  for (const piece of piecesOf(text)) {
    if (end + piece.length > fits.length) break;
    end += piece.length;
  }
  return end > fits.length / 3 ? text.slice(0, end) : fits;
}
