import { expect, test } from "@jest/globals";
import { parseDuration, renderLength } from "../../src/vocabulary/duration.ts";

test.each([
  ["90d", "90d"],
  ["89d23h59m58s", "90d"],
  ["89d13h", "90d"],
  ["89d11h", "89d"],
  ["10d", "10d"],
  ["9d23h29m59s", "9d23h"],
  ["9d23h30m", "10d"],
  ["2d3h", "2d3h"],
  ["1d", "1d"],
  ["23h59m29s", "23h59m"],
  ["23h59m30s", "1d"],
  ["1h", "1h"],
  ["59m59s", "59m59s"],
  ["1s", "1s"],
])("%s is told as %s", (length, told) => {
  expect(renderLength(parseDuration(length) ?? 0)).toBe(told);
});

test.each([0, 1, 999])("%d ms are less than a second", (lengthMs) => {
  expect(renderLength(lengthMs)).toBe("less than 1s");
});
