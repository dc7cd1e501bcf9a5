import type { PageData, PageTokenLife } from "../page-data.ts";
import type { Chosen } from "./details.ts";
import { fill, get } from "./elements.ts";
import { type Filter, textsOf, wantedOf } from "./filter.ts";
import type { Side } from "./graph/choice.ts";
import type { Box } from "./graph/fold.ts";
import { GraphPanel } from "./graph/graph-panel.ts";
import { Inspector } from "./inspector.ts";
import { filterAccess, filterFindings, placeOf, setCount } from "./lists.ts";
import { drawLives } from "./lives-view.ts";
import { gravities } from "./marks.ts";

/** More boxes below each other than anybody reads; on paper, as many as one page holds. */
const most = { screen: { boxes: 40, privileges: 6 }, paper: { boxes: 16, privileges: 3 } } as const;
/** The width of a page of paper, in pixels. */
const paperWidth = 700;

/** The whole page: it draws everything, and draws again when the reader changes the filter. */
export class Page {
  readonly #data: PageData;
  readonly #form = get("#filter", HTMLFormElement);
  readonly #panels: readonly GraphPanel[];
  readonly #texts: readonly ReturnType<typeof textsOf>[];
  readonly #inspector: Inspector;
  readonly #whole = new Set<"access" | "findings" | "lives">();
  #isPaper = false;
  #width = 0;

