import type { Mark, PageData, PageGraph, PageIdentity } from "../page-data.ts";
import { element } from "./elements.ts";
import { grouped } from "./grouped.ts";
import { type Box, privilegesOf } from "./graph/fold.ts";
import { markNames, signs } from "./marks.ts";

/** What is told: one thing, or several that share a box. */
export interface Chosen {
  readonly data: PageData;
  readonly graph: PageGraph;
  readonly kind: Box["kind"];
  readonly title: string;
  /** Indexes of what it is. */
  readonly members: readonly number[];
}

/** Tells all about something: its parts, what it leads to, and the findings about it. */
export function describe(chosen: Chosen): readonly HTMLElement[] {
  if (chosen.kind === "identity") return describeIdentities(chosen);
  return chosen.kind === "role" ? describeRoles(chosen) : describeRisk(chosen);
}

interface Item {
  readonly text: string;
  readonly mark: Mark;
}

function describeIdentities({ data, graph, members }: Chosen): readonly HTMLElement[] {
  const identities = members.flatMap((index) => graph.identities[index] ?? []);
  const [first] = identities;
  const start = members[0] ?? -1;
  const ways = graph.lines
    .filter(({ from }) => from === start)
    .map(({ kind, to, mark }) => ({
      text: kind === "role" ? `role ${graph.roles[to]?.name ?? ""}` : `group ${graph.identities[to]?.label ?? ""}`,
      mark,
    }));
  const labels = new Set(identities.map(({ label }) => label));
  const tokens = data.tokens
    .filter(({ identity, cluster }) => cluster === graph.cluster && labels.has(identity))
    .map(({ place, words, mark }) => ({ text: `${place}: ${words}`, mark }));
  return [
    ...(identities.length === 1 && first?.address !== undefined ? [address(first.address)] : []),
    ...(identities.length > 1 ? list("Identities that are alike", identities.map(named)) : []),
    ...list(identities.length > 1 ? "Roles and groups of the first" : "Roles and groups", ways),
    ...privilegesBy(data, heldBy(start, graph)),
    ...list("Access tokens", tokens),
    ...findingsAbout(labels, graph),
  ];
}

function describeRoles({ data, graph, members }: Chosen): readonly HTMLElement[] {
  const roles = members.flatMap((index) => graph.roles[index] ?? []);
  const [first] = roles;
  if (first === undefined) return [];
  return [
    ...(roles.length === 1 && first.address !== undefined ? [address(first.address)] : []),
    ...(roles.length > 1
      ? list(
          "Roles",
          roles.map(({ name, mark }) => ({ text: name, mark })),
        )
      : []),
    ...(first.isComplete ? [] : [element("p", { text: "Not all of its privileges are known: review." })]),
    ...privilegesBy(data, privilegesOf(first, "both")),
  ];
}

type Held = ReturnType<typeof privilegesOf>;

/** The privileges that an identity has, gets or loses, by its own roles and those of its groups. */
function heldBy(start: number, { lines, roles }: PageGraph): Held {
  const groups = new Map(
    lines.filter(({ kind, from }) => kind === "group" && from === start).map((it) => [it.to, it.mark]),
  );
  const marks = new Map<number, Set<Mark>>();
  for (const { kind, from, to, mark } of lines) {
    const way = from === start ? "kept" : groups.get(from);
    const role = kind === "role" && way !== undefined ? roles[to] : undefined;
    for (const held of role === undefined ? [] : privilegesOf(role, "both")) {
      const all = marks.get(held.privilege) ?? new Set();
      marks.set(held.privilege, all.add(joinedMark([way ?? "kept", mark, held.mark])));
    }
  }
  // What one way keeps, no other way gives or takes.
  return [...marks].map(([privilege, all]) => ({
    privilege,
    mark: all.has("kept") || all.size > 1 ? "kept" : ([...all][0] ?? "kept"),
  }));
}

/** The mark of a whole path: a path of which a part is removed gives nothing new. */
function joinedMark(parts: readonly Mark[]): Mark {
  if (parts.includes("removed")) return "removed";
  return parts.includes("added") ? "added" : "kept";
}

/** Privileges below what they can do in the wrong hands, gravest first, and what changes before what stays. */
function privilegesBy({ privileges, risks }: PageData, held: Held): readonly HTMLElement[] {
  const byRisk = [...grouped(held, ({ privilege }) => privileges[privilege]?.risk ?? -1)];
  return byRisk
    .sort(([left], [right]) => left - right)
    .flatMap(([risk, all]) =>
      list(
        `Privileges: ${(risks[risk] ?? "").toLowerCase()}`,
        all
          .map(({ privilege, mark }) => ({ text: privileges[privilege]?.name ?? "", mark }))
          .sort((left, right) => Number(left.mark === "kept") - Number(right.mark === "kept")),
      ),
    );
}

function named({ label, mark }: PageIdentity): Item {
  return { text: label, mark };
}

function describeRisk({ data, graph, members }: Chosen): readonly HTMLElement[] {
  return members.flatMap((index) => {
    const roles = graph.roles.flatMap((role) => {
      const mark = privilegesOf(role, "both").find(({ privilege }) => privilege === index)?.mark;
      return mark === undefined ? [] : [{ text: role.name, mark }];
    });
    return list(data.privileges[index]?.name ?? "", roles);
  });
}

function address(text: string): HTMLElement {
  return element("p", { inside: [element("code", { text })] });
}

function list(title: string, items: readonly Item[]): readonly HTMLElement[] {
  if (items.length === 0) return [];
  const rows = items.map(({ text, mark }) =>
    element("li", {
      attributes: { class: mark },
      inside: [
        element("span", { attributes: { class: "sign", "aria-hidden": "true" }, text: signs[mark] }),
        element("bdi", { text }),
        ...(mark === "kept" ? [] : [element("span", { attributes: { class: "said" }, text: ` (${markNames[mark]})` })]),
      ],
    }),
  );
  const count = items.length === 1 ? "" : ` (${items.length})`;
  return [element("h3", { text: `${title}${count}` }), element("ul", { inside: rows })];
}

/** The identities that a finding is about, of which there may be several. */
function labelsOf(text = "[]"): readonly string[] {
  // Written by what renders the findings.
  return JSON.parse(text) as readonly string[];
}

/** The findings in the page, including those that the filter hides. */
function findingsAbout(labels: ReadonlySet<string>, { cluster = "" }: PageGraph): readonly HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>("#findings .finding")].filter(
    ({ dataset }) =>
      (dataset["cluster"] ?? "") === cluster && labelsOf(dataset["identities"]).some((label) => labels.has(label)),
  );
  if (found.length === 0) return [];
  const copies = found.slice(0, mostFindings).map((finding) => {
    const copy = finding.cloneNode(true) as HTMLElement; // A clone of an element is one of its kind.
    copy.removeAttribute("id");
    copy.classList.remove("unwanted");
    return copy;
  });
  const rest = found.length - copies.length;
  return [
    element("h3", { text: `Findings (${found.length})` }),
    element("ol", { attributes: { class: "findings" }, inside: copies }),
    ...(rest === 0 ? [] : [element("p", { attributes: { class: "note" }, text: `${rest} more are in the list.` })]),
  ];
}

/** More findings about one box say nothing new. */
const mostFindings = 20;
