import type { PageGraph, PageLine } from "../../page-data.ts";
import { type Filter, type GraphTexts, hasWords, isConcerned, isOfPlan } from "../filter.ts";
import { grouped } from "../grouped.ts";

/** Which of the two times. */
export type Side = "both" | "before" | "after";

/** A part of a graph: indexes into its lists. */
export interface Choice {
  readonly identities: ReadonlySet<number>;
  readonly roles: ReadonlySet<number>;
  readonly lines: readonly PageLine[];
}

/** What is wanted of a graph. */
export interface Wanted {
  readonly filter: Filter;
  readonly side: Side;
  /** The identities that the filter asks for. */
  readonly identities: ReadonlySet<number>;
}

/** The part of a graph that is wanted. A path to rights is shown completely or not at all. */
export function chooseFrom(graph: PageGraph, texts: GraphTexts, wanted: Wanted): Choice {
  const { filter, side } = wanted;
  const there = graph.lines.filter(({ mark }) => isThere(mark, side));
  const lines = filter.onlyChanged ? changedWays(graph, there) : there;
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
  for (const index of wanted.identities) if (isThere(graph.identities[index]?.mark ?? "kept", side)) follow(index);
  for (const role of rolesAlone(graph, texts, wanted)) roles.add(role);
  return { identities, roles, lines: [...kept] };
}

/** Roles without members belong to the picture as well. */
function rolesAlone(graph: PageGraph, texts: GraphTexts, { filter, side }: Wanted): readonly number[] {
  if (filter.gravity > 0) return [];
  return graph.roles.flatMap((role, index) => {
    const isWanted = !filter.onlyChanged || role.mark !== "kept";
    const isAsked = isOfPlan(role.plans, filter) && hasWords(texts.role(index), filter);
    return isWanted && isThere(role.mark, side) && isAsked ? [index] : [];
  });
}

function isThere(mark: PageLine["mark"], side: Side): boolean {
  if (side === "before") return mark !== "added";
  return side === "both" || mark !== "removed";
}

/** The lines of paths on which anything changes, or that belong to what the plan is about. */
function changedWays(graph: PageGraph, lines: readonly PageLine[]): readonly PageLine[] {
  const isChanged = ({ kind, to, mark }: PageLine): boolean =>
    mark !== "kept" || (kind === "role" && graph.roles[to]?.mark !== "kept");
  const leading = new Set(lines.filter(isChanged).map(({ from }) => from));
  const isShown = (line: PageLine): boolean => {
    const source = graph.identities[line.from];
    if (isChanged(line) || source === undefined || isConcerned(source)) return true;
    return line.kind === "group" && leading.has(line.to);
  };
  const passed = new Set(lines.filter((line) => line.kind === "group" && isShown(line)).map(({ to }) => to));
  return lines.filter((line) => isShown(line) || passed.has(line.from));
}
