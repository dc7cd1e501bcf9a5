import { expect, test } from "@jest/globals";
import { ClusterClock } from "../../src/client/cluster-clock.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const here = "2026-03-02T08:00:00.500Z";

function givenClock() {
  const own = new SettableClock(here);
  return { own, clock: new ClusterClock(own) };
}

test.each([
  ["the same second", "Mon, 02 Mar 2026 08:00:00 GMT", here],
  ["the second before, which is behind", "Mon, 02 Mar 2026 07:59:59 GMT", "2026-03-02T07:59:59.000Z"],
  ["the next second, which is ahead", "Mon, 02 Mar 2026 08:00:01 GMT", "2026-03-02T08:00:01.000Z"],
  ["a time far away", "Fri, 02 Mar 2029 08:00:00 GMT", "2029-03-02T08:00:00.000Z"],
  ["no date", "tomorrow", here],
])("an answer of %s tells the time", (_, header, expected) => {
  const { clock } = givenClock();

  clock.observe(header);

  expect(clock.now().toISOString()).toBe(expected);
});

test("between two answers, time goes on", () => {
  const { own, clock } = givenClock();
  clock.observe("Mon, 02 Mar 2026 09:00:00 GMT");

  own.advance(60_000);

  expect(clock.now().toISOString()).toBe("2026-03-02T09:01:00.000Z");
});

test("without an answer, the machine's own time counts", () => {
  const { clock } = givenClock();

  clock.observe(undefined);

  expect(clock.now().toISOString()).toBe(here);
});
