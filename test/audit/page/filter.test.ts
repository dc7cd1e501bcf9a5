import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { officePlan } from "../../support/plans/office-plan.ts";
import { boxes, givenPage, showEverything, usePages } from "./given-page.ts";

usePages();

/** What a heading says of how much is shown. */
async function countOf(page: Page, name: string): Promise<string | null> {
  return page.locator(`[data-count=${name}]`).textContent();
}

async function showAll(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: /^Show all/ });
  while ((await more.count()) > 0) await more.first().click();
}

test("the filter leaves what has its words, in the list, the graph, the time line and the findings", async () => {
  const page = await givenPage(officePlan(20));
  await showEverything(page);

  await page.keyboard.press("/");
  await page.keyboard.type("archive-002");

  expect(await boxes(page, "identity").count()).toBe(1);
  expect(await page.locator("#lives li").count()).toBe(1);
  expect(await page.locator("#access tbody tr:visible").count()).toBe(1);
  expect(await page.locator("#shown").textContent()).toBe("1 of 22 identities");
  const findings = await page.locator(".finding:visible").allTextContents();
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every((text) => text.includes("archive-002"))).toBe(true);

  await page.keyboard.press("Escape");

  expect(await boxes(page, "identity").count()).toBe(22);
});

test.each([
  { asked: "everything", text: "", gravity: "0", onlyChanges: false },
  { asked: "what changes", text: "", gravity: "0", onlyChanges: true },
  { asked: "what is critical and changes", text: "", gravity: "4", onlyChanges: true },
  { asked: "a privilege that only roles name", text: "snapshot_policy", gravity: "0", onlyChanges: false },
  { asked: "a role behind a group", text: "observers", gravity: "0", onlyChanges: true },
])("every heading counts what is below it, and all of them the same identities: $asked", async (asked) => {
  const page = await givenPage(officePlan(30));
  await page.getByLabel("Only what changes").setChecked(asked.onlyChanges);
  await page.getByLabel("Severity").selectOption(asked.gravity);
  await page.getByRole("searchbox").fill(asked.text);
  await showAll(page);

  const rows = await page.locator("#access tbody tr:visible").count();
  const findings = await page.locator("#findings .finding:visible").count();
  const lives = await page.locator("#lives li").count();
  const drawn = await boxes(page, "identity").count();

  const all = await page.locator("#findings .finding").count();
  const tokens = Number((await countOf(page, "lives"))?.split(" ").at(-1));
  expect(rows).toBeGreaterThan(0);
  expect(await page.locator("#shown").textContent()).toBe(`${rows} of 32 identities`);
  expect(await countOf(page, "access")).toBe(rows === 32 ? "32" : `${rows} of 32`);
  expect(await countOf(page, "findings")).toBe(findings === all ? String(all) : `${findings} of ${all}`);
  expect(await countOf(page, "lives")).toBe(lives === tokens ? String(tokens) : `${lives} of ${tokens}`);
  // A group is drawn as the way of its members as well.
  expect(drawn).toBeGreaterThanOrEqual(rows);
  expect(drawn).toBeLessThanOrEqual(rows + 2);
});

test("only what is grave enough is left", async () => {
  const page = await givenPage(officePlan(20));

  await page.getByLabel("Severity").selectOption("critical only");

  expect(await page.locator("#graph .box.identity:not(:has(.gravity.critical))").count()).toBeLessThan(2);
  expect(await page.locator(".finding:visible .severity:not(.critical)").count()).toBe(0);
  expect(await page.locator("#access tr:visible .severity:not(.critical)").count()).toBe(0);
});

test("a filter that nothing matches says so everywhere, and how to see more", async () => {
  const page = await givenPage(officePlan(6));

  await page.getByRole("searchbox").fill("nobody-is-called-so");

  expect(await page.getByText("Nothing that changes matches the filter.").count()).toBe(2);
  expect(await page.getByText("Nothing here matches the filter.").isVisible()).toBe(true);
  expect(await page.getByText("No access token matches the filter.").isVisible()).toBe(true);
});
