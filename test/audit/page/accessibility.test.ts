import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { officePlan } from "../../support/plans/office-plan.ts";
import { givenPage, laptop, showEverything, usePages } from "./given-page.ts";

usePages();

/** Texts that are too faint, as the guidelines for accessible content measure it: 4.5 to 1 is level AA. */
async function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const channels = (color: string): readonly number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const isClear = (color: string): boolean => color === "none" || channels(color)[3] === 0;
    const behind = (element: Element): string => {
      const frame = element.closest(".box")?.querySelector(".frame");
      const own = frame === null || frame === undefined ? "" : getComputedStyle(frame).fill;
      if (own !== "") return own;
      for (let each: Element | null = element; each !== null; each = each.parentElement) {
        const { backgroundColor } = getComputedStyle(each);
        if (!isClear(backgroundColor)) return backgroundColor;
      }
      return "rgb(255, 255, 255)";
    };
    const faint = new Set<string>();
    for (const element of document.querySelectorAll("body *")) {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "",
      );
      if (!hasText || !element.checkVisibility() || element.closest("script, .gravity") !== null) continue;
      const { color, fill } = getComputedStyle(element);
      const [text, ground] = [luminance(element instanceof SVGElement ? fill : color), luminance(behind(element))];
      const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      if (ratio < 4.5) faint.add(`${element.tagName} ${element.getAttribute("class") ?? ""} ${ratio.toFixed(2)}`);
    }
    return [...faint];
  });
}

test.each(["light", "dark"] as const)("all texts have enough contrast in %s colors", async (colorScheme) => {
  const page = await givenPage(officePlan(20), { ...laptop, colorScheme });
  expect(await faintTexts(page)).toEqual([]);

  await showEverything(page);
  await page.getByRole("button", { name: "local:svc-metrics-001" }).first().click();
  await page.mouse.move(0, 0);

  const dimmed = await page.locator("#details, #access").count();
  expect(dimmed).toBe(2);
  expect(await faintTexts(page)).toEqual([]);
});

test("whatever can be used or read on its own has a name, and every heading is one level below the one above", async () => {
  const page = await givenPage(officePlan(20), laptop);
  const tree = await page.locator("body").ariaSnapshot();

  expect(tree).toMatch(/heading "What this plan changes about access" \[level=1\]/);
  expect(tree).toMatch(/search "Filter of the whole page"/);
  expect(tree).toMatch(/searchbox "Search/);
  expect(tree).toMatch(/combobox "Severity"/);
  expect(tree).toMatch(/combobox "Theme"/);
  expect(tree).toMatch(/region "What changes/);
  expect(tree).toMatch(/region "Findings/);
  expect(tree).toMatch(/group "Access shown"/);
  expect(tree).not.toMatch(/- (?:button|link|textbox|combobox|region|group)(?: \[[^\]]*\])*:?$/m);
  const levels = await page
    .locator("h1, h2, h3, h4")
    .evaluateAll((all) => all.filter((it) => it.checkVisibility()).map(({ tagName }) => Number(tagName.slice(1))));
  levels.slice(1).forEach((level, at) => {
    expect(level - (levels[at] ?? 0)).toBeLessThanOrEqual(1);
  });
  const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([laptop.viewport, { width: 400, height: 800 }])(
  "keys reach all that scrolls in a page of %j",
  async (viewport) => {
    const page = await givenPage(officePlan(60), { viewport });
    await page.getByRole("button", { name: "local:svc-archive-012" }).first().click();

    const unreached = await page.locator("body *").evaluateAll((all) =>
      all
        .filter((it) => it.checkVisibility() && /auto|scroll/.test(getComputedStyle(it).overflow))
        .filter((it) => it.scrollHeight > it.clientHeight + 1 || it.scrollWidth > it.clientWidth + 1)
        .filter((it) => it.querySelector('button, a, [tabindex="0"]') === null && it.getAttribute("tabindex") !== "0")
        .map((it) => `${it.id} ${it.getAttribute("class") ?? ""}`),
    );

    expect(unreached).toEqual([]);
  },
);

test("the tab key goes through the page as it is read, and shows where it is", async () => {
  const page = await givenPage(officePlan(6), laptop);
  const seen: string[] = [];

  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const place = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return undefined;
      const { outlineStyle } = getComputedStyle(at);
      const frame = at.querySelector(":scope > .frame");
      const isShown = outlineStyle !== "none" || (frame !== null && getComputedStyle(frame).strokeWidth === "4px");
      const part = at.closest("#filter, #access, #beside, #graph, #tokens")?.id ?? "start";
      return isShown ? part : `${part}, not shown`;
    });
    if (place === undefined) break;
    if (place !== seen.at(-1)) seen.push(place);
  }

  expect(seen).toEqual(["start", "filter", "access", "beside", "graph"]);
});

test("nothing moves for those who ask for no motion", async () => {
  const page = await givenPage(officePlan(6), { ...laptop, reducedMotion: "reduce" });

  const moving = await page
    .locator("body *")
    .evaluateAll((all) =>
      all
        .map((it) => getComputedStyle(it))
        .filter(({ animationName, transitionDuration }) => animationName !== "none" || transitionDuration !== "0s"),
    );

  expect(moving).toEqual([]);
});
