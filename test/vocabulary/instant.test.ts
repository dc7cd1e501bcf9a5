import { expect, test } from "@jest/globals";
import { instantOf, isSameInstant, parseInstant } from "../../src/vocabulary/instant.ts";

test.each([
  ["1970-01-01T00:00:00Z", 0n],
  ["1970-01-01T00:00:00.000000001Z", 1n],
  ["1970-01-01T01:00:00+01:00", 0n],
  ["1969-12-31T18:30:00.5-05:30", 500_000_000n],
  ["2024-02-29T00:00:00Z", 1_709_164_800_000_000_000n],
])("%s is an instant", (text, nanoseconds) => {
  expect(parseInstant(text)).toBe(nanoseconds);
});

test.each([
  "",
  "2030-01-31",
  "2030-01-31T12:00:00",
  "2030-01-31 12:00:00Z",
  "2030-02-30T12:00:00Z",
  "2023-02-29T00:00:00Z",
  "2030-13-01T12:00:00Z",
  "2030-01-31T24:00:00Z",
  "2030-01-31T12:00:60Z",
  "2030-01-31T12:00:00.1234567890Z",
  "2030-01-31T12:00:00+24:00",
  "2030-01-31T12:00:00+0100",
  "never",
])("%j is not an instant", (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test("two spellings of one instant are the same, and texts that are not times only when they are equal", () => {
  expect(isSameInstant("2030-01-01T00:00:00Z", "2030-01-01T02:00:00.000+02:00")).toBe(true);
  expect(isSameInstant("2030-01-01T00:00:00Z", "2030-01-01T00:00:00.000000001Z")).toBe(false);
  expect(isSameInstant("never", "never")).toBe(true);
  expect(isSameInstant("never", "2030-01-01T00:00:00Z")).toBe(false);
});

test("a date is an instant of milliseconds", () => {
  expect(instantOf(new Date(1))).toBe(1_000_000n);
});