  constructor(data: PageData) {
    this.#data = data;
    this.#texts = data.graphs.map((graph) => textsOf(data, graph));
    this.#inspector = new Inspector(() => {
      this.#close();
    });
    this.#panels = data.graphs.map((graph, at) => {
      const texts = this.#texts[at] ?? textsOf(data, graph);
      const onOpen = (box: Box, by: "pointer" | "keyboard"): void => {
        this.#open({ data, graph, ...box }, { at, id: box.id, by });
      };
      return new GraphPanel({ data, graph, texts, onOpen });
    });
  }

  /** Draws for the first time, and from now on whenever that is asked for. */
  start(): void {
    document.documentElement.dataset["program"] = "runs";
    fill(
      get("#graphs", HTMLElement),
      this.#panels.map(({ place }) => place),
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
    });
    for (const place of [this.#form, document.querySelector("#side")]) {
      place?.addEventListener("input", () => {
        this.#draw();
      });
    }
    for (const name of ["access", "findings"] as const) {
      get(`[data-more=${name}]`, HTMLButtonElement).addEventListener("click", () => {
        this.#whole.add(name);
        this.#draw();
      });
    }
    get("#access", HTMLElement).addEventListener("click", (event) => {
      this.#onClick(event);
    });
    document.addEventListener("keydown", (event) => {
      this.#onKey(event);
    });
    this.#drawForPaper();
    this.#draw();
    // It tells of the size that is there already as well.
    new ResizeObserver(() => {
      if (!this.#isPaper && Math.abs(this.#roomForGraph() - this.#width) > 1) this.#draw();
    }).observe(get("#graphs", HTMLElement));
  }

  /** Not every browser tells of both. */
  #drawForPaper(): void {
    const turn = (isPaper: boolean): void => {
      if (isPaper === this.#isPaper) return;
      this.#isPaper = isPaper;
      this.#draw();
    };
    const media = matchMedia("print");
    media.addEventListener("change", () => {
      turn(media.matches);
    });
    addEventListener("beforeprint", () => {
      turn(true);
    });
    addEventListener("afterprint", () => {
      turn(false);
    });
  }

  #roomForGraph(): number {
    return get("#graphs", HTMLElement).clientWidth;
  }

  #draw(): void {
    const started = performance.now();
    document.documentElement.dataset["colors"] = this.#value("colors");
    const filter = this.#filter();
    const [data, isPaper] = [this.#data, this.#isPaper];
    const wanted = data.graphs.map((graph, at) => wantedOf(graph, this.#texts[at] ?? textsOf(data, graph), filter));
    this.#width = this.#roomForGraph();
    this.#panels.forEach((panel, at) => {
      panel.draw({
        filter,
        side: this.#side(),
        identities: wanted[at] ?? new Set(),
        width: isPaper ? paperWidth : this.#width,
        most: isPaper ? most.paper : most.screen,
      });
    });
    showDrawn(this.#panels);
    filterAccess({ data, filter, wanted, isWhole: isPaper || this.#whole.has("access") });
    filterFindings(filter, isPaper || this.#whole.has("findings"));
    this.#drawLives(filter, wanted);
    this.#sayWhatIsShown(filter, wanted);
    document.documentElement.dataset["drawnFor"] = isPaper ? "print" : "screen";
    document.documentElement.dataset["drawnMs"] = (performance.now() - started).toFixed(0);
  }

  #drawLives(filter: Filter, wanted: readonly ReadonlySet<number>[]): void {
    const { graphs, tokens } = this.#data;
    const ranks = new Map(
      graphs.flatMap(({ cluster, identities }, at) =>
        identities.flatMap(({ label, rank }, index) =>
          wanted[at]?.has(index) === true ? [[keyOf(cluster, label), rank] as const] : [],
        ),
      ),
    );
    const rankOf = ({ cluster, identity }: PageTokenLife): number => ranks.get(keyOf(cluster, identity)) ?? 0;
    const lives = tokens
      .filter((life) => ranks.has(keyOf(life.cluster, life.identity)) && (!filter.onlyChanged || life.mark !== "kept"))
      .sort((left, right) => {
        const isFirst = Number(right.mark !== "kept") - Number(left.mark !== "kept");
        return isFirst === 0 ? rankOf(left) - rankOf(right) : isFirst;
      });
    const showAll = (): void => {
      this.#whole.add("lives");
      this.#draw();
    };
    const place = get("#lives", HTMLElement);
    const width = place.clientWidth;
    fill(place, drawLives({ data: this.#data, lives, width, isWhole: this.#whole.has("lives"), showAll }));
    setCount("lives", lives.length, tokens.length);
  }

  #sayWhatIsShown(filter: Filter, wanted: readonly ReadonlySet<number>[]): void {
    const all = this.#data.graphs.reduce((sum, { identities }) => sum + identities.length, 0);
    const shown = wanted.reduce((sum, { size }) => sum + size, 0);
    const count = `${shown} of ${all} identities`;
    get("#shown", HTMLElement).textContent = count;
    const asked = [
      ...(filter.onlyChanged ? ["only what changes"] : []),
      ...(filter.plan === undefined ? [] : [`${this.#data.kind} ${this.#data.plans[filter.plan] ?? ""}`]),
      ...(filter.gravity === 0 ? [] : [`severity ${gravities[filter.gravity] ?? ""} or higher`]),
      ...filter.words.map((word) => `“${word}”`),
    ];
    get("#asked", HTMLElement).textContent = `Shown: ${[...asked, count].join(", ")}.`;
  }

  #filter(): Filter {
    const words = this.#value("text")
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const plan = this.#value("plan");
    return {
      words,
      gravity: Number(this.#value("gravity")),
      onlyChanged: this.#value("changed") !== "",
      plan: plan === "" ? undefined : Number(plan),
    };
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

  #open(chosen: Chosen, from: { readonly at: number; readonly id: string; readonly by: string }): void {
    this.#panels.forEach((panel, at) => {
      panel.mark(at === from.at ? from.id : undefined);
    });
    const giveBack = (): void => this.#panels[from.at]?.focus(from.id);
    this.#inspector.open(chosen, from.by === "keyboard" ? giveBack : undefined);
    this.#panels[from.at]?.reveal(from.id);
  }

  #close(): void {
    for (const panel of this.#panels) panel.mark(undefined);
    this.#inspector.close();
  }

  /** A row of the list tells more about its identity; a click by the keyboard has no place on the screen. */
  #onClick({ target, detail }: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const row = target.closest(".choose")?.closest<HTMLElement>("tr");
    if (row === null || row === undefined) return;
    const { graph: at, index } = placeOf(row);
    const graph = this.#data.graphs[at];
    const identity = graph?.identities[index];
    if (graph === undefined || identity === undefined) return;
    this.#panels.forEach((panel, other) => {
      panel.mark(other === at ? panel.boxOfIdentity(index) : undefined);
    });
    const giveBack = (): void => row.querySelector<HTMLButtonElement>(".choose")?.focus();
    const chosen: Chosen = { data: this.#data, graph, kind: "identity", title: identity.label, members: [index] };
    this.#inspector.open(chosen, detail === 0 ? giveBack : undefined);
    row.scrollIntoView({ block: "nearest" });
  }

  #onKey(event: KeyboardEvent): void {
    const search = get("#filter input[name=text]", HTMLInputElement);
    if (event.key === "/" && event.target !== search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
    if (event.key !== "Escape") return;
    if (event.target === search && search.value !== "") {
      search.value = "";
      this.#draw();
    } else this.#close();
  }
}

/** Hides empty graphs; if all are empty, one of them says so. */
function showDrawn(panels: readonly GraphPanel[]): void {
  const isAnyDrawn = panels.some(({ isEmpty }) => !isEmpty);
  panels.forEach(({ place, isEmpty }, at) => {
    place.hidden = isEmpty && (isAnyDrawn || at > 0);
  });
}

function keyOf(cluster: string | undefined, identity: string): string {
  return JSON.stringify([cluster, identity]);
}
