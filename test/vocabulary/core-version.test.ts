import { expect, test } from "@jest/globals";
import { isOlderVersion, parseCoreVersion } from "../../src/vocabulary/core-version.ts";

test.each([
  ["Qumulo Core 7.8.2", [7, 8, 2]],
  ["Qumulo Core 5.3.3.1", [5, 3, 3, 1]],
  ["7.10.0", [7, 10, 0]],
])("%j is a version", (text, version) => {
  expect(parseCoreVersion(text)).toEqual(version);
});

test.each(["", "Qumulo Core", "Qumulo Core 7.8.2-rc1"])("%j is not a version", (text) => {
  expect(parseCoreVersion(text)).toBeUndefined();
});

test("versions compare number by number", () => {
  expect(isOlderVersion([5, 2, 9], [5, 3, 0])).toBe(true);
  expect(isOlderVersion([5, 3, 0], [5, 3, 0])).toBe(false);
  expect(isOlderVersion([7, 10, 0], [7, 8, 2])).toBe(false);
  expect(isOlderVersion([5, 3], [5, 3, 0, 1])).toBe(true);
  expect(isOlderVersion([5, 3, 0, 0], [5, 3])).toBe(false);
});
