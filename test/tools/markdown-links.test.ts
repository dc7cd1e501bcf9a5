import path from "node:path";
import { expect, test } from "@jest/globals";
import { isDead, linksOf } from "../support/pages/links.ts";
import { findPages, readPage } from "../support/pages/pages.ts";

const root = path.resolve(__dirname, "../..");

test("every link between the project's pages leads to a file, and to a place in it", async () => {
  const pages = await findPages();
  const dead: string[] = [];
  let count = 0;

  for (const page of pages) {
    for (const link of linksOf(await readPage(page))) {
      count += 1;
      if (await isDead(root, page, link)) dead.push(`${page}: ${link}`);
    }
  }

  expect(dead).toEqual([]);
  expect(count).toBeGreaterThan(40);
});

test("a missing file and a missing place are both dead links, and what code shows is not a link", async () => {
  const page = path.join("docs", "index.md");
  const text = "See [a](guides/rotation.md#time-line), `[b](no.md)` and\n\n```text\n[c](no.md)\n```\n";

  expect(linksOf(text)).toEqual(["guides/rotation.md#time-line"]);
  expect(await isDead(root, page, "guides/rotation.md#time-line")).toBe(false);
  expect(await isDead(root, page, "guides/rotation.md#no-such-place")).toBe(true);
  expect(await isDead(root, page, "guides/no-such-guide.md")).toBe(true);
});
