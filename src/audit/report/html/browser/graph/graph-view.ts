import type { PageData, PageGraph } from "../../page-data.ts";
import { element, shape } from "../elements.ts";
import type { Filter, GraphTexts } from "../filter.ts";
import { gravities, markNames } from "../marks.ts";
import { lineHeights, padding, signOf } from "./box-shape.ts";
import { chooseFrom, type Wanted } from "./choice.ts";
import { type Box, columns, fold, type Most } from "./fold.ts";
import { type Layout, place, type PlacedBox, type PlacedLine } from "./layout.ts";

/** A drawn graph. */
export interface GraphView {
  readonly figure: HTMLElement;
  readonly layout: Layout;
  /** The drawn boxes by id. */
  readonly nodes: ReadonlyMap<string, SVGGElement>;
  /** The drawn lines, each with the box that it leaves and the one that it reaches. */
  readonly lines: readonly { readonly path: SVGPathElement; readonly from: string; readonly to: string }[];
}

/** What is drawn. */
export interface GraphSubject extends Wanted {
  readonly data: PageData;
  readonly graph: PageGraph;
  readonly texts: GraphTexts;
  /** The room that there is, in pixels. */
  readonly width: number;
  readonly most: Most;
}

/** Draws what a filter leaves of a graph. */
export function drawGraph(subject: GraphSubject): GraphView {
  const { data, graph, texts, width, most, filter, side } = subject;
  const choice = chooseFrom(graph, texts, subject);
  const drawing = fold({ data, graph, choice, side, filter, most });
  const layout = place(drawing, width);
  const lines = layout.lines.map((placed) => ({
    path: drawLine(placed),
    from: placed.line.from,
    to: placed.line.to,
  }));
  const nodes = new Map(layout.boxes.map((placed) => [placed.box.id, drawBox(placed)]));
  const top = 26;
  const svg = shape("svg", {
    attributes: {
      viewBox: `-2 ${-top} ${layout.width + 2} ${layout.height + top}`,
      width: layout.width + 2,
      height: layout.height + top,
      role: "group",
      "aria-label": `Graph of ${choice.identities.size} identities and ${choice.roles.size} roles. The list shows the same.`,
    },
    inside: [...columnTitles(layout), ...lines.map(({ path }) => path), ...nodes.values()],
  });
  const figure = figureOf(graph, svg, { filter, leftOut: drawing.leftOut, isEmpty: layout.boxes.length === 0 });
  return { figure, layout, nodes, lines };
}

function figureOf(
  graph: PageGraph,
  svg: SVGElement,
  { filter, leftOut, isEmpty }: { readonly filter: Filter; readonly leftOut: number; readonly isEmpty: boolean },
): HTMLElement {
  const isAsked = filter.words.length > 0 || filter.gravity > 0 || filter.plan !== undefined;
  const words = filter.onlyChanged && !isAsked ? "Nothing changes here." : "Nothing here matches the filter.";
  const nothing = element("p", { attributes: { class: "nothing" }, text: words });
  const scroller = element("div", { attributes: { class: "scroller" }, inside: [svg] });
  const rest = `${leftOut} more ${leftOut === 1 ? "identity is" : "identities are"} not drawn: search for them, or see the list.`;
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

function drawBox(placed: PlacedBox): SVGGElement {
  const { box, x, y, width, height, indent, name } = placed;
  const sign = signOf(box);
  const behind = box.kind !== "risk" && box.members.length > 1;
  return shape("g", {
    attributes: {
      class: `box ${box.kind} ${box.mark}${box.needsReview ? " review" : ""}`,
      transform: `translate(${x} ${y})`,
      role: "button",
      tabindex: -1,
      "aria-label": labelOf(box),
      "aria-expanded": "false",
      "aria-controls": "details",
      "data-box": box.id,
    },
    inside: [
      ...(behind ? [shape("rect", { attributes: { class: "behind", x: 4, y: 4, width, height, rx: 6 } })] : []),
      shape("rect", { attributes: { class: "frame", width, height, rx: 6 } }),
      ...(sign === "" ? [] : [shape("text", { attributes: { class: "sign", x: padding, y: 19 }, text: sign })]),
      ...name.map((text, at) =>
        shape("text", { attributes: { class: "name", x: indent, y: 19 + at * lineHeights.name }, text }),
      ),
      ...(box.gravest === 0 ? [] : [drawGravity(box, width)]),
      ...drawRows(placed),
      shape("title", { text: labelOf(box) }),
    ],
  });
}

function drawRows({ name, rows }: PlacedBox): readonly SVGElement[] {
  const texts = rows.flatMap(({ row, lines }) => lines.map((text) => ({ row, text })));
  const first = 8 + name.length * lineHeights.name;
  return texts.map(({ row, text }, at) =>
    shape("text", {
      attributes: { class: `row ${row.mark}`, x: padding, y: first + (at + 0.7) * lineHeights.row },
      text,
    }),
  );
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
    ...(needsReview ? ["not all privileges are known"] : []),
    ...(gravest === 0 ? [] : [`findings up to ${gravities[gravest] ?? ""}`]),
    ...rows.map((row) => (row.mark === "kept" ? row.text : `${row.text} ${markNames[row.mark]}`)),
  ];
  return facts.join(", ");
}
