import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { officeFleet } from "../../support/plans/office-fleet.ts";
import { givenFleetPage, givenPage, laptop, showEverything, showOn, usePages } from "./given-page.ts";

usePages();

const fleet = officeFleet(4, 15);

/** What a part of the page shows. */
async function shownIn(page: Page, selector: string): Promise<readonly string[]> {
  return page.locator(`${selector}:visible`).allInnerTexts();
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("combobox", { name: "Plan" }).selectOption({ label: name });
}

test("the page says what each of several plans comes to, the gravest first", async () => {
  const page = await givenFleetPage(fleet, laptop);
  const summary = page.locator("#plans summary");

  expect(await page.locator("h1").innerText()).toBe("What these 4 plans change about access");
  expect(await summary.innerText()).toBe(
    "4 plans: 2 not clean (site-01, site-04), 2 to be reviewed (site-02, site-03)",
  );
  await summary.click();
  const names = await shownIn(page, "#plans .plan");
  expect(names).toEqual(["site-01", "site-04", "site-02", "site-03"]);
  expect(await page.locator("#plans li").first().innerText()).toMatch(/^site-01: Not clean\. Findings: .*critical/);
});

test("the choice of a plan holds for the list, the findings, the graphs and the time line", async () => {
  const page = await givenFleetPage(fleet, laptop);
  expect(await shownIn(page, "#graph figcaption")).toEqual(["Cluster site-01", "Cluster site-04"]);

  await choose(page, "site-04");

  const rows = await shownIn(page, "#access .cluster");
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows)).toEqual(new Set(["on site-04"]));
  expect(await shownIn(page, "#graph figcaption")).toEqual(["Cluster site-04"]);
  const findings = await shownIn(page, "#findings .finding");
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every((text) => text.includes("site-04"))).toBe(true);
  const lives = await shownIn(page, "#lives .life:not(.axis)");
  expect(lives.length).toBeGreaterThan(0);
  expect(lives.every((text) => text.includes("site-04: qumulo_access_token."))).toBe(true);
  const shown = await page.locator("#shown").innerText();
  expect(await page.locator("[data-count=access]").innerText()).toBe(shown.replace(" identities", ""));
});

test("a plan that changes nothing is empty until everything is shown", async () => {
  const page = await givenFleetPage(fleet, laptop);

  await choose(page, "site-02");
  expect(await shownIn(page, "#graph .nothing")).toEqual(["Nothing here matches the filter."]);
  await showEverything(page);

  expect(await shownIn(page, "#graph figcaption")).toEqual(["Cluster site-02"]);
});

test("what opens beside a row is about the identity on its own cluster", async () => {
  const page = await givenFleetPage(fleet, laptop);
  const rows = page.locator("#access tbody tr", { hasText: "on site-04" });

  await rows.first().locator(".choose").click();

  const told = await page.locator("#details").innerText();
  expect(told).toContain("site-04: qumulo_local_user.");
  expect(told).not.toContain("site-01");
});

test("paper names the plan that was chosen, and the cluster of each row", async () => {
  const page = await givenFleetPage(fleet, laptop);
  await choose(page, "site-04");

  await showOn(page, "print");

  expect(await page.locator("#asked").innerText()).toContain("plan site-04");
  expect(await page.locator("#plans summary").isVisible()).toBe(true);
  expect(new Set(await shownIn(page, "#access .cluster"))).toEqual(new Set(["on site-04"]));
});

test("a page about one plan has no choice of plans", async () => {
  const [only] = officeFleet(1, 5);
  const page = await givenPage(only?.document);

  expect(await page.locator("[name=plan], #plans").count()).toBe(0);
});
