import { grouped } from "../grouped.ts";
import { type BoxShape, shapeOf, widthOfLongestWord, wishedWidth } from "./box-shape.ts";
import type { Box, BoxLine, Drawing } from "./fold.ts";
import { highestOf, type Item, spread, stacked } from "./spread.ts";

/** A box with its place: the upper left corner, the size, and its texts in lines that fit. */
export interface PlacedBox extends BoxShape {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
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

const groupColumn = 1;
const riskColumn = 3;
/** Narrower boxes, by their columns, would only hold pieces of names. */
const leastWidths = [150, 116, 120, 150] as const;
const mostWidth = 640;
/** Longer words are broken where there is no room. */
const mostWord = 190;
const gaps = { least: 34, most: 150 } as const;
/** Room for the shadow of the last boxes. */
const margin = 6;

/** Places a drawing in the given width: columns from left to right, the most severe at the top. */
export function place(drawing: Drawing, width: number): Layout {
  const columns = [...grouped(drawing.boxes, ({ column }) => column)].sort(([left], [right]) => left - right);
  const { widths, gap } = roomOf(columns, width - margin);
  const sized = columns.flatMap(([, boxes], at) => {
    const x = widths.slice(0, at).reduce((sum, each) => sum + each + gap, 0);
    const inColumn = widths[at] ?? 0;
    return boxes.map((box) => ({ box, x, width: inColumn, ...shapeOf(box, inColumn) }));
  });
  const tops = topsOf(sized, drawing.lines);
  const boxes = sized.map((each): PlacedBox => ({ ...each, y: tops.get(each.box.id) ?? 0 }));
  return {
    boxes,
    lines: placeLines(drawing.lines, boxes, tops),
    width: highestOf(boxes.map((each) => each.x + each.width)) + margin,
    height: highestOf(boxes.map((each) => each.y + each.height)) + margin,
  };
}

/** As wide as the names ask for. What is left over goes to the lines, then to the boxes; what lacks, the longest names lose. */
function roomOf(
  columns: readonly (readonly [number, readonly Box[]])[],
  width: number,
): { readonly widths: readonly number[]; readonly gap: number } {
  const between = Math.max(1, columns.length - 1);
  const least = columns.map(([column, boxes]) =>
    Math.max(leastWidths[column] ?? 150, Math.min(mostWord, highestOf(boxes.map(widthOfLongestWord)))),
  );
  const wished = columns.map(([, boxes], at) =>
    Math.min(mostWidth, Math.max(least[at] ?? 0, highestOf(boxes.map(wishedWidth)))),
  );
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
  const rest = width - sum(wished) - between * gaps.least;
  if (rest >= 0) {
    const gap = Math.min(gaps.most, gaps.least + rest / between);
    const more = (width - sum(wished) - between * gap) / wished.length;
    return { widths: wished.map((each) => Math.min(mostWidth, each + more)), gap };
  }
  return { widths: levelled(wished, least, sum(wished) + rest), gap: gaps.least };
}

/** Reduces the widest columns until all fit, but none below the least width that it needs. */
function levelled(wished: readonly number[], least: readonly number[], room: number): readonly number[] {
  const under = (level: number): readonly number[] =>
    wished.map((each, at) => Math.min(each, Math.max(level, least[at] ?? 0)));
  let [low, high] = [0, mostWidth];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (under(middle).reduce((sum, each) => sum + each, 0) <= room) low = middle;
    else high = middle;
  }
  return under(low);
}

type Sized = Omit<PlacedBox, "y">;
type Tops = Map<string, number>;

/** Identities and risks stand in their order from the top, groups and roles beside what leads to them. */
function topsOf(sized: readonly Sized[], lines: readonly BoxLine[]): Tops {
  const inColumn = grouped(sized, ({ box }) => box.column);
  const tops: Tops = new Map();
  const heights = new Map(sized.map(({ box, height }) => [box.id, height]));
  const leading = grouped(lines, ({ to }) => to);
  const middleOf = (id: string): number => (tops.get(id) ?? 0) + (heights.get(id) ?? 0) / 2;
  const wishOf = (id: string): number => {
    const sources = (leading.get(id) ?? []).filter(({ from }) => tops.has(from));
    // What nothing leads to is below the rest.
    return sources.length === 0
      ? Number.MAX_SAFE_INTEGER
      : sources.reduce((sum, { from }) => sum + middleOf(from), 0) / sources.length;
  };
  const add = (found: ReadonlyMap<string, number>): void => {
    for (const [id, top] of found) tops.set(id, top);
  };
  const itemsOf = (column: number): readonly Item[] =>
    (inColumn.get(column) ?? []).map(({ box, height }) => ({ id: box.id, height, wish: wishOf(box.id) }));
  const columns = [...inColumn.keys()].sort((left, right) => left - right);
  const [firstColumn] = columns;
  for (const column of columns) {
    if (column === firstColumn || column === riskColumn) add(stacked(itemsOf(column)));
    else
      add(spread(inOrder([...itemsOf(column), ...(column === groupColumn ? passesOf(sized, lines, middleOf) : [])])));
  }
  return tops;
}

/** Items without a wish stand directly below the last that has one. */
function inOrder(items: readonly Item[]): readonly Item[] {
  const sorted = items.toSorted((left, right) => left.wish - right.wish);
  const last = sorted.findLast(({ wish }) => wish < Number.MAX_SAFE_INTEGER)?.wish ?? 0;
  return sorted.map((item) => ({ ...item, wish: Math.min(item.wish, last) }));
}

/** Lines that pass the column of groups: they need room there, or they would seem to lead to a box. */
function passesOf(
  sized: readonly Sized[],
  lines: readonly BoxLine[],
  middleOf: (id: string) => number,
): readonly Item[] {
  const columnOf = new Map(sized.map(({ box }) => [box.id, box.column]));
  return lines.flatMap(({ from, to }, index) => {
    if ((columnOf.get(from) ?? 0) >= groupColumn || (columnOf.get(to) ?? 0) <= groupColumn) return [];
    return [{ id: `pass ${index}`, height: 1, wish: middleOf(from) }];
  });
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
