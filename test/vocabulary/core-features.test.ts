import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { latestCoreVersion, simulatedFeatures } from "../../src/simulator/rules/core-version.ts";
import {
  type CoreFeatureName,
  coreFeatures,
  firstCoreWith,
  isCoreWith,
  latestKnownCore,
} from "../../src/vocabulary/core-features.ts";
import { renderCoreVersion } from "../../src/vocabulary/core-version.ts";

const names = Object.keys(coreFeatures).filter((name): name is CoreFeatureName => name in coreFeatures);

test.each(names)("the simulator has %s from the same version on as the provider believes", (name) => {
  expect(renderCoreVersion(simulatedFeatures[name].since)).toBe(firstCoreWith(name));
});

test("the latest version that is known is the one that the simulator follows", () => {
  expect(latestKnownCore).toEqual(latestCoreVersion);
});

test.each([
  [[5, 3, 1, 9], false],
  [[5, 3, 2], true],
  [[5, 3, 2, 0], true],
  [[7, 10, 0], true],
  [undefined, true],
] as const)("a cluster of %j ends access tokens: %s", (version, isWith) => {
  expect(isCoreWith("tokenExpiration", version)).toBe(isWith);
});

test("the page on versions has a line for each feature, with its version", () => {
  const page = readFileSync("docs/core-versions.md", "utf8");
  const rows = [...page.matchAll(/^\| ([\d.]+) +\| (.+?) +\|/gm)].map(([, version, title]) => [version, title]);

  const told = names.map((name) => [firstCoreWith(name), coreFeatures[name].title.replace(/(PRIVILEGE_\w+)/, "`$1`")]);
  expect(rows).toEqual(told);
});

const pages = [
  "docs/core-versions.md",
  "docs/simulator.md",
  "docs/guides/rotation.md",
  "docs/guides/troubleshooting.md",
  "constructs/privileges.ts",
];

test.each(pages)("%s names only versions that the table has", (page) => {
  const known = new Set([...names.map(firstCoreWith), renderCoreVersion(latestKnownCore), "5.0.0"]);
  const named = readFileSync(page, "utf8").matchAll(/(?<![\d.v])[5-9]\.\d+\.\d+(?!\.?\d)/g);

  expect([...named].map(([version]) => version).filter((version) => !known.has(version))).toEqual([]);
});
