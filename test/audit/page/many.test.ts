import { expect, test } from "@jest/globals";
import { highestOf } from "../../../src/audit/report/html/browser/spread.ts";
import { scaleOf } from "../../../src/audit/report/html/browser/time-scale.ts";

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

  const { percentOf, edge } = scaleOf(now, spans);

  expect([percentOf(now - 60 * dayMs), percentOf(now + 89 * dayMs)]).toEqual([0, edge]);
});

test("the highest of more columns than a call takes arguments is found", () => {
  expect(highestOf(Array.from({ length: many }, (_, index) => index))).toBe(many - 1);
  expect(highestOf([])).toBe(0);
});
