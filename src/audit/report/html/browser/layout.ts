import {
  type EdgeLabel,
  Graph,
  type GraphLabel,
  layout as dagreLayout,
  type NodeLabel,
  type Point,
} from "@dagrejs/dagre";
import type { Box, BoxLine, Drawing } from "./fold.ts";

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

function collect(graph: Graph<GraphLabel, NodeLabel, EdgeLabel>, drawing: Drawing): Layout {
  const boxes = drawing.boxes.map((box): PlacedBox => {
    const { x = 0, y = 0, width, height } = graph.node(box.id);
    return { box, x: x - width / 2, y: y - height / 2, width, height };
  });
  const byId = new Map(boxes.map((placed) => [placed.box.id, placed]));
  const lines = drawing.lines.flatMap((line): readonly PlacedLine[] => {
    const [from, to] = [byId.get(line.from), byId.get(line.to)];
    if (from === undefined || to === undefined) return [];
    const between = boxes.filter(({ box }) => box.column > from.box.column && box.column < to.box.column);
    const start = [from.x + from.width, from.y + from.height / 2] as const;
    const inner = passing(graph.edge(line.from, line.to).points ?? [], between);
    return [{ line, points: [start, ...inner, [to.x, to.y + to.height / 2]] }];
  });
  const top = Math.min(0, ...boxes.map(({ y }) => y));
  return {
    boxes,
    lines,
    width: Math.max(...boxes.map(({ x, width }) => x + width), 0) + 4,
    height: Math.max(...boxes.map(({ y, height }) => y + height), 0) - top + 4,
  };
}

/** Where a line passes straight through the columns between its ends. */
function passing(points: readonly Point[], between: readonly PlacedBox[]): PlacedLine["points"] {
  const columns = new Map(between.map(({ box, x, width }) => [box.column, { x, width }]));
  return [...columns.values()].flatMap(({ x, width }) => {
    const distance = (point: Point): number => Math.abs(point.x - x - width / 2);
    const [nearest] = points.toSorted((left, right) => distance(left) - distance(right));
    return nearest === undefined ? [] : [[x, nearest.y] as const, [x + width, nearest.y] as const];
  });
}

function heightOf({ rows }: Box): number {
  return titleHeight + rows.length * rowHeight + (rows.length === 0 ? 0 : 5);
}
