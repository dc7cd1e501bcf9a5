import type { GraphView } from "./graph-view.ts";
import type { PlacedBox } from "./layout.ts";

/** The box to which an arrow key goes: within the column, or along a line to the next column. */
export function neighborOf(id: string, key: string, view: GraphView): string | undefined {
  const here = view.layout.boxes.find(({ box }) => box.id === id);
  if (here === undefined) return undefined;
  switch (key) {
    case "ArrowUp":
    case "ArrowDown":
    case "Home":
    case "End":
      return inColumn(here, key, view);
    case "ArrowRight":
      return nearest(
        here,
        connected(view, (line) => (line.from === id ? line.to : undefined)),
      );
    case "ArrowLeft":
      return nearest(
        here,
        connected(view, (line) => (line.to === id ? line.from : undefined)),
      );
    default:
      return undefined;
  }
}

function inColumn(here: PlacedBox, key: string, { layout }: GraphView): string | undefined {
  const column = layout.boxes
    .filter(({ box }) => box.column === here.box.column)
    .toSorted((upper, lower) => upper.y - lower.y);
  const at = column.indexOf(here);
  const places: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    Home: 0,
    End: column.length - 1,
  };
  return column[places[key] ?? at]?.box.id;
}

type Line = GraphView["lines"][number];

function connected(view: GraphView, other: (line: Line) => string | undefined): readonly PlacedBox[] {
  const ids = new Set(view.lines.map(other));
  return view.layout.boxes.filter(({ box }) => ids.has(box.id));
}

function nearest(here: PlacedBox, boxes: readonly PlacedBox[]): string | undefined {
  const distance = (it: PlacedBox): number => Math.abs(it.y + it.height / 2 - here.y - here.height / 2);
  const [first] = boxes.toSorted((left, right) => distance(left) - distance(right));
  return first?.box.id;
}
