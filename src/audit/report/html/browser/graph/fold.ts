import type { Mark, PageData, PageGraph, PageRole } from "../../page-data.ts";
import { type Filter, graveOf } from "../filter.ts";
import { grouped } from "../grouped.ts";
import type { Choice, Side } from "./choice.ts";

/** The columns of the graph, from left to right. */
export const columns = ["Identities", "Groups", "Roles", "Privileges by risk"] as const;

/** A row of a box: a privilege, or how many more there are. */
export interface BoxRow {
  readonly text: string;
  readonly mark: Mark;
}

/** A box of the graph: one thing, or several that are alike. */
export interface Box {
  readonly id: string;
  readonly kind: "identity" | "role" | "risk";
  readonly column: number;
  readonly title: string;
  readonly rows: readonly BoxRow[];
  readonly mark: Mark;
  readonly needsReview: boolean;
  readonly gravest: number;
  /** Indexes of what is in it. */
  readonly members: readonly number[];
}

/** A line between two boxes, by their ids. */
export interface BoxLine {
  readonly from: string;
  readonly to: string;
  readonly mark: Mark;
}

/** What is drawn. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly lines: readonly BoxLine[];
  /** How many identities are left out, because nobody could read that many boxes. */
  readonly leftOut: number;
}

/** Up to so many identities and roles, each one has a box of its own. */
const foldAbove = 40;

/** What a drawing is made of. */
export interface FoldSubject {
  readonly data: PageData;
  readonly graph: PageGraph;
  readonly choice: Choice;
  readonly side: Side;
  readonly filter: Filter;
  readonly most: Most;
}

/** How much is drawn: more boxes of identities are left out, the least grave first, and more privileges counted. */
export interface Most {
  readonly boxes: number;
  readonly privileges: number;
}

/** Makes boxes of what is chosen. If there is much of it, things that are alike share a box. */
export function fold(subject: FoldSubject): Drawing {
  const { choice, most } = subject;
  const isFolded = choice.identities.size + choice.roles.size > Math.min(foldAbove, most.boxes);
  const roles = foldRoles(subject, isFolded);
  const groups = foldIdentities(subject, { isFolded, isGroup: true, targets: roles.ids });
  const targets = new Map([...roles.ids, ...groups.ids]);
  const identities = foldIdentities(subject, { isFolded, isGroup: false, targets });
  const shown = identities.boxes.slice(0, most.boxes);
  const leftOut = identities.boxes.slice(most.boxes).flatMap(({ members }) => members).length;
  const leaves = risks(subject, roles.boxes);
  const ids = new Map([...targets, ...identities.ids]);
  const boxes = [...shown, ...groups.boxes, ...roles.boxes, ...leaves.boxes];
  const there = new Set(boxes.map(({ id }) => id));
  const lines = choice.lines.flatMap(({ kind, from, to, mark }) => {
    const ends = { from: ids.get(`i${from}`), to: ids.get(kind === "role" ? `r${to}` : `i${to}`) };
    return ends.from === undefined || ends.to === undefined ? [] : [{ from: ends.from, to: ends.to, mark }];
  });
  const all = joined([...lines, ...leaves.lines]).filter(({ from, to }) => there.has(from) && there.has(to));
  return { boxes, lines: all, leftOut };
}

interface Folded {
  readonly boxes: readonly Box[];
  /** The box of each thing. */
  readonly ids: ReadonlyMap<string, string>;
}

function foldRoles({ graph, choice, side }: FoldSubject, isFolded: boolean): Folded {
  const all = [...choice.roles].flatMap((index) => {
    const role = graph.roles[index];
    return role === undefined ? [] : [{ index, role }];
  });
  const { kept, added, removed } = countsOf(side);
  const likeness = ({ index, role }: (typeof all)[number]): string =>
    isFolded ? JSON.stringify([role.mark, role.isComplete, role.kept, role.added, role.removed]) : String(index);
  const boxes = [...grouped(all, likeness).values()].flatMap((alike): readonly Box[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { role, index } = first;
    return [
      {
        id: `r${index}`,
        kind: "role",
        column: 2,
        title: role.name,
        rows: [
          ...alikeRow(alike.length),
          ...rowsOf([
            [kept(role), "kept", "privilege"],
            [added(role), "added", "privilege"],
            [removed(role), "removed", "privilege"],
          ]),
        ],
        mark: sideMark(role.mark, side),
        needsReview: !role.isComplete,
        gravest: 0,
        members: alike.map((it) => it.index),
      },
    ];
  });
  return { boxes, ids: idsOf(boxes, "r") };
}

/** How many privileges a role has on a side. */
function countsOf(side: Side): Readonly<Record<"kept" | "added" | "removed", (role: PageRole) => number>> {
  if (side === "both") {
    return { kept: (it) => it.kept.length, added: (it) => it.added.length, removed: (it) => it.removed.length };
  }
  const other = side === "before" ? "removed" : "added";
  return { kept: (it) => it.kept.length + it[other].length, added: () => 0, removed: () => 0 };
}

interface IdentityFold {
  readonly isFolded: boolean;
  readonly isGroup: boolean;
  readonly targets: ReadonlyMap<string, string>;
}

