import { expect, test } from "@jest/globals";
import { dayMs, type GivenSeries, givenSeries, hourMs, rotating, type } from "../support/provider/given-series.ts";
import type { Kept } from "../support/provider/given-provider.ts";

const weeks = 104;
const config = { ...rotating, overlap: "48h" };

/** One weekly run: says what its plan was. */
async function week({ newEngine }: GivenSeries, kept: Kept) {
  const engine = await newEngine();
  const read = await engine.refresh(type, kept);
  const plan = await engine.plan(type, config, read.kept);
  const kind = plan.isEmpty ? "empty" : plan.planned?.["id"] === "(unknown)" ? "rotation" : "clean-up";
  const applied = await engine.apply(type, config, read.kept);
  expect(applied.errors).toEqual([]);
  return { kind, applied };
}

test("through two years of weekly plans the consumer always has a token that works, and never more than two exist", async () => {
  const series = await givenSeries();
  const { clock, statusOf, tokens, newEngine } = series;
  let { kept, state } = await (await newEngine()).apply(type, config);
  const kinds: string[] = [];

  for (let count = 0; count < weeks; count += 1) {
    clock.advance(7 * dayMs);
    const inUse = state?.["bearer_token"];
    const { kind, applied } = await week(series, kept);
    kinds.push(kind);
    ({ kept, state } = applied);
    expect((await tokens()).length).toBeLessThanOrEqual(2);
    // The consumer picks the new one up just before the overlap is over.
    clock.advance(48 * hourMs - 1);
    expect(await statusOf(inUse)).toBe(200);
    expect(await statusOf(state?.["bearer_token"])).toBe(200);
    clock.advance(-(48 * hourMs - 1));
  }

  // 90 days less 14 are 76: the first weekly run after them is the eleventh.
  const expected = Array.from({ length: weeks }, (_, index) => {
    const place = index % 11;
    if (place === 10) return "rotation";
    return place === 0 && index > 0 ? "clean-up" : "empty";
  });
  expect(kinds).toEqual(expected);
}, 120_000);
