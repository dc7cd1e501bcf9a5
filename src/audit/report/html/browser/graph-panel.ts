import type { PageData, PageGraph } from "../page-data.ts";
import type { GraphTexts, Wanted } from "./choice.ts";
import { describe } from "./details.ts";
import { element, fill, get } from "./elements.ts";
import { drawGraph, type GraphView } from "./graph-view.ts";
import { neighborOf } from "./keyboard.ts";
import { reachOf } from "./reach.ts";

/** The graph of one cluster, with what a reader does to it. */
export class GraphPanel {
  /** Where it is drawn. */
  readonly place = element("div", { attributes: { class: "graph" } });
  readonly #data: PageData;
  readonly #graph: PageGraph;
  readonly #texts: GraphTexts;
  #view: GraphView | undefined;
  #current: string | undefined;
  #chosen: string | undefined;

  constructor(data: PageData, graph: PageGraph) {
    this.#data = data;
    this.#graph = graph;
    this.#texts = textsOf(data, graph);
    this.place.addEventListener("keydown", (event) => {
      this.#onKey(event);
    });
    this.place.addEventListener("click", ({ target }) => {
      const id = boxOf(target);
      this.choose(id === this.#chosen ? undefined : id);
    });
    for (const name of ["pointerover", "focusin"] as const) {
      this.place.addEventListener(name, ({ target }) => {
        this.#light(boxOf(target) ?? this.#chosen);
      });
    }
    for (const name of ["pointerleave", "focusout"] as const) {
      this.place.addEventListener(name, () => {
        this.#light(this.#chosen);
      });
    }
  }

  /** Draws it anew, and returns how many identities are in it. */
  draw(wanted: Wanted): number {
    const view = drawGraph({ data: this.#data, graph: this.#graph, texts: this.#texts, ...wanted });
    this.#view = view;
    this.place.replaceChildren(view.figure);
    const first = view.layout.boxes.toSorted(
      (left, right) => left.box.column - right.box.column || left.y - right.y,
    )[0];
    this.#current = view.nodes.has(this.#current ?? "") ? this.#current : first?.box.id;
    this.#setCurrent(this.#current);
    if (this.#chosen !== undefined) this.choose(view.nodes.has(this.#chosen) ? this.#chosen : undefined);
    return view.shown;
  }

  /** Tells more about a box, or no longer. */
  choose(id: string | undefined): void {
    if (id === undefined && this.#chosen === undefined) return;
    this.#chosen = id;
    for (const [other, node] of this.#view?.nodes ?? []) node.setAttribute("aria-pressed", String(other === id));
    const box = this.#view?.layout.boxes.find((placed) => placed.box.id === id)?.box;
    const told = box === undefined ? [] : describe({ data: this.#data, graph: this.#graph, box });
    fill(get("#details", HTMLElement), told);
    if (id !== undefined) this.#setCurrent(id);
    this.#light(id);
  }

  #onKey(event: KeyboardEvent): void {
    const id = boxOf(event.target);
    if (id === undefined || this.#view === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(id === this.#chosen ? undefined : id);
      return;
    }
    const next = neighborOf(id, event.key, this.#view);
    if (next === undefined) return;
    event.preventDefault();
    this.#setCurrent(next);
    this.#view.nodes.get(next)?.focus();
  }

  /** One box alone is in the order of the tab key: arrow keys go to the others. */
  #setCurrent(id: string | undefined): void {
    this.#current = id;
    for (const [other, node] of this.#view?.nodes ?? []) node.setAttribute("tabindex", other === id ? "0" : "-1");
  }

  /** Dims all but the ways through a box. */
  #light(id: string | undefined): void {
    if (this.#view === undefined) return;
    const reach = id === undefined ? undefined : reachOf(id, this.#view);
    for (const [other, node] of this.#view.nodes) node.classList.toggle("dim", reach?.boxes.has(other) === false);
    this.#view.lines.forEach(({ path }, index) => {
      path.classList.toggle("dim", reach?.lines.has(index) === false);
      path.classList.toggle("lit", reach?.lines.has(index) === true);
    });
  }
}

function boxOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? (target.closest<SVGGElement>(".box")?.dataset["box"] ?? undefined) : undefined;
}

/** What the filter looks into: names of all that an identity has. */
function textsOf(data: PageData, graph: PageGraph): GraphTexts {
  const roles = graph.roles.map(({ name, address = "", kept, added, removed }) =>
    [name, address, ...[...kept, ...added, ...removed].map((index) => data.privileges[index]?.name ?? "")].join(" "),
  );
  const texts = graph.identities.map(({ label, address = "" }) => [label, address]);
  for (const { kind, from, to } of graph.lines) if (kind === "role") texts[from]?.push(roles[to] ?? "");
  const places = new Map(graph.identities.map(({ label }, index) => [label, index]));
  for (const { identity, cluster, place } of data.tokens) {
    if (cluster === graph.cluster) texts[places.get(identity) ?? -1]?.push(place);
  }
  const joined = texts.map((parts) => parts.join(" "));
  return { identity: (index) => joined[index] ?? "", role: (index) => roles[index] ?? "" };
}
