import { expect, test } from "@jest/globals";
import { encodeStatusMessage } from "../../../src/plugin/grpc/status.ts";
import { parseTimeoutMs } from "../../../src/plugin/grpc/timeout.ts";

test.each([
  ["1H", 3_600_000],
  ["2M", 120_000],
  ["3S", 3_000],
  ["99999999m", 99_999_999],
  ["1500u", 1.5],
  ["0n", 0],
])("the timeout %s is %p milliseconds", (text, expected) => {
  expect(parseTimeoutMs(text)).toBe(expected);
});

test.each(["", "1", "S", "1s", "-1S", "1.5S", "100000000S", " 1S", "1S "])("%p is not a timeout", (text) => {
  expect(() => parseTimeoutMs(text)).toThrow("grpc-timeout is not");
});

test.each([
  ["there is no call here", "there is no call here"],
  ["100 %", "100 %25"],
  ["größer\n", "gr%C3%B6%C3%9Fer%0A"],
  ["\u{1f600}", "%F0%9F%98%80"],
  ["\ud800", "%EF%BF%BD"],
])("%p stands in a header as %p", (message, expected) => {
  expect(encodeStatusMessage(message)).toBe(expected);
});
