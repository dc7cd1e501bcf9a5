import type { PageData, PageGraph } from "../page-data.ts";
import { chooseFrom, type GraphTexts, type Wanted } from "./choice.ts";
import { element, shape } from "./elements.ts";
import { fitted } from "./fitting.ts";
import { type Box, columns, fold } from "./fold.ts";
import { type Layout, place, type PlacedBox, type PlacedLine, rowHeight } from "./layout.ts";
import { gravities, markNames, signs } from "./marks.ts";

/** A drawn graph. */
export interface GraphView {
  readonly figure: HTMLElement;
  readonly layout: Layout;
  /** The drawn boxes by id. */
  readonly nodes: ReadonlyMap<string, SVGGElement>;
  /** The drawn lines, each with the box that it leaves and the one that it reaches. */
  readonly lines: readonly { readonly path: SVGPathElement; readonly from: string; readonly to: string }[];
  /** How many identities are in it. */
  readonly shown: number;
}

/** What is drawn. */
export interface GraphSubject extends Wanted {
  readonly data: PageData;
  readonly graph: PageGraph;
  readonly texts: GraphTexts;
}

/** As small as texts of the graph can still be read. */
const leastScale = 0.8;

/** Draws what a filter leaves of a graph. */
export function drawGraph({ data, graph, texts, filter, side }: GraphSubject): GraphView {
  const choice = chooseFrom(graph, texts, { filter, side });
  const drawing = fold({ data, graph, choice, side });
  const layout = place(drawing);
  const lines = layout.lines.map((placed) => ({
    path: drawLine(placed),
    from: placed.line.from,
    to: placed.line.to,
  }));
  const nodes = new Map(layout.boxes.map((placed) => [placed.box.id, drawBox(placed)]));
  const top = 26;
  const svg = shape("svg", {
    attributes: {
      viewBox: `0 ${-top} ${layout.width} ${layout.height + top}`,
      width: layout.width,
      height: layout.height + top,
      preserveAspectRatio: "xMinYMin",
      role: "group",
      "aria-label": `Graph of ${choice.identities.size} identities and ${choice.roles.size} roles. The table tells the same.`,
    },
    inside: [...columnTitles(layout), ...lines.map(({ path }) => path), ...nodes.values()],
  });
  // A little too wide is drawn smaller, which reads better than half a column; much too wide is scrolled.
  svg.style.minWidth = `${layout.width * leastScale}px`;
  return {
    figure: figureOf(graph, svg, { ...drawing, isEmpty: layout.boxes.length === 0 }),
    layout,
    nodes,
    lines,
    shown: choice.identities.size,
  };
}

function figureOf(
  graph: PageGraph,
  svg: SVGElement,
  { leftOut, isEmpty }: { leftOut: number; isEmpty: boolean },
): HTMLElement {
  const nothing = element("p", { attributes: { class: "nothing" }, text: "Nobody matches the filter." });
  const scroller = element("div", { attributes: { class: "scroller" }, inside: [svg] });
  const rest = `${leftOut} more identities are not drawn: the filter finds them, and the table lists them.`;
  return element("figure", {
    inside: [
      ...(graph.cluster === undefined ? [] : [element("figcaption", { text: `Cluster ${graph.cluster}` })]),
      isEmpty ? nothing : scroller,
      ...(leftOut === 0 ? [] : [element("p", { attributes: { class: "note" }, text: rest })]),
    ],
  });
}

function columnTitles({ boxes }: Layout): readonly SVGElement[] {
  const places = new Map(boxes.map(({ box, x }) => [box.column, x]));
  return [...places].map(([column, x]) =>
    shape("text", { attributes: { class: "column", x, y: -10 }, text: columns[column] ?? "" }),
  );
}

function drawLine({ line, points }: PlacedLine): SVGPathElement {
  const [start = [0, 0], ...others] = points;
  let [x, y] = start;
  const parts = [`M${x} ${y}`];
  for (const [nextX, nextY] of others) {
    const middle = (x + nextX) / 2;
    parts.push(`C${middle} ${y} ${middle} ${nextY} ${nextX} ${nextY}`);
    [x, y] = [nextX, nextY];
  }
  return shape("path", { attributes: { class: `way ${line.mark}`, d: parts.join(" ") } });
}

function drawBox({ box, x, y, width, height }: PlacedBox): SVGGElement {
  const font = getComputedStyle(document.body).fontFamily;
  const sign = `${signs[box.mark]}${box.needsReview ? "?" : ""}`;
  const indent = 10 + (sign === "" ? 0 : sign.length * 12 + 4);
  const room = width - indent - 10 - (box.gravest === 0 ? 0 : 18);
  const behind = box.kind !== "risk" && box.members.length > 1;
  return shape("g", {
    attributes: {
      class: `box ${box.kind} ${box.mark}${box.needsReview ? " review" : ""}`,
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: -1,
      "aria-label": labelOf(box),
      "data-box": box.id,
    },
    inside: [
      ...(behind ? [shape("rect", { attributes: { class: "behind", x: 4, y: 4, width, height, rx: 6 } })] : []),
      shape("rect", { attributes: { class: "frame", width, height, rx: 6 } }),
      ...(sign === "" ? [] : [shape("text", { attributes: { class: "sign", x: 10, y: 19 }, text: sign })]),
      shape("text", {
        attributes: { class: "name", x: indent, y: 19 },
        text: fitted(box.title, room, `600 13px ${font}`),
      }),
      ...(box.gravest === 0 ? [] : [drawGravity(box, width)]),
      ...box.rows.map((row, index) => {
        const text = `${signs[row.mark]} ${row.text}`.trim();
        return shape("text", {
          attributes: { class: `row ${row.mark}`, x: 12, y: 26 + (index + 0.65) * rowHeight },
          text: fitted(text, width - 20, `12px ${font}`),
        });
      }),
      shape("title", { text: labelOf(box) }),
    ],
  });
}

function drawGravity(box: Box, width: number): SVGElement {
  const name = gravities[box.gravest] ?? "";
  return shape("g", {
    attributes: { class: `gravity ${name}`, transform: `translate(${width - 15} 15)` },
    inside: [
      shape("path", { attributes: { d: "M0 -9L10 8H-10Z" } }),
      shape("text", { attributes: { "text-anchor": "middle", y: 5.5 }, text: name.slice(0, 1).toUpperCase() }),
    ],
  });
}

/** What a screen reader says of a box, and a pointer shows. */
function labelOf({ kind, title, mark, needsReview, gravest, rows }: Box): string {
  const facts = [
    kind === "risk" ? `privileges: ${title}` : `${kind} ${title}`,
    ...(mark === "kept" ? [] : [markNames[mark]]),
    ...(needsReview ? ["review: not all privileges are known"] : []),
    ...(gravest === 0 ? [] : [`findings up to ${gravities[gravest] ?? ""}`]),
    ...rows.map((row) => (row.mark === "kept" ? row.text : `${row.text} ${markNames[row.mark]}`)),
  ];
  return facts.join(", ");
}
