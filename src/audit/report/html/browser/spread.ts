/** Something that stands in a column: a box, or a line that passes. */
export interface Item {
  readonly id: string;
  readonly column: number;
  readonly height: number;
  /** Its place among the others of its column. */
  readonly order: number;
}

const leastGap = 10;

/** Finds the upper edge of every item: each column is as high as the highest, with the same room between all. */
export function spread(items: readonly Item[]): ReadonlyMap<string, number> {
  const columns = [...new Set(items.map(({ column }) => column))].map((number) =>
    items.filter(({ column }) => column === number).toSorted((left, right) => left.order - right.order),
  );
  const highest = highestOf(columns.map((column) => bareHeight(column) + (column.length - 1) * leastGap));
  const tops = new Map<string, number>();
  for (const column of columns) {
    const room = highest - bareHeight(column);
    // A single box stands in the middle.
    const gap = column.length === 1 ? room / 2 : room / (column.length - 1);
    let top = column.length === 1 ? gap : 0;
    for (const { id, height } of column) {
      tops.set(id, top);
      top += height + gap;
    }
  }
  return tops;
}

/** The greatest of these numbers, or 0 where all are below. */
export function highestOf(numbers: readonly number[]): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), 0);
}

function bareHeight(column: readonly Item[]): number {
  return column.reduce((sum, { height }) => sum + height, 0);
}
