import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { officePlan } from "../../support/plans/office-plan.ts";
import { change } from "../../support/plans/plan-builder.ts";
import { quietPlan } from "../../support/plans/quiet-plan.ts";
import { boxes, givenPage, laptop, showEverything, showOn, usePages } from "./given-page.ts";

usePages();

async function pagesOf(page: Page): Promise<number> {
  const paper = await page.pdf({ preferCSSPageSize: true });
  expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
  return paper.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
}

test("one change among 300 identities is printed on two pages: what changes, the findings, and the graph of it", async () => {
  const member = { role_name: "Administrators", auth_id: "1001" };
  const page = await givenPage(quietPlan(300, [change("qumulo_role_member.zz", { after: member })]), laptop);

  expect(await pagesOf(page)).toBeLessThanOrEqual(2);
});

test("60 identities, of which 37 change, are printed on a few pages", async () => {
  const page = await givenPage(officePlan(60), laptop);

  expect(await pagesOf(page)).toBeLessThanOrEqual(8);
});

test("on paper there are the summary, every change, every finding and the graph, as the filter asks for", async () => {
  const page = await givenPage(officePlan(60), laptop);
  await showOn(page, "print");

  expect(await page.locator("h1, .verdict, .summary").filter({ visible: true }).count()).toBe(3);
  expect(await page.locator("#asked").innerText()).toBe("Shown: only what changes, 37 of 62 identities.");
  expect(await page.locator("#access tbody tr:visible").count()).toBe(37);
  expect(await page.locator("#findings .finding:visible").count()).toBe(14);
  expect(await boxes(page, "identity").count()).toBeGreaterThan(10);
  expect(await page.locator("#filter, #details, #tokens, .help, #side").filter({ visible: true }).count()).toBe(0);

  await showOn(page, "screen");
  await page.getByRole("searchbox").fill("archive-012");
  await page.getByLabel("Severity").selectOption("high or higher");
  await showOn(page, "print");

  expect(await page.locator("#asked").innerText()).toBe(
    "Shown: only what changes, severity high or higher, “archive-012”, 1 of 62 identities.",
  );
  expect(await page.locator("#access tbody tr:visible").count()).toBe(1);
  expect(await boxes(page, "identity").count()).toBe(1);
  expect(await pagesOf(page)).toBeLessThanOrEqual(2);
});

test("the screen is as before once it is printed", async () => {
  const page = await givenPage(officePlan(60), laptop);
  const state = async (): Promise<readonly unknown[]> => [
    await page.locator("#access tbody tr:visible").count(),
    await boxes(page).count(),
    await page.locator("#graph svg").getAttribute("width"),
  ];
  const before = await state();

  await pagesOf(page);

  expect(await state()).toEqual(before);
});

test("the whole is printed when everything is asked for", async () => {
  const page = await givenPage(officePlan(20), laptop);
  await showEverything(page);
  await showOn(page, "print");

  expect(await page.locator("#access tbody tr:visible").count()).toBe(22);
  expect(await page.locator("#findings .finding:visible").count()).toBe(
    await page.locator("#findings .finding").count(),
  );
});

test.each(["A4", "Letter"])("on %s nothing is cut off at the side", async (format) => {
  const [widthMm, marginMm] = [format === "A4" ? 210 : 216, 12];
  const width = Math.floor(((widthMm - 2 * marginMm) / 25.4) * 96);
  const page = await givenPage(officePlan(20), { viewport: { width, height: 900 } });

  await showOn(page, "print");

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  const rights = await page
    .locator("#access table, #graph svg, #findings .finding:visible")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right));
  expect(Math.max(...rights)).toBeLessThanOrEqual(width);
});
