import type { PageData, PageSpan, PageTokenLife } from "../page-data.ts";
import { type Filter, hasWords } from "./choice.ts";
import { element, shape } from "./elements.ts";
import { markNames, signs } from "./marks.ts";
import { type Scale, scaleOf } from "./time-scale.ts";

/** Rows that are drawn before the reader asks for more. */
const firstRows = 30;

/** How the time line is drawn. */
export interface LivesSubject {
  readonly data: PageData;
  readonly filter: Filter;
  readonly isWhole: boolean;
  readonly showAll: () => void;
}

/** Draws the lives of access tokens, those that change first. */
export function drawLives({ data, filter, isWhole, showAll }: LivesSubject): readonly HTMLElement[] {
  const all = data.tokens
    .filter((life) => isWanted(life, filter))
    .toSorted((left, right) => weight(right) - weight(left));
  if (all.length === 0) {
    const text = data.tokens.length === 0 ? "There are no access tokens." : "No access token matches the filter.";
    return [element("p", { attributes: { class: "nothing" }, text })];
  }
  const rows = isWhole ? all : all.slice(0, firstRows);
  const scale = scaleOf(
    data.now,
    rows.flatMap(({ spans }) => spans),
  );
  const more = element("button", { attributes: { type: "button" }, text: `Show all ${all.length}` });
  more.addEventListener("click", showAll);
  return [
    element("div", {
      attributes: { class: "life axis", "aria-hidden": "true" },
      inside: [element("span"), axis(scale)],
    }),
    element("ul", { attributes: { class: "lives" }, inside: rows.map((life) => row(life, scale)) }),
    ...(rows.length < all.length ? [more] : []),
  ];
}

function isWanted(life: PageTokenLife, filter: Filter): boolean {
  const isChanged = !filter.onlyChanged || life.mark !== "kept";
  return (
    isChanged && life.gravest >= filter.gravity && hasWords(`${life.place} ${life.identity} ${life.event}`, filter)
  );
}

function weight({ mark, gravest }: PageTokenLife): number {
  return (mark === "kept" ? 0 : 10) + gravest;
}

function row(life: PageTokenLife, scale: Scale): HTMLElement {
  const { place, identity, event, mark, spans } = life;
  const said =
    mark === "kept" ? [] : [element("span", { attributes: { class: "said" }, text: `${markNames[mark]}: ` })];
  const bars = spans.flatMap((span) => bar(span, scale));
  const track = shape("svg", {
    attributes: { class: "track", "aria-hidden": "true" },
    inside: [...grid(scale), ...bars],
  });
  const words = [event === "stays" ? "" : event, endOf(spans)].filter((text) => text !== "").join("; ");
  return element("li", {
    attributes: { class: `life ${mark}` },
    inside: [
      element("div", {
        attributes: { class: "who" },
        inside: [
          element("span", { attributes: { class: "sign", "aria-hidden": "true" }, text: signs[mark] }),
          ...said,
          element("bdi", { attributes: { class: "place" }, text: place }),
          element("bdi", { attributes: { class: "identity" }, text: identity }),
          element("span", { attributes: { class: "event" }, text: words }),
        ],
      }),
      track,
    ],
  });
}

function endOf(spans: readonly PageSpan[]): string {
  const last = spans.findLast(({ kind }) => kind !== "cut");
  const isOver = spans.some(({ kind }) => kind === "cut") && last?.kind === "old";
  if (last === undefined || isOver) return "";
  if (last.end === "never") return "never ends";
  return last.to === undefined ? "its end is not known" : `until ${day(last.to)}`;
}

/** A day as people write it, in UTC. */
function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function bar({ kind, from, to, end }: PageSpan, { percentOf, edge }: Scale): readonly SVGElement[] {
  const [left, right] = [from === undefined ? 0 : percentOf(from), to === undefined ? edge : percentOf(to)];
  // An old token and its successor are told apart by their height as well.
  const y = kind === "new" ? 15 : 3;
  const text = end === "never" ? "no end" : "end ?";
  const width = Math.max(right - left, 0.4);
  return [
    shape("rect", { attributes: { class: `span ${kind}`, x: `${left}%`, width: `${width}%`, y, height: 10, rx: 2 } }),
    ...(to === undefined
      ? [shape("text", { attributes: { class: "open", x: `${edge + 0.6}%`, y: y + 9 }, text })]
      : []),
  ];
}

function grid({ ticks, nowPercent }: Scale): readonly SVGElement[] {
  const line = (percent: number, name: string): SVGElement =>
    shape("line", { attributes: { class: name, x1: `${percent}%`, x2: `${percent}%`, y1: 0, y2: 27 } });
  return [...ticks.map(({ percent }) => line(percent, "tick")), line(nowPercent, "now")];
}

function axis({ ticks, nowPercent }: Scale): SVGElement {
  const label = (percent: number, text: string, name: string): SVGElement => {
    const anchor = percent > 94 ? "end" : "middle";
    return shape("text", {
      attributes: { class: name, x: `${percent}%`, y: 14, "text-anchor": percent < 4 ? "start" : anchor },
      text,
    });
  };
  const clear = ticks.filter(({ percent }) => Math.abs(percent - nowPercent) > 6);
  return shape("svg", {
    attributes: { class: "track" },
    inside: [...clear.map(({ percent, text }) => label(percent, text, "tick")), label(nowPercent, "now", "now")],
  });
}
