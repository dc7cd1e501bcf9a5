import {
  type EdgeLabel,
  Graph,
  type GraphLabel,
  layout as dagreLayout,
  type NodeLabel,
  type Point,
} from "@dagrejs/dagre";
import type { Box, BoxLine, Drawing } from "./fold.ts";
import { highestOf, type Item, spread } from "./spread.ts";

/** A box with its place: the upper left corner and the size. */
export interface PlacedBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line with its way: points from left to right. */
export interface PlacedLine {
  readonly line: BoxLine;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** A drawing with its places. */
export interface Layout {
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
  readonly width: number;
  readonly height: number;
}

/** Height of one row of text. */
export const rowHeight = 17;

const boxWidths = [212, 160, 168, 222] as const;
const titleHeight = 28;
const groupColumn = 1;
const sink = "sink";

/** Finds places: columns from left to right, with few crossings. */
export function place(drawing: Drawing): Layout {
  const columns = [...new Set(drawing.boxes.map(({ column }) => column))].sort((left, right) => left - right);
  const rankOf = (box: Box): number => columns.indexOf(box.column);
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({
    rankdir: "LR",
    ranker: "longest-path",
    nodesep: 10,
    ranksep: 58,
    edgesep: 6,
    marginx: 4,
    marginy: 4,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const boxes = new Map(drawing.boxes.map((box) => [box.id, box]));
  for (const box of drawing.boxes) {
    graph.setNode(box.id, { width: boxWidths[box.column] ?? 200, height: heightOf(box) });
  }
  const sources = new Set(drawing.lines.map(({ from }) => from));
  for (const { from, to } of drawing.lines) {
    const [left, right] = [boxes.get(from), boxes.get(to)];
    if (left !== undefined && right !== undefined) {
      graph.setEdge(from, to, { minlen: Math.max(1, rankOf(right) - rankOf(left)), weight: 1 });
    }
  }
  // What leads nowhere is kept in its column by a line that is not drawn.
  graph.setNode(sink, { width: 0, height: 0 });
  for (const box of drawing.boxes) {
    if (!sources.has(box.id)) graph.setEdge(box.id, sink, { minlen: columns.length - rankOf(box), weight: 0 });
  }
  dagreLayout(graph);
  return collect(graph, drawing);
}

/** dagre says what stands above what; how far down is found here, without the room that it leaves for straight lines. */
function collect(graph: Graph<GraphLabel, NodeLabel, EdgeLabel>, drawing: Drawing): Layout {
  const passes = passesOf(graph, drawing);
  const items = drawing.boxes.map((box, index): Item => {
    // Risks keep their order, which is from grave to plain.
    const order = box.kind === "risk" ? index : (graph.node(box.id).y ?? 0);
    return { id: box.id, column: box.column, height: heightOf(box), order };
  });
  const tops = spread([...items, ...passes.values()]);
  const boxes = drawing.boxes.map((box): PlacedBox => {
    const { x = 0, width } = graph.node(box.id);
    return { box, x: x - width / 2, y: tops.get(box.id) ?? 0, width, height: heightOf(box) };
  });
  const lines = placeLines(drawing.lines, boxes, tops);
  return {
    boxes,
    lines,
    width: highestOf(boxes.map(({ x, width }) => x + width)) + 6,
    height: highestOf(boxes.map(({ y, height }) => y + height)) + 6,
  };
}

/** Lines that pass the column of groups, by their index: they need room there, or they would seem to lead to a box. */
function passesOf(graph: Graph<GraphLabel, NodeLabel, EdgeLabel>, drawing: Drawing): ReadonlyMap<number, Item> {
  const group = drawing.boxes.find(({ column }) => column === groupColumn);
  if (group === undefined) return new Map();
  const columnOf = new Map(drawing.boxes.map(({ id, column }) => [id, column]));
  const { x = 0 } = graph.node(group.id);
  return new Map(
    drawing.lines.flatMap(({ from, to }, index) => {
      if ((columnOf.get(from) ?? 0) >= groupColumn || (columnOf.get(to) ?? 0) <= groupColumn) return [];
      const distance = (point: Point): number => Math.abs(point.x - x);
      const [nearest] = (graph.edge(from, to).points ?? []).toSorted((left, right) => distance(left) - distance(right));
      return [[index, { id: `pass ${index}`, column: groupColumn, height: 1, order: nearest?.y ?? 0 }]];
    }),
  );
}

function placeLines(
  lines: readonly BoxLine[],
  boxes: readonly PlacedBox[],
  tops: ReadonlyMap<string, number>,
): readonly PlacedLine[] {
  const byId = new Map(boxes.map((placed) => [placed.box.id, placed]));
  const group = boxes.find(({ box }) => box.column === groupColumn);
  return lines.flatMap((line, index): readonly PlacedLine[] => {
    const [from, to] = [byId.get(line.from), byId.get(line.to)];
    if (from === undefined || to === undefined) return [];
    const y = tops.get(`pass ${index}`);
    const inner =
      y === undefined || group === undefined
        ? []
        : ([
            [group.x, y],
            [group.x + group.width, y],
          ] as const);
    const start = [from.x + from.width, from.y + from.height / 2] as const;
    return [{ line, points: [start, ...inner, [to.x, to.y + to.height / 2]] }];
  });
}

function heightOf({ rows }: Box): number {
  return titleHeight + rows.length * rowHeight + (rows.length === 0 ? 0 : 5);
}
