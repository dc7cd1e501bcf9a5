import type { PageData, PageGraph } from "../../page-data.ts";
import { element } from "../elements.ts";
import type { GraphTexts } from "../filter.ts";
import type { Wanted } from "./choice.ts";
import type { Box } from "./fold.ts";
import { drawGraph, type GraphSubject, type GraphView } from "./graph-view.ts";
import { neighborOf } from "./keyboard.ts";
import { reachOf } from "./reach.ts";

/** What a panel belongs to. */
export interface PanelSubject {
  readonly data: PageData;
  readonly graph: PageGraph;
  readonly texts: GraphTexts;
  /** Called when a reader opens a box; by the keyboard, the reader wants to go on reading there. */
  readonly onOpen: (box: Box, by: "pointer" | "keyboard") => void;
}

/** How a graph is drawn. */
export type Drawn = Wanted & Pick<GraphSubject, "width" | "most">;

/** The graph of one cluster, with what a reader does to it. */
export class GraphPanel {
  /** Where it is drawn. */
  readonly place = element("div", { attributes: { class: "graph" } });
  readonly #subject: PanelSubject;
  #view: GraphView | undefined;
  #current: string | undefined;
  #chosen: string | undefined;

  constructor(subject: PanelSubject) {
    this.#subject = subject;
    this.place.addEventListener("keydown", (event) => {
      this.#onKey(event);
    });
    this.place.addEventListener("click", ({ target }) => {
      this.#open(boxOf(target), "pointer");
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

  /** Whether nothing is drawn. */
  get isEmpty(): boolean {
    return this.#view?.nodes.size === 0;
  }

  /** Draws it anew. */
  draw(drawn: Drawn): void {
    const view = drawGraph({ ...this.#subject, ...drawn });
    this.#view = view;
    this.place.replaceChildren(view.figure);
    const [first] = view.layout.boxes;
    this.#setCurrent(view.nodes.has(this.#current ?? "") ? this.#current : first?.box.id);
    this.mark(this.#chosen);
  }

  /** Marks a box as the one that is told of; none is where it is not drawn. */
  mark(id: string | undefined): void {
    this.#chosen = id;
    for (const [other, node] of this.#view?.nodes ?? []) node.setAttribute("aria-expanded", String(other === id));
    if (id !== undefined && this.#view?.nodes.has(id) === true) this.#setCurrent(id);
    this.#light(this.#view?.nodes.has(id ?? "") === true ? id : undefined);
  }

  /** The box in which an identity is drawn. */
  boxOfIdentity(index: number): string | undefined {
    const found = this.#view?.layout.boxes.find(({ box }) => box.kind === "identity" && box.members.includes(index));
    return found?.box.id;
  }

  /** Moves a box to where nothing covers it. */
  reveal(id: string): void {
    this.#view?.nodes.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Puts the focus on a box. */
  focus(id: string): void {
    this.#view?.nodes.get(id)?.focus();
  }

  #open(id: string | undefined, by: "pointer" | "keyboard"): void {
    const found = this.#view?.layout.boxes.find(({ box }) => box.id === id);
    if (found !== undefined) this.#subject.onOpen(found.box, by);
  }

  #onKey(event: KeyboardEvent): void {
    const id = boxOf(event.target);
    if (id === undefined || this.#view === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#open(id, "keyboard");
      return;
    }
    const next = neighborOf(id, event.key, this.#view);
    if (next === undefined) return;
    event.preventDefault();
    this.#setCurrent(next);
    this.focus(next);
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
