/** Something that stands in a column: a box, or a line that passes. */
export interface Item {
  readonly id: string;
  readonly height: number;
  /** Where its middle is best, in pixels from the top. */
  readonly wish: number;
}

const leastGap = 10;

interface Block {
  readonly items: readonly Item[];
  /** The upper edge at which the items are nearest to their wishes. */
  readonly top: number;
}

/**
 * Finds the upper edge of every item of one column: none overlaps, their order stays, and all stand as near as that
 * allows to where they are best.
 */
export function spread(items: readonly Item[]): ReadonlyMap<string, number> {
  const blocks: Block[] = [];
  for (const item of items) {
    let block: Block = { items: [item], top: item.wish - item.height / 2 };
    for (let upper = blocks.at(-1); upper !== undefined && bottomOf(upper) > block.top; upper = blocks.at(-1)) {
      blocks.pop();
      block = joined(upper, block);
    }
    blocks.push(block);
  }
  const tops = new Map<string, number>();
  let free = 0;
  for (const { items: inside, top } of blocks) {
    let next = Math.max(top, free);
    for (const { id, height } of inside) {
      tops.set(id, next);
      next += height + leastGap;
    }
    free = next;
  }
  return tops;
}

/** Puts items below each other from the top. */
export function stacked(items: readonly Omit<Item, "wish">[]): ReadonlyMap<string, number> {
  let next = 0;
  return new Map(
    items.map(({ id, height }) => {
      const top = next;
      next += height + leastGap;
      return [id, top] as const;
    }),
  );
}

/** The greatest of these numbers, or 0 where all are below. */
export function highestOf(numbers: readonly number[]): number {
  return numbers.reduce((highest, number) => Math.max(highest, number), 0);
}

function joined(upper: Block, lower: Block): Block {
  const items = [...upper.items, ...lower.items];
  let before = 0;
  let sum = 0;
  for (const { wish, height } of items) {
    sum += wish - height / 2 - before;
    before += height + leastGap;
  }
  return { items, top: sum / items.length };
}

function bottomOf({ items, top }: Block): number {
  return items.reduce((bottom, { height }) => bottom + height + leastGap, top);
}
