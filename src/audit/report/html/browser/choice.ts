import type { PageGraph, PageLine } from "../page-data.ts";
import { grouped } from "./grouped.ts";

/** What the reader asks to see. */
export interface Filter {
  /** Words, in small letters; all of them must be there. */
  readonly words: readonly string[];
  /** From 0, which asks nothing, to 4 for critical. */
  readonly gravity: number;
  readonly onlyChanged: boolean;
}

/** Which of the two times. */
export type Side = "both" | "before" | "after";

/** A part of a graph: indexes into its lists. */
export interface Choice {
  readonly identities: ReadonlySet<number>;
  readonly roles: ReadonlySet<number>;
  readonly lines: readonly PageLine[];
}

/** Whether all words stand in a text. */
export function hasWords(text: string, { words }: Filter): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** The part of a graph that a filter and a side leave. A way to rights is shown as a whole or not at all. */
export function chooseFrom(graph: PageGraph, textOf: GraphTexts, { filter, side }: Wanted): Choice {
  const there = graph.lines.filter(({ mark }) => isThere(mark, side));
  const lines = filter.onlyChanged ? there.filter((line) => isOnChangedWay(line, graph, there)) : there;
  const bySource = grouped(lines, ({ from }) => from);
  const identities = new Set<number>();
  const roles = new Set<number>();
  const kept = new Set<PageLine>();
  const follow = (identity: number): void => {
    identities.add(identity);
    for (const line of bySource.get(identity) ?? []) {
      if (kept.has(line)) continue;
      kept.add(line);
      if (line.kind === "role") roles.add(line.to);
      else follow(line.to);
    }
  };
  graph.identities.forEach((identity, index) => {
    const text = [index, ...reached(index, bySource)].map((at) => textOf.identity(at)).join(" ");
    const isWanted = !filter.onlyChanged || identity.mark !== "kept" || bySource.has(index);
    const isGrave = identity.gravest >= filter.gravity;
    if (isThere(identity.mark, side) && isWanted && isGrave && hasWords(text, filter)) follow(index);
  });
  addRoles(graph, textOf, { filter, side, roles });
  return { identities, roles, lines: [...kept] };
}

/** What filters look into, by index. */
export interface GraphTexts {
  readonly identity: (index: number) => string;
  readonly role: (index: number) => string;
}

/** What is wanted of a graph. */
export interface Wanted {
  readonly filter: Filter;
  readonly side: Side;
}

/** Roles without members belong to the picture as well. */
function addRoles(graph: PageGraph, textOf: GraphTexts, wanted: Wanted & { readonly roles: Set<number> }): void {
  const { filter, side, roles } = wanted;
  if (filter.gravity > 0) return;
  graph.roles.forEach((role, index) => {
    const isWanted = !filter.onlyChanged || role.mark !== "kept";
    if (isWanted && isThere(role.mark, side) && hasWords(textOf.role(index), filter)) roles.add(index);
  });
}

function isThere(mark: PageLine["mark"], side: Side): boolean {
  if (side === "before") return mark !== "added";
  return side === "both" || mark !== "removed";
}

function isOnChangedWay(line: PageLine, graph: PageGraph, lines: readonly PageLine[]): boolean {
  const isChanged = ({ kind, to, mark }: PageLine): boolean =>
    mark !== "kept" || (kind === "role" && graph.roles[to]?.mark !== "kept");
  if (isChanged(line) || graph.identities[line.from]?.mark !== "kept") return true;
  return line.kind === "group" && lines.some((next) => next.from === line.to && isChanged(next));
}

function reached(index: number, bySource: ReadonlyMap<number, readonly PageLine[]>): readonly number[] {
  return (bySource.get(index) ?? []).flatMap(({ kind, to }) => (kind === "group" ? [to] : []));
}
