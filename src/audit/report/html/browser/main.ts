import type { PageData } from "../page-data.ts";
import type { Filter, Side } from "./choice.ts";
import { fill, get } from "./elements.ts";
import { GraphPanel } from "./graph-panel.ts";
import { drawLives } from "./lives-view.ts";
import { filterRows } from "./rows.ts";

const nothing: Filter = { words: [], gravity: 0, onlyChanged: false };

/** The page as a whole: it draws, and draws again when the reader asks for something else. */
class Page {
  readonly #data: PageData;
  readonly #form = get("#filter", HTMLFormElement);
  readonly #panels: readonly GraphPanel[];
  #areAllLives = false;

  constructor(data: PageData) {
    this.#data = data;
    this.#panels = data.graphs.map((graph) => new GraphPanel(data, graph));
    fill(
      get("#graphs", HTMLElement),
      this.#panels.map(({ place }) => place),
    );
  }

  start(): void {
    document.documentElement.dataset["program"] = "runs";
    this.#form.addEventListener("input", () => {
      this.draw();
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    document.querySelector("#side")?.addEventListener("input", () => {
      this.draw();
    });
    document.addEventListener("keydown", (event) => {
      this.#onKey(event);
    });
    addEventListener("beforeprint", () => {
      this.#drawWith(nothing, true);
    });
    addEventListener("afterprint", () => {
      this.draw();
    });
    this.draw();
  }

  draw(): void {
    this.#drawWith(this.#filter(), this.#areAllLives);
  }

  #drawWith(filter: Filter, isWhole: boolean): void {
    const started = performance.now();
    document.documentElement.dataset["colors"] = this.#value("colors");
    const side = this.#side();
    const shown = this.#panels.map((panel) => panel.draw({ filter, side })).reduce((sum, count) => sum + count, 0);
    const showAll = (): void => {
      this.#areAllLives = true;
      this.draw();
    };
    fill(get("#lives", HTMLElement), drawLives({ data: this.#data, filter, isWhole, showAll }));
    filterRows(filter);
    const all = this.#data.graphs.reduce((sum, { identities }) => sum + identities.length, 0);
    get("#shown", HTMLElement).textContent = `${shown} of ${all} identities`;
    document.documentElement.dataset["drawnMs"] = (performance.now() - started).toFixed(0);
  }

  #filter(): Filter {
    const words = this.#value("text")
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    return { words, gravity: Number(this.#value("gravity")), onlyChanged: this.#value("changed") !== "" };
  }

  #side(): Side {
    if (this.#data.kind === "state") return "after";
    const chosen = document.querySelector<HTMLInputElement>("#side input:checked")?.value;
    return chosen === "before" || chosen === "after" ? chosen : "both";
  }

  #value(name: string): string {
    const value = new FormData(this.#form).get(name);
    return typeof value === "string" ? value : "";
  }

  #onKey(event: KeyboardEvent): void {
    const search = get("#filter input[name=text]", HTMLInputElement);
    if (event.key === "/" && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key !== "Escape") return;
    if (event.target === search && search.value !== "") {
      search.value = "";
      this.draw();
    } else {
      for (const panel of this.#panels) panel.choose(undefined);
    }
  }
}

// The project's own program wrote it, in this shape.
const data = JSON.parse(get("#data", HTMLScriptElement).textContent) as PageData;
new Page(data).start();
