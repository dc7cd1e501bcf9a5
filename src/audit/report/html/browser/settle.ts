/** Something that stands in a column: a box, or a line that passes. */
export interface Item {
  readonly id: string;
  readonly column: number;
  readonly height: number;
  /** Its place among the others of its column. */
  readonly order: number;
  /** Ids of what it is connected with in other columns. */
  readonly neighbors: readonly string[];
}

const gap = 9;
const sweeps = 4;

/**
 * Finds the upper edge of every item: each near to what it is connected with, in the order given, and without more room
 * between than that takes.
 */
export function settle(items: readonly Item[]): ReadonlyMap<string, number> {
  const numbers = [...new Set(items.map(({ column }) => column))];
  const columns = numbers.map((number) =>
    items.filter(({ column }) => column === number).toSorted((left, right) => left.order - right.order),
  );
  const tallest = Math.max(...columns.map(heightOf), 0);
  const tops = new Map<string, number>();
  for (const column of columns) {
    let top = (tallest - heightOf(column)) / 2;
    for (const { id, height } of column) {
      tops.set(id, top);
      top += height + gap;
    }
  }
  const heights = new Map(items.map(({ id, height }) => [id, height]));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      // The tallest column holds the drawing together.
      if (heightOf(column) < tallest) pull(column, tops, { heights, tallest });
    }
  }
  return tops;
}

function heightOf(column: readonly Item[]): number {
  return column.reduce((sum, { height }) => sum + height + gap, -gap);
}

interface Bounds {
  readonly heights: ReadonlyMap<string, number>;
  readonly tallest: number;
}

/** Moves the items of a column to the middle of what they are connected with, as far as the others leave room. */
function pull(column: readonly Item[], tops: Map<string, number>, { heights, tallest }: Bounds): void {
  const middle = (id: string): number => (tops.get(id) ?? 0) + (heights.get(id) ?? 0) / 2;
  const wanted = column.map(({ id, height, neighbors }) => {
    const middles = neighbors.length === 0 ? [middle(id)] : neighbors.map(middle);
    return middles.reduce((sum, it) => sum + it, 0) / middles.length - height / 2;
  });
  const down: number[] = [];
  let free = 0;
  column.forEach(({ height }, index) => {
    const top = Math.max(free, wanted[index] ?? 0);
    down.push(top);
    free = top + height + gap;
  });
  let floor = tallest;
  for (let index = column.length - 1; index >= 0; index -= 1) {
    const { id = "", height = 0 } = column[index] ?? {};
    const top = Math.min(floor - height, down[index] ?? 0);
    tops.set(id, top);
    floor = top - gap;
  }
}
