import type { Mark, PageData, PageGraph } from "../page-data.ts";
import { element } from "./elements.ts";
import { type Box, privilegesOf } from "./fold.ts";
import { markNames, signs } from "./marks.ts";

/** What is told of a chosen box. */
export interface Chosen {
  readonly data: PageData;
  readonly graph: PageGraph;
  readonly box: Box;
}

/** Tells all about a box: its parts, what it leads to, and the findings about it. */
export function describe(chosen: Chosen): readonly HTMLElement[] {
  const { box } = chosen;
  const heading = element("h3", { text: box.title });
  if (box.kind === "identity") return [heading, ...describeIdentities(chosen)];
  return [heading, ...(box.kind === "role" ? describeRoles(chosen) : describeRisk(chosen))];
}

interface Item {
  readonly text: string;
  readonly mark: Mark;
}

function describeIdentities({ data, graph, box }: Chosen): readonly HTMLElement[] {
  const identities = box.members.flatMap((index) => graph.identities[index] ?? []);
  const [first] = identities;
  const names =
    identities.length > 1
      ? list(
          "Identities",
          identities.map(({ label, mark }) => ({ text: label, mark })),
        )
      : [];
  const start = box.members[0] ?? -1;
  const ways = graph.lines
    .filter(({ from }) => from === start)
    .map(({ kind, to, mark }) => ({
      text: kind === "role" ? `role ${graph.roles[to]?.name ?? ""}` : `group ${graph.identities[to]?.label ?? ""}`,
      mark,
    }));
  const labels = new Set(identities.map(({ label }) => label));
  const tokens = data.tokens
    .filter(({ identity, cluster }) => cluster === graph.cluster && labels.has(identity))
    .map(({ place, event, mark }) => ({ text: event === "stays" ? place : `${place}: ${event}`, mark }));
  return [
    ...(identities.length === 1 && first?.address !== undefined ? [address(first.address)] : []),
    ...names,
    ...list(identities.length > 1 ? "Ways of the first" : "Ways", ways),
    ...list("Access tokens", tokens),
    ...findingsAbout(labels, graph),
  ];
}

function describeRoles({ data, graph, box }: Chosen): readonly HTMLElement[] {
  const roles = box.members.flatMap((index) => graph.roles[index] ?? []);
  const [first] = roles;
  if (first === undefined) return [];
  const privileges = privilegesOf(first, "both").map(({ privilege, mark }) => ({
    text: `${data.privileges[privilege]?.name ?? ""} (${(data.risks[data.privileges[privilege]?.risk ?? -1] ?? "").toLowerCase()})`,
    mark,
  }));
  return [
    ...(roles.length === 1 && first.address !== undefined ? [address(first.address)] : []),
    ...(roles.length > 1
      ? list(
          "Roles",
          roles.map(({ name, mark }) => ({ text: name, mark })),
        )
      : []),
    ...(first.isComplete ? [] : [element("p", { text: "Not all of its privileges are known: review." })]),
    ...list("Privileges", privileges),
  ];
}

function describeRisk({ data, graph, box }: Chosen): readonly HTMLElement[] {
  return box.members.flatMap((index) => {
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
  return [element("h4", { text: `${title}${count}` }), element("ul", { inside: rows })];
}

/** Links to the findings, which stand in the page already. */
function findingsAbout(labels: ReadonlySet<string>, { cluster = "" }: PageGraph): readonly HTMLElement[] {
  const found = [...document.querySelectorAll<HTMLElement>(".finding")].filter(
    ({ dataset }) => labels.has(dataset["identity"] ?? "") && (dataset["cluster"] ?? "") === cluster,
  );
  if (found.length === 0) return [];
  const links = found.map((finding) =>
    element("li", {
      inside: [
        element("a", {
          attributes: { href: `#${finding.id}` },
          text: finding.querySelector("h3")?.textContent.trim().replaceAll(/\s+/g, " ") ?? "",
        }),
      ],
    }),
  );
  return [element("h4", { text: "Findings" }), element("ul", { inside: links })];
}
