import { expect, test } from "@jest/globals";
import { crowdedFolders, folderFaults, mostFiles } from "../../tools/style/folders.ts";
import { lengthFaults, mostWords } from "../../tools/style/lengths.ts";
import { heldPlaces, isHeld, phraseFaults } from "../../tools/style/phrases.ts";
import { subjectFaults } from "../../tools/style/subjects.ts";

test.each([
  ["It is no time."],
  ["This cannot be meant."],
  ["It keeps the own password."],
  ["It is no\n * secret."],
  ["It is\n   * no secret."],
  ["It passes over file permissions."],
  ["tokens of users who are gone"],
  ["The cluster accepts the token no more."],
  ["an answer of the cluster was lost"],
])("%s is refused, with its line and what to write instead", (text) => {
  const [fault, ...others] = phraseFaults("docs/page.md", `One line.\n${text}\n`);

  expect(fault).toMatch(/^docs\/page\.md:2: ".+": write .+\.$/);
  expect(others).toEqual([]);
});

test.each([
  "There is no role of this name.",
  "The token is no longer accepted.",
  "The token is no\n * longer accepted.",
  "It holds no more than two tokens.",
  "It is not a time.",
])("%s is English", (text) => {
  expect(phraseFaults("docs/page.md", text)).toEqual([]);
});

test("what is generated, and what is not held yet, is not looked at", () => {
  expect(heldPlaces.every((place) => isHeld(place.endsWith("/") ? `${place}a.ts` : place))).toBe(true);
  expect(isHeld("src/plugin/protocol6/generated/tfplugin6_pb.ts")).toBe(false);
  expect(isHeld("docs/simulator.png")).toBe(false);
});

const filesIn = (folder: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${folder}/${index}.ts`);
const exceptions = Object.keys(crowdedFolders).flatMap((folder) => filesIn(folder, mostFiles + 1));

test("a folder takes twenty files side by side, and not one more", () => {
  expect(folderFaults([...exceptions, ...filesIn("src/room", mostFiles), ...filesIn("src/room/inner", 1)])).toEqual([]);
  expect(folderFaults([...exceptions, ...filesIn("src/room", mostFiles + 1)])).toEqual([
    "src/room has 21 files side by side, more than 20: give it rooms.",
  ]);
});

test("an exception that is not needed any more is refused", () => {
  const [first = ""] = Object.keys(crowdedFolders);

  const faults = folderFaults(exceptions.filter((file) => file !== `${first}/0.ts`));

  expect(faults).toEqual([`${first} has at most 20 files: take it out of the exceptions.`]);
});

test("a subject of 72 characters fits, and one of 73 does not", () => {
  expect(subjectFaults(["x".repeat(72), "x".repeat(73)])).toEqual([expect.stringContaining("has 73 characters")]);
});

test("a README of 899 words fits, and one of 900 does not", () => {
  const most = mostWords["README.md"] ?? 0;

  expect(lengthFaults("README.md", "word ".repeat(most - 1))).toEqual([]);
  expect(lengthFaults("README.md", "word ".repeat(most))).toEqual([expect.stringContaining("has 900 words")]);
  expect(lengthFaults("docs/page.md", "word ".repeat(most))).toEqual([]);
});
