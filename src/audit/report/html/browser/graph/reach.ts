import type { GraphView } from "./graph-view.ts";

/** The boxes and lines on the ways through a box. */
export interface Reach {
  readonly boxes: ReadonlySet<string>;
  readonly lines: ReadonlySet<number>;
}

/** All that leads to a box, and all that it leads to. */
export function reachOf(id: string, { lines }: GraphView): Reach {
  const boxes = new Set([id]);
  const found = new Set<number>();
  follow(id, { lines, boxes, found, isForward: true });
  follow(id, { lines, boxes, found, isForward: false });
  return { boxes, lines: found };
}

interface Search {
  readonly lines: GraphView["lines"];
  readonly boxes: Set<string>;
  readonly found: Set<number>;
  readonly isForward: boolean;
}

function follow(start: string, { lines, boxes, found, isForward }: Search): void {
  const open = [start];
  const seen = new Set(open);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    lines.forEach(({ from, to }, index) => {
      const [here, there] = isForward ? [from, to] : [to, from];
      if (here !== id) return;
      found.add(index);
      boxes.add(there);
      if (!seen.has(there)) open.push(there);
      seen.add(there);
    });
  }
}