function foldIdentities(
  { graph, choice, side, filter }: FoldSubject,
  { isFolded, isGroup, targets }: IdentityFold,
): Folded {
  const all = [...choice.identities]
    .flatMap((index) => {
      const identity = graph.identities[index];
      return identity?.isGroup === isGroup ? [{ index, identity }] : [];
    })
    .sort((left, right) => left.identity.rank - right.identity.rank);
  const bySource = grouped(choice.lines, ({ from }) => from);
  const likeness = ({ index, identity }: (typeof all)[number]): string => {
    if (!isFolded) return String(index);
    const ways = (bySource.get(index) ?? []).map(
      ({ kind, to, mark }) => `${mark} ${targets.get(kind === "role" ? `r${to}` : `i${to}`) ?? ""}`,
    );
    const { mark, needsReview, tokens } = identity;
    return JSON.stringify([
      mark,
      needsReview,
      graveOf(identity, filter),
      [...new Set(tokens)].sort(),
      [...new Set(ways)].sort(),
    ]);
  };
  const boxes = [...grouped(all, likeness).values()].flatMap((alike): readonly Box[] => {
    const [first] = alike;
    if (first === undefined) return [];
    const { mark, needsReview } = first.identity;
    return [
      {
        id: `i${first.index}`,
        kind: "identity",
        column: isGroup ? 1 : 0,
        title: first.identity.label,
        rows: [
          ...alikeRow(alike.length),
          ...tokenRows(
            alike.flatMap(({ identity }) => identity.tokens),
            side,
          ),
        ],
        mark: sideMark(mark, side),
        needsReview,
        gravest: graveOf(first.identity, filter),
        members: alike.map(({ index }) => index),
      },
    ];
  });
  return { boxes, ids: idsOf(boxes, "i") };
}

function tokenRows(tokens: readonly Mark[], side: Side): readonly BoxRow[] {
  const there = tokens.filter((mark) => side === "both" || mark !== (side === "before" ? "added" : "removed"));
  const marks = there.map((mark) => sideMark(mark, side));
  return rowsOf(
    (["kept", "changed", "added", "removed"] as const).map((mark) => [
      marks.filter((it) => it === mark).length,
      mark,
      "token",
    ]),
  );
}

type Counted = readonly [count: number, mark: Mark, noun: string];

function rowsOf(counts: readonly Counted[]): readonly BoxRow[] {
  return counts
    .filter(([count]) => count > 0)
    .map(([count, mark, noun]) => ({ text: `${count} ${noun}${count === 1 ? "" : "s"}`, mark }));
}

/** What changes is told only where both times are shown. */
function sideMark(mark: Mark, side: Side): Mark {
  return side === "both" ? mark : "kept";
}

/** How many more are in a box than its title says. */
function alikeRow(count: number): readonly BoxRow[] {
  return count < 2 ? [] : [{ text: `and ${count - 1} alike`, mark: "kept" }];
}

function idsOf(boxes: readonly Box[], prefix: string): ReadonlyMap<string, string> {
  return new Map(boxes.flatMap(({ id, members }) => members.map((index) => [`${prefix}${index}`, id] as const)));
}

/** One box for each risk, with the privileges that the roles give. */
function risks(
  { data, graph, side, most }: FoldSubject,
  roles: readonly Box[],
): { readonly boxes: readonly Box[]; readonly lines: readonly BoxLine[] } {
  const held = new Map<number, Map<number, Mark>>();
  const lines: BoxLine[] = [];
  for (const box of roles) {
    const role = graph.roles[box.members[0] ?? -1];
    for (const { privilege, mark } of role === undefined ? [] : privilegesOf(role, side)) {
      const risk = data.privileges[privilege]?.risk ?? 0;
      const ofRisk = held.get(risk) ?? new Map<number, Mark>();
      held.set(risk, ofRisk.set(privilege, together(ofRisk.get(privilege), mark)));
      lines.push({ from: box.id, to: `p${risk}`, mark });
    }
  }
  const boxes = [...held].map(([risk, privileges]): Box => {
    const members = [...privileges].toSorted(([, left], [, right]) => rank(left) - rank(right));
    const names = members.map(([index, mark]) => ({ text: data.privileges[index]?.name ?? "", mark }));
    const rest = names.length - most.privileges;
    return {
      id: `p${risk}`,
      kind: "risk",
      column: 3,
      title: data.risks[risk] ?? "",
      rows: rest <= 1 ? names : [...names.slice(0, most.privileges), { text: `and ${rest} more`, mark: "kept" }],
      mark: "kept",
      needsReview: false,
      gravest: 0,
      members: members.map(([index]) => index),
    };
  });
  return { boxes: boxes.toSorted((left, right) => (left.id < right.id ? -1 : 1)), lines };
}

/** The privileges of a role on a side. */
export function privilegesOf(
  role: PageRole,
  side: Side,
): readonly { readonly privilege: number; readonly mark: Mark }[] {
  const marked = (indexes: readonly number[], mark: Mark): readonly { privilege: number; mark: Mark }[] =>
    indexes.map((privilege) => ({ privilege, mark: sideMark(mark, side) }));
  return [
    ...marked(role.kept, "kept"),
    ...(side === "before" ? [] : marked(role.added, "added")),
    ...(side === "after" ? [] : marked(role.removed, "removed")),
  ];
}

const order: readonly Mark[] = ["added", "removed", "changed", "kept"];

function rank(mark: Mark): number {
  return order.indexOf(mark);
}

/** The common mark of several for one thing: it is kept as long as one of them keeps it. */
function together(left: Mark | undefined, right: Mark): Mark {
  return left === undefined || left === right ? right : "kept";
}

/** One line for all between the same boxes. */
function joined(lines: readonly BoxLine[]): readonly BoxLine[] {
  const ways = grouped(lines, ({ from, to }) => `${from} ${to}`);
  return [...ways.values()].flatMap((alike) => {
    const [first] = alike;
    const marks = new Set(alike.map(({ mark }) => mark));
    if (first === undefined) return [];
    const changed = marks.has("added") && marks.has("removed") ? "changed" : undefined;
    const mark = marks.size === 1 ? first.mark : (changed ?? order.find((it) => marks.has(it)) ?? "kept");
    return [{ ...first, mark }];
  });
}
