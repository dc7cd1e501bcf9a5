/** A panel of a picture: a title, and lines that may have a terminal's colors. */
export interface Panel {
  readonly title: string;
  readonly lines: readonly string[];
}

const [columnWidth, lineHeight, margin, fontSize] = [7.9, 19, 18, 13];
const ground = "#0d1117";
const plain = "#d0d7de";

/** The codes that the terminal's painter writes, as attributes of SVG. */
const looks: Readonly<Record<string, string>> = {
  "1": 'font-weight="bold"',
  "2": 'fill="#8b949e"',
  "31": 'fill="#ff7b72"',
  "32": 'fill="#7ee787"',
  "33": 'fill="#e3b341"',
  "35": 'fill="#d2a8ff"',
  "36": 'fill="#79c0ff"',
};

/** Draws panels one below the other, as windows of a terminal with so many columns. */
export function drawPanels(panels: readonly Panel[], { columns, label }: { columns: number; label: string }): string {
  const width = Math.ceil(columns * columnWidth) + 4 * margin;
  let top = margin;
  const drawn: string[] = [];
  for (const panel of panels) {
    const height = (panel.lines.length + 2) * lineHeight + margin;
    drawn.push(drawPanel(panel, { top, width: width - 2 * margin, height }));
    top += height + margin;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" role="img" aria-label="${escaped(label)}">`,
    `<title>${escaped(label)}</title>`,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}">`,
    ...drawn,
    "</g>",
    "</svg>\n",
  ].join("\n");
}

interface Place {
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function drawPanel({ title, lines }: Panel, { top, width, height }: Place): string {
  const left = 2 * margin;
  const first = top + lineHeight * 2.6;
  return [
    `<rect x="${margin}" y="${top}" width="${width}" height="${height}" rx="8" fill="${ground}" stroke="#30363d"/>`,
    `<text x="${left}" y="${top + lineHeight * 1.2}" fill="#8b949e">${escaped(title)}</text>`,
    ...lines.flatMap((line, index) =>
      line === ""
        ? []
        : [
            `<text x="${left}" y="${Math.round(first + index * lineHeight)}" xml:space="preserve" fill="${plain}">${spansOf(line)}</text>`,
          ],
    ),
  ].join("\n");
}

/** Turns a terminal's color codes into spans. Pieces alternate between a code and the text that follows it. */
function spansOf(line: string): string {
  // eslint-disable-next-line no-control-regex -- this is what a color begins with.
  const [start = "", ...pieces] = line.split(/\u001b\[(\d+)m/);
  const spans = [escaped(start)];
  for (let index = 0; index < pieces.length; index += 2) {
    const text = escaped(pieces[index + 1] ?? "");
    const look = looks[pieces[index] ?? ""];
    if (text !== "") spans.push(look === undefined ? text : `<tspan ${look}>${text}</tspan>`);
  }
  return spans.join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
