import { expect, test } from "@jest/globals";
import { firstLines, listed } from "../../src/vocabulary/listed.ts";

const letters = ["a", "b", "c", "d"];

test("of many names the first ones are shown, and how many more there are", () => {
  expect(listed(letters, { most: 4 })).toBe("a, b, c, d");
  expect(listed(letters, { most: 3 })).toBe("a, b, c and 1 more");
  expect(listed(letters, { most: 2, separator: " and " })).toBe("a and b and 2 more");
  expect(listed(Array.from({ length: 1_000 }, (_, index) => String(index)))).toBe(
    "0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 990 more",
  );
  expect(listed([])).toBe("");
});

test("of many lines the first ones are shown, and one that counts the others", () => {
  expect(firstLines(letters, 4)).toEqual(letters);
  expect(firstLines(letters, 3)).toEqual(["a", "b", "c", "and 1 more"]);
});
