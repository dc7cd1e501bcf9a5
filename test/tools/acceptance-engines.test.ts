import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { enginesOfFiles, runsOn } from "../support/engines/engines-of-files.ts";

const tofu = { name: "opentofu", version: "1.12.6" } as const;
const oldest = { name: "terraform", version: "1.5.7" } as const;
const installed = { name: "terraform", version: "1.11.4" } as const;
const newest = { name: "terraform", version: "1.16.4" } as const;

function enginesOf(file: string): readonly string[] {
  return [tofu, oldest, installed, newest].filter((engine) => runsOn(file, engine)).map(({ version }) => version);
}

test("every file that leaves out engines is there", () => {
  const files = readdirSync(path.join(__dirname, "../acceptance"));

  expect(Object.keys(enginesOfFiles).filter((file) => !files.includes(file))).toEqual([]);
});

test.each([
  ["lifecycle.test.ts", ["1.12.6", "1.5.7", "1.11.4", "1.16.4"]],
  ["secrets.test.ts", ["1.12.6", "1.5.7", "1.16.4"]],
  ["interruption.test.ts", ["1.12.6", "1.16.4"]],
])("%s runs on %j", (file, expected) => {
  expect(enginesOf(file)).toEqual(expected);
});
