import type { PageData, PageSpan, PageTokenLife } from "../page-data.ts";
import { element, shape } from "./elements.ts";
import { widthOf } from "./graph/fitting.ts";
import { markNames, signs } from "./marks.ts";
import { labelsOf, type Scale, scaleOf } from "./time-scale.ts";

/** Rows that are drawn before the reader asks for more. */
const firstRows = 30;

/** How the time line is drawn. */
export interface LivesSubject {
  readonly data: PageData;
  /** What the filter leaves, in the order in which it is drawn. */
  readonly lives: readonly PageTokenLife[];
  /** The width of the whole, in pixels. */
  readonly width: number;
  readonly isWhole: boolean;
  readonly showAll: () => void;
}

/** The room for the name of a token, as the style sheet has it, and the narrowest page that has this room beside the line. */
const who = { width: 352, besideFrom: 640 } as const;

/** Draws the lives of access tokens. */
export function drawLives({ data, lives, width, isWhole, showAll }: LivesSubject): readonly HTMLElement[] {
  if (lives.length === 0) {
    const text = data.tokens.length === 0 ? "There are no access tokens." : "No access token matches the filter.";
    return [element("p", { attributes: { class: "nothing" }, text })];
  }
  const rows = isWhole ? lives : lives.slice(0, firstRows);
  const track = Math.max(120, innerWidth <= who.besideFrom ? width : width - who.width);
  const spans = rows.flatMap((life) => life.spans);
  const scale = scaleOf({ now: data.now, spans, edge: 100 - (openWidth / track) * 100 });
  const more = element("button", { attributes: { type: "button" }, text: `Show all ${lives.length}` });
  more.addEventListener("click", showAll);
  return [
    element("div", {
      attributes: { class: "life axis", "aria-hidden": "true" },
      inside: [element("span"), axis(scale, track)],
    }),
    element("ul", { attributes: { class: "lives" }, inside: rows.map((life) => row(life, scale)) }),
    ...(rows.length < lives.length ? [more] : []),
  ];
}

/** The room for words about what has no end, at the right. */
const openWidth = 52;

function row(life: PageTokenLife, scale: Scale): HTMLElement {
  const { place, identity, words, mark, spans } = life;
  const said =
    mark === "kept" ? [] : [element("span", { attributes: { class: "said" }, text: `${markNames[mark]}: ` })];
  const bars = spans.flatMap((span) => bar(span, scale));
  const track = shape("svg", {
    attributes: { class: "track", "aria-hidden": "true" },
    inside: [...grid(scale), ...bars],
  });
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

function bar({ kind, from, to, end }: PageSpan, { percentOf, edge }: Scale): readonly SVGElement[] {
  const [left, right] = [from === undefined ? 0 : percentOf(from), to === undefined ? edge : percentOf(to)];
  // An old token and its successor are told apart by their height as well.
  const y = kind === "new" ? 15 : 3;
  const text = end === "never" ? "no end" : "end ?";
  const width = Math.max(right - left, 0.4);
  return [
    shape("rect", { attributes: { class: `span ${kind}`, x: `${left}%`, width: `${width}%`, y, height: 10, rx: 2 } }),
    ...(to === undefined && kind !== "cut"
      ? [shape("text", { attributes: { class: "open", x: `${edge + 0.4}%`, y: y + 9 }, text })]
      : []),
  ];
}

function grid({ ticks, nowPercent }: Scale): readonly SVGElement[] {
  const line = (percent: number, name: string): SVGElement =>
    shape("line", { attributes: { class: name, x1: `${percent}%`, x2: `${percent}%`, y1: 0, y2: 27 } });
  return [...ticks.map(({ percent }) => line(percent, "tick")), line(nowPercent, "now")];
}

function axis(scale: Scale, width: number): SVGElement {
  const labels = labelsOf(scale, { width, widthOf: (text) => widthOf(text, "axis") });
  return shape("svg", {
    attributes: { class: "track" },
    inside: labels.map(({ percent, text, isNow }) =>
      shape("text", {
        attributes: { class: isNow ? "now" : "tick", x: `${percent}%`, y: 14, "text-anchor": "middle" },
        text,
      }),
    ),
  });
}
