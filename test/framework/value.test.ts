import { expect, test } from "@jest/globals";
import { canonicalNumber, exactNumber } from "../../src/framework/number-text.ts";
import { equalValues, isWhollyKnown } from "../../src/framework/value.ts";
import { mapOfValues, setOfValues, undecided, value } from "../support/provider/values.ts";
import { fc } from "../support/search.ts";

test("sets are equal in any order, lists only in theirs", () => {
  expect(equalValues(setOfValues("a", "b").value, setOfValues("b", "a").value)).toBe(true);
  expect(equalValues(setOfValues("a", "a").value, setOfValues("a", "b").value)).toBe(false);
  expect(equalValues(value(["a", "b"]), value(["b", "a"]))).toBe(false);
  expect(equalValues(value({ a: 1 }), value({ a: 1 }))).toBe(true);
  expect(equalValues(value({ a: 1 }), value({ a: 1, b: null }))).toBe(false);
  expect(equalValues(value({ a: 1 }), mapOfValues({ a: 1 }).value)).toBe(false);
});

test("sets are equal when each member is there as often, whatever is in them", () => {
  const first = { a: ["x", null], b: undecided };
  const second = { b: undecided, a: ["x", null] };

  expect(equalValues(setOfValues(first, "a").value, setOfValues("a", second).value)).toBe(true);
  expect(equalValues(setOfValues(first, first).value, setOfValues(first, "a").value)).toBe(false);
  expect(equalValues(setOfValues(setOfValues("a", "b")).value, setOfValues(setOfValues("b", "a")).value)).toBe(true);
  expect(equalValues(setOfValues("1").value, setOfValues(1).value)).toBe(false);
  expect(equalValues(setOfValues(null).value, setOfValues(undecided).value)).toBe(false);
});

test("null, empty and unknown are three different things", () => {
  expect(equalValues(value(null), setOfValues().value)).toBe(false);
  expect(equalValues(value(null), undecided.value)).toBe(false);
  expect(equalValues(undecided.value, undecided.value)).toBe(true);
});

test("one unknown part makes the whole not wholly known", () => {
  expect(isWhollyKnown(value({ a: [1, { b: "x" }] }))).toBe(true);
  expect(isWhollyKnown(value({ a: [1, { b: undecided }] }))).toBe(false);
  expect(isWhollyKnown(setOfValues(undecided).value)).toBe(false);
});

test.each([
  ["0", "0"],
  ["-0", "0"],
  ["1e3", "1000"],
  ["1.50", "1.5"],
  ["-0.10", "-0.1"],
  ["12e-3", "0.012"],
  [".5", "0.5"],
  ["9007199254740993", "9007199254740993"],
  ["123456789012345678901234567890.000000000000000000001", "123456789012345678901234567890.000000000000000000001"],
])("the number %s has the canonical text %s", (text, canonical) => {
  expect(canonicalNumber(text)).toBe(canonical);
});

test.each(["", "-", "abc", "1e", "0x10", "1e99999", "NaN"])("%p is not a number", (text) => {
  expect(() => canonicalNumber(text)).toThrow(RangeError);
});

test("a canonical text becomes a JavaScript number only where that is exact", () => {
  expect(exactNumber("9007199254740991")).toBe(9007199254740991);
  expect(exactNumber("9007199254740992")).toBeUndefined();
  expect(exactNumber("0.1")).toBe(0.1);
  expect(exactNumber("0.1000000000000000055511151231257827")).toBeUndefined();
});

test("every finite JavaScript number has a canonical text that is exactly it", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (original) => {
      expect(Number(canonicalNumber(String(original)))).toBe(original === 0 ? 0 : original);
    }),
  );
});
