import { expect, test } from "@jest/globals";
import { nearestName, nearestNames } from "../../src/vocabulary/nearest-name.ts";
import { privilegeNames } from "../../src/vocabulary/privileges.ts";
import { fc } from "../support/search.ts";

const letter = fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz"));

/** A text with one slip of the hand in it. */
function slipIn(name: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(name.length - 2), letter, fc.constantFrom("left out", "added", "replaced", "swapped"))
    .map(([at, other, kind]) => {
      const [before, here, next, after] = [
        name.slice(0, at),
        name.slice(at, at + 1),
        name.slice(at + 1, at + 2),
        name.slice(at + 2),
      ];
      if (kind === "left out") return before + next + after;
      if (kind === "added") return before + other + here + next + after;
      return kind === "replaced" ? before + other + next + after : before + next + here + after;
    });
}

test("one slip in a name of three characters or more is found", () => {
  fc.assert(
    fc.property(
      fc
        .string({ unit: letter, minLength: 3, maxLength: 20 })
        .chain((name) => fc.tuple(fc.constant(name), slipIn(name))),
      ([name, slip]) => {
        expect(nearestName(slip, [name])).toBe(name);
      },
    ),
  );
});

test.each([
  ["audti", "audit"],
  ["AUDIT", "audit"],
  ["adit", "audit"],
  ["audits", "audit"],
])("%s means %s", (asked, meant) => {
  expect(nearestName(asked, ["install", "audit", "access"])).toBe(meant);
});

test.each(["", "tokens", "xyz", "a".repeat(100_000)])("%.20s is like none", (asked) => {
  expect(nearestName(asked, ["install", "audit", "access"])).toBeUndefined();
});

test("the nearest of several comes first, and no more than asked for are named", () => {
  expect(nearestNames("PRIVILEGE_QUOTA_RAED", privilegeNames, 2)[0]).toBe("PRIVILEGE_QUOTA_READ");
  expect(nearestNames("PRIVILEGE_QUOTA_RAED", privilegeNames, 2)).toHaveLength(2);
});
