import { expect, test } from "@jest/globals";
import { labelOf, taggedLabel } from "../../src/discover/labels.ts";
import { fc } from "../support/search.ts";

test.each(["svc-backup", "svc_backup", "a", "reader2", "a".repeat(40)])("%s is a label as it is", (name) => {
  expect(labelOf(name)).toBe(name);
});

test.each([
  ["Svc Backup", /^svc-backup-[0-9a-f]{10}$/],
  ["Überwachung", /^uberwachung-[0-9a-f]{10}$/],
  ["監視", /^x-[0-9a-f]{10}$/],
  ["42-answers", /^answers-[0-9a-f]{10}$/],
  ["a__b", /^a-b-[0-9a-f]{10}$/],
  ["qumulo", /^qumulo-[0-9a-f]{10}$/],
  ["a".repeat(41), /^a{29}-[0-9a-f]{10}$/],
  ["svc-0123456789", /^svc-0123456789-[0-9a-f]{10}$/],
])("%s is not a label, and gets a fingerprint", (name, label) => {
  expect(labelOf(name)).toMatch(label);
});

test("names that the cluster takes for the same have the same label, others do not", () => {
  expect(labelOf("SVC-Backup")).toBe("svc-backup");
  expect(new Set(["svc backup", "svc-backup", "svc_backup", "svc.backup", "sv\u0107-backup"].map(labelOf)).size).toBe(
    5,
  );
});

test("a label is an identifier of HCL without the text that joins two, whatever the name", () => {
  const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[a-z_ -]{1,60}$/));
  fc.assert(
    fc.property(anyText, anyText, (left, right) => {
      expect(labelOf(left)).toMatch(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/);
      expect(labelOf(left).length).toBeLessThanOrEqual(40);
      expect(labelOf(left) === labelOf(right)).toBe(left.toLowerCase() === right.toLowerCase());
    }),
  );
});

test("two who have one name in two domains are told apart by their ids", () => {
  expect(taggedLabel("jane", "21474837581")).not.toBe(taggedLabel("jane", "12884908889"));
});
