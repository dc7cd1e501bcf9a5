import { access } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { readPage } from "../support/pages/pages.ts";

test("every file that the page of promises names is there", async () => {
  const page = await readPage("docs/security.md");
  const files = [...page.matchAll(/`((?:src|test)\/[^`*]+)`/g)].map(([, file = ""]) => file);
  const missing: string[] = [];

  for (const file of files) {
    await access(path.resolve(__dirname, "../..", file)).catch(() => missing.push(file));
  }

  expect(files.length).toBeGreaterThan(15);
  expect(missing).toEqual([]);
});
