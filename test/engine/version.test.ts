import { expect, test } from "@jest/globals";
import { compareVersions } from "../../src/engine/version.ts";

test.each([
  ["1.12.6", "1.12.6", 0],
  ["1.9.0", "1.10.0", -1],
  ["1.26", "1.26.0", 0],
  ["1.6.0-rc1", "1.6.0", -1],
  ["1.6.0", "1.6.0-rc1", 1],
  ["1.6.1-rc1", "1.6.0", 1],
  ["2.0.0", "1.99.99", 1],
])("%s against %s gives %i", (left, right, order) => {
  expect(Math.sign(compareVersions(left, right))).toBe(order);
});
