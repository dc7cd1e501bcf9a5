import { expect, test } from "@jest/globals";
import { highestOf, spread } from "../../../src/audit/report/html/browser/graph/spread.ts";
import { labelsOf, scaleOf } from "../../../src/audit/report/html/browser/time-scale.ts";

/** More than a call takes as arguments. */
const many = 200_000;
const dayMs = 86_400_000;
const now = Date.parse("2026-03-02T08:00:00Z");

test("a time line takes more lives of tokens than a call takes arguments", () => {
  const spans = Array.from({ length: many }, (_, index) => ({
    kind: "old" as const,
    from: now - 60 * dayMs,
    to: now + (index % 90) * dayMs,
    end: "known" as const,
  }));

  const { percentOf, edge } = scaleOf({ now, spans, edge: 93 });

  expect([percentOf(now - 60 * dayMs), percentOf(now + 89 * dayMs)]).toEqual([0, edge]);
});

test("the highest of more columns than a call takes arguments is found", () => {
  expect(highestOf(Array.from({ length: many }, (_, index) => index))).toBe(many - 1);
  expect(highestOf([])).toBe(0);
});

test("boxes stand where they are best as long as they do not overlap, and keep their order and their distance", () => {
  const items = [
    { id: "a", height: 20, wish: 100 },
    { id: "b", height: 20, wish: 100 },
    { id: "c", height: 40, wish: 300 },
  ];

  expect([...spread(items)]).toEqual([
    ["a", 75],
    ["b", 105],
    ["c", 280],
  ]);
});

test("boxes that are best above the top begin at the top", () => {
  const items = [
    { id: "a", height: 20, wish: 0 },
    { id: "b", height: 20, wish: 0 },
  ];

  expect([...spread(items)]).toEqual([
    ["a", 0],
    ["b", 30],
  ]);
});

test("labels of an axis leave out what would overlap, and keep the present", () => {
  const scale = scaleOf({ now, spans: [], edge: 100 });
  const widthOf = (): number => 40;

  for (const width of [100, 200, 400, 1_000]) {
    const labels = labelsOf(scale, { width, widthOf });
    const middles = labels.map(({ percent }) => (percent / 100) * width).toSorted((left, right) => left - right);
    const gaps = middles.slice(1).map((middle, at) => middle - (middles[at] ?? 0));

    expect(labels.filter(({ isNow }) => isNow)).toHaveLength(1);
    expect(gaps.every((gap) => gap >= 50)).toBe(true);
  }
});
