import type { PageSpan } from "../page-data.ts";

/** Where times stand, in percent of the width. */
export interface Scale {
  readonly percentOf: (time: number) => number;
  readonly nowPercent: number;
  /** Where times end, and room is left for words about what has no end. */
  readonly edge: number;
  readonly ticks: readonly { readonly percent: number; readonly text: string }[];
}

const dayMs = 86_400_000;
const mostTicks = 9;

/** What a scale is made for. */
export interface ScaleSubject {
  readonly now: number;
  readonly spans: readonly PageSpan[];
  /** Where times end, in percent of the width. */
  readonly edge: number;
}

/** A scale that holds all spans; what is further away than a year before or two years after stands at the edge. */
export function scaleOf({ now, spans, edge }: ScaleSubject): Scale {
  const times = spans.flatMap(({ from, to }) => [from, to]).filter((time) => time !== undefined);
  const first = times.reduce((earliest, time) => Math.min(earliest, time), now - 30 * dayMs);
  const last = times.reduce((latest, time) => Math.max(latest, time), now + 60 * dayMs);
  const [start, end] = [Math.max(first, now - 365 * dayMs), Math.min(last, now + 730 * dayMs)];
  const percentOf = (time: number): number => Math.min(edge, Math.max(0, ((time - start) / (end - start)) * edge));
  return { percentOf, edge, nowPercent: percentOf(now), ticks: ticksOf(start, end, percentOf) };
}

/** The first of every month, or of every few. */
function ticksOf(start: number, end: number, percentOf: (time: number) => number): Scale["ticks"] {
  const months = (end - start) / (30.4 * dayMs);
  const step = [1, 2, 3, 6, 12].find((it) => months / it <= mostTicks) ?? 12;
  const first = new Date(start);
  const ticks = [];
  for (let month = Math.ceil((first.getUTCMonth() + 1) / step) * step; ; month += step) {
    const time = Date.UTC(first.getUTCFullYear(), month);
    if (time > end) return ticks;
    ticks.push({ percent: percentOf(time), text: new Date(time).toISOString().slice(0, 7) });
  }
}

/** A label below which a time stands. */
export interface AxisLabel {
  readonly percent: number;
  readonly text: string;
  readonly isNow: boolean;
}

const betweenLabels = 10;

/** The labels for which there is room in so many pixels: none overlaps another, and the present is always there. */
export function labelsOf(
  { ticks, nowPercent }: Scale,
  { width, widthOf }: { readonly width: number; readonly widthOf: (text: string) => number },
): readonly AxisLabel[] {
  const placed: { readonly label: AxisLabel; readonly from: number; readonly to: number }[] = [];
  const asked = [
    { percent: nowPercent, text: "now", isNow: true },
    ...ticks.map((tick) => ({ ...tick, isNow: false })),
  ];
  for (const label of asked) {
    const [middle, half] = [(label.percent / 100) * width, widthOf(label.text) / 2];
    const [from, to] = [middle - half, middle + half];
    const isInside = label.isNow || (from >= 0 && to <= width);
    const isFree = placed.every((other) => to + betweenLabels <= other.from || from >= other.to + betweenLabels);
    if (isInside && isFree) placed.push({ label, from, to });
  }
  return placed.map(({ label }) => label);
}
