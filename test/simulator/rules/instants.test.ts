import { expect, test } from "@jest/globals";
import { parseInstant, presentInstant, renderInstant, splitInstant } from "../../../src/simulator/rules/instants.ts";
import { systemClock } from "../../../src/vocabulary/clock.ts";
import { SettableClock } from "../../support/simulator/settable-clock.ts";

test.each([
  ["2023-01-01T00:00:00Z", "2023-01-01T00:00:00Z"],
  ["2022-12-06T01:14:39.56621474Z", "2022-12-06T01:14:39.56621474Z"],
  ["2022-12-06T01:14:39.500000000Z", "2022-12-06T01:14:39.5Z"],
  ["2022-12-06T01:14:39.000Z", "2022-12-06T01:14:39Z"],
  ["2022-12-06T01:14:39.0000000019Z", "2022-12-06T01:14:39.000000001Z"],
  ["2030-01-20T00:00:00+00:00", "2030-01-20T00:00:00Z"],
  ["2030-01-20T01:30:00+01:30", "2030-01-20T00:00:00Z"],
  ["2030-01-19T19:00:00-05:00", "2030-01-20T00:00:00Z"],
  ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"],
  ["1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.25Z"],
  ["9999-12-31T23:59:59.9Z", "9999-12-31T23:59:59.9Z"],
  ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"],
  ["2030-01-20t00:00:00z", "2030-01-20T00:00:00Z"],
])("%s is answered as %s", (asked, answered) => {
  const instant = parseInstant(asked) ?? -1n;

  expect(renderInstant(instant)).toBe(answered);
});

test.each([
  "2030-01-20T00:00:00",
  "2030-01-20",
  "2030-01-20 00:00:00Z",
  "2023-02-29T00:00:00Z",
  "2030-13-01T00:00:00Z",
  "2030-01-20T24:00:00Z",
  "2030-01-20T00:60:00Z",
  "2030-01-20T00:00:60Z",
  "2030-01-20T00:00:00+24:00",
  "2030-01-20T00:00:00+00:60",
  "2030-01-20T00:00:00.Z",
  "9999-12-31T23:59:59-00:01",
  "0000-01-01T00:00:00+00:01",
  "never",
  "",
])("%p is not a time", (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test("a clock that was set gives whole milliseconds, exactly", () => {
  const clock = new SettableClock("2026-03-02T08:15:42.108Z");

  expect(renderInstant(presentInstant(clock))).toBe("2026-03-02T08:15:42.108Z");
});

test("the machine's clock gives the present, to within a few seconds", () => {
  const difference = Number(presentInstant(systemClock)) / 1_000_000 - Date.now();

  expect(Math.abs(difference)).toBeLessThan(5_000);
});

test("the machine's clock gives later instants later", () => {
  const instants = Array.from({ length: 20_000 }, () => presentInstant(systemClock));

  expect(instants.filter((instant, index) => instant <= (instants[index - 1] ?? 0n))).toEqual([]);
});

test("an instant before 1970 splits into earlier seconds and later nanoseconds", () => {
  expect(splitInstant(-1n)).toEqual({ seconds: -1n, nanoseconds: 999_999_999n });
});
