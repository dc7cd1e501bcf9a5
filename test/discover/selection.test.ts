import { expect, test } from "@jest/globals";
import { selectionOf } from "../../src/discover/selection.ts";

test.each([
  ["svc-*", "svc-backup", true],
  ["svc-*", "SVC-Backup", true],
  ["svc-*", "my-svc-backup", false],
  ["svc-?", "svc-1", true],
  ["svc-?", "svc-12", false],
  ["svc.1", "svc-1", false],
  ["a[b]$(c)", "a[b]$(c)", true],
  ["*", "監視", true],
  ["?", "😀", true],
])("the pattern %s and the name %s: %s", (pattern, name, isMeant) => {
  expect(selectionOf({ names: [pattern] }).matches(name)).toBe(isMeant);
});

test("one of several patterns is enough, and an exception overrules them", () => {
  const { matches } = selectionOf({ names: ["svc-*", "ops"], except: ["*-old"] });

  expect([matches("svc-new"), matches("ops"), matches("svc-old"), matches("boss")]).toEqual([true, true, false, false]);
});

test("somebody without a name is meant where no names are asked for", () => {
  expect(selectionOf({ except: ["x"] }).matches(undefined)).toBe(true);
  expect(selectionOf({ names: ["*"] }).matches(undefined)).toBe(false);
});
