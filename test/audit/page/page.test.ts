import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { audit } from "../../../src/audit/audit.ts";
import { renderHtmlReport } from "../../../src/audit/report/html/html-report.ts";
import { hostileText } from "../../hostile/hostile-plans.ts";
import { officePlan, officeTime } from "../../support/plans/office-plan.ts";
import { holder, kept, planOf } from "../../support/plans/plan-builder.ts";
import { fc } from "../../support/search.ts";
import { givenBrowser } from "./given-browser.ts";

let browser: Browser;
let folder: string;
/** What no page may do: requests, and messages on the console. */
let complaints: string[];

beforeAll(async () => {
  browser = await givenBrowser();
});

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-page-"));
  complaints = [];
});

afterEach(async () => {
  await Promise.all(browser.contexts().map(async (context) => context.close()));
  await rm(folder, { recursive: true, force: true });
  expect(complaints).toEqual([]);
});

async function givenPage(plan: unknown, options: BrowserContextOptions = {}): Promise<Page> {
  const text = renderHtmlReport(audit(plan, { now: officeTime }), { failOn: "high", isClean: false, now: officeTime });
  const file = path.join(folder, "audit.html");
  await writeFile(file, text);
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== address) complaints.push(`request ${request.url()}`);
  });
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", ({ message }) => complaints.push(message));
  await page.goto(address);
  return page;
}

function boxes(page: Page, kind = ""): Locator {
  return page.locator(`#graph .box${kind === "" ? "" : `.${kind}`}`);
}

function box(page: Page, name: string): Locator {
  return page.locator(`#graph .box[aria-label*="${name}"]`).first();
}

test("the graph has a box for each identity, role and risk, and marks what changes", async () => {
  const page = await givenPage(officePlan(20));

  expect(await boxes(page, "identity").count()).toBe(22);
  expect(await boxes(page, "role").count()).toBe(7);
  expect(await box(page, "identity local:svc-archive-007").getAttribute("class")).toContain("added");
  expect(await box(page, "role metrics-role").getAttribute("aria-label")).toContain(
    "2 privileges new, 2 privileges gone",
  );
  expect(await page.locator("#graph .way.removed").count()).toBeGreaterThan(0);
});

test("before and after are shown each for itself", async () => {
  const page = await givenPage(officePlan(20));

  await page.getByRole("radio", { name: "before" }).check();

  expect(await box(page, "local:svc-archive-007").count()).toBe(0);
  expect(await page.locator("#graph .way.added").count()).toBe(0);

  await page.getByRole("radio", { name: "after" }).check();

  expect(await box(page, "local:svc-archive-007").count()).toBe(1);
  expect(await page.locator("#graph .way.removed").count()).toBe(0);
});

test("the filter leaves what has its words, in the graph, the time line, the findings and the table", async () => {
  const page = await givenPage(officePlan(20));

  await page.keyboard.press("/");
  await page.keyboard.type("archive-002");

  expect(await boxes(page, "identity").count()).toBe(1);
  expect(await page.locator("#lives li").count()).toBe(1);
  expect(await page.locator("#table tbody tr:visible").count()).toBe(1);
  expect(await page.locator("#shown").textContent()).toBe("1 of 22 identities");
  const findings = await page.locator(".finding:visible").allTextContents();
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.every((text) => text.includes("archive-002"))).toBe(true);

  await page.keyboard.press("Escape");

  expect(await boxes(page, "identity").count()).toBe(22);
});

test("only what changes, and only what is grave, can be asked for", async () => {
  const page = await givenPage(officePlan(20));

  await page.getByLabel("Only what changes").check();
  expect(await page.locator("#graph .box.identity.kept:not(.review)").count()).toBeLessThan(3);
  expect(await page.locator("#lives .life.kept").count()).toBe(0);

  await page.getByLabel("Only what changes").uncheck();
  await page.locator("select[name=gravity]").selectOption("critical");
  expect(await page.locator("#graph .box.identity:not(:has(.gravity.critical))").count()).toBeLessThan(2);
  expect(await page.locator(".finding:visible .severity:not(.critical)").count()).toBe(0);
});

test("a filter that nothing matches says so", async () => {
  const page = await givenPage(officePlan(6));

  await page.getByRole("searchbox").fill("nobody-is-called-so");

  expect(await page.getByText("Nobody matches the filter.").isVisible()).toBe(true);
  expect(await page.getByText("No finding matches the filter.").isVisible()).toBe(true);
  expect(await page.getByText("No identity matches the filter.").isVisible()).toBe(true);
});

test("the graph is used by keys alone: one stop of the tab key, arrows, Enter and Escape", async () => {
  const page = await givenPage(officePlan(6));
  const focused = page.locator("#graph .box:focus");

  expect(await page.locator('#graph .box[tabindex="0"]').count()).toBe(1);
  await page.locator('#graph .box[tabindex="0"]').focus();
  const first = await focused.getAttribute("data-box");
  await page.keyboard.press("ArrowDown");
  expect(await focused.getAttribute("data-box")).not.toBe(first);
  await page.keyboard.press("Home");
  expect(await focused.getAttribute("data-box")).toBe(first);
  await page.keyboard.press("ArrowRight");
  expect(await focused.getAttribute("class")).not.toContain("identity kept");
  const frame = focused.locator(".frame");
  expect(await frame.evaluate((it) => getComputedStyle(it).strokeWidth)).toBe("4px");

  await page.keyboard.press("Enter");
  expect(await focused.getAttribute("aria-pressed")).toBe("true");
  expect(await page.locator("#details h3").count()).toBe(1);

  await page.keyboard.press("Escape");
  expect(await page.locator("#details h3").count()).toBe(0);
});

test("a chosen identity tells its ways, its tokens and its findings, and dims the rest", async () => {
  const page = await givenPage(officePlan(6));

  await box(page, "local:svc-metrics-001").click();

  const told = await page.locator("#details").innerText();
  expect(told).toContain("role metrics-role");
  expect(told).toContain("qumulo_access_token.svc_metrics_001");
  expect(await page.locator("#graph .box.dim").count()).toBeGreaterThan(0);
  expect(await page.locator("#details a").allInnerTexts()).toContain("critical: A privilege lets its holder gain more");
  await page.locator("#details a").first().click();
  expect(await page.locator(".finding:target").count()).toBe(1);
});

test("colors follow the system until the reader chooses", async () => {
  const page = await givenPage(officePlan(6), { colorScheme: "dark" });
  const background = async (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  expect(await background()).toBe("rgb(20, 23, 28)");
  await page.getByLabel("Colors").selectOption("light");
  expect(await background()).toBe("rgb(246, 247, 249)");
});

test("500 identities share boxes, and are drawn in less than five seconds", async () => {
  const page = await givenPage(officePlan(500));

  expect(await boxes(page).count()).toBeLessThan(80);
  expect(await page.locator("#shown").textContent()).toBe("502 of 502 identities");
  expect(Number(await page.locator("html").getAttribute("data-drawn-ms"))).toBeLessThan(5_000);
  await box(page, "alike").click();
  expect(await page.locator("#details li").count()).toBeGreaterThan(5);
  await page.getByRole("button", { name: /^Show all/ }).click();
  expect(await page.locator("#lives li").count()).toBe(333);
});

test("on paper everything is there, whatever the filter says", async () => {
  const page = await givenPage(officePlan(20));
  await page.getByRole("searchbox").fill("archive-002");

  const paper = await page.pdf({ preferCSSPageSize: true });
  await page.emulateMedia({ media: "print" });

  expect(paper.subarray(0, 5).toString()).toBe("%PDF-");
  expect(paper.toString("latin1").match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3);
  expect(await page.locator(".finding:visible").count()).toBe(await page.locator(".finding").count());
  expect(await page.locator("#filter").isVisible()).toBe(false);
});

test("on paper of the usual size nothing is cut off at the side", async () => {
  const innerWidthMm = 297 - 2 * 12;
  const width = Math.floor((innerWidthMm / 25.4) * 96);
  const changes = readFileSync(path.join(__dirname, "../plans/opentofu-changes.json"), "utf8");
  const page = await givenPage(JSON.parse(changes), { viewport: { width, height: 700 } });

  await page.emulateMedia({ media: "print" });

  const right = await page.locator("#table table").evaluate((table) => table.getBoundingClientRect().right);
  expect(right).toBeLessThanOrEqual(width);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
});

test("a graph that is a little too wide is drawn smaller, and one that is much too wide is scrolled", async () => {
  const page = await givenPage(officePlan(6), { viewport: { width: 900, height: 800 } });
  const beyond = async (): Promise<number> =>
    page.locator("#graph .scroller").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);

  expect(await beyond()).toBe(0);
  await page.setViewportSize({ width: 700, height: 800 });
  expect(await beyond()).toBeGreaterThan(0);
});

test("in a narrow page each row of the table is a card, and its values say what they are", async () => {
  const page = await givenPage(officePlan(6), { viewport: { width: 600, height: 800 } });

  const table = page.locator("#table .scroller");
  expect(await table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const heads = await page
    .locator("#table tbody tr:first-child td:visible")
    .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, "::before").content));
  expect(heads.slice(0, 2)).toEqual(['"Change"', '"Roles"']);
});

test("a narrow page needs no scrolling to the side", async () => {
  const page = await givenPage(officePlan(20), { viewport: { width: 400, height: 800 } });

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
});

test("names that are HTML, scripts or directions of writing are shown as they are written", async () => {
  const name = `</script><img src=x onerror=alert(1)>"'\n\u202egpj.exe`;
  const page = await givenPage(planOf([...holder("ROLE_WRITE"), kept("qumulo_local_user.evil", { id: "7", name })]));

  const label = await box(page, "onerror").getAttribute("aria-label");

  expect(label).toContain(`</script><img src=x onerror=alert(1)>"'‹U+000A›‹U+202E›gpj.exe`);
  expect(await page.locator("img").count()).toBe(0);
});

test("no script of a name runs, wherever the page shows it, and nothing is asked for outside", async () => {
  const names = fc.sample(hostileText, { numRuns: 80 });
  const page = await givenPage(
    planOf([
      ...holder("ROLE_WRITE"),
      ...names.flatMap((name, index) => [
        kept(`qumulo_local_user.u${index}`, { id: String(2_000 + index), name }),
        kept(`qumulo_role.r${index}`, { name, description: name, privileges: ["PRIVILEGE_ROLE_WRITE", name] }),
        kept(`qumulo_role_member.m${index}`, { role_name: name, auth_id: String(2_000 + index) }),
      ]),
    ]),
  );
  const hasRun = async (): Promise<boolean> => page.evaluate(() => "canary" in globalThis);

  expect(await hasRun()).toBe(false);
  expect(await boxes(page, "identity").count()).toBeGreaterThan(0);
  for (const each of await boxes(page).all()) await each.dispatchEvent("click");
  await page.getByRole("searchbox").fill("onerror");
  await page.emulateMedia({ media: "print" });

  expect(await hasRun()).toBe(false);
  expect(await page.locator("img, iframe, object, embed, base, link").count()).toBe(0);
  expect(await page.locator("script").count()).toBe(2);
});

test("were there code in the page that is not its own, the browser would refuse to run it, and to ask anybody", async () => {
  const page = await givenPage(officePlan(6));
  const failed: (string | undefined)[] = [];
  page.on("requestfailed", (request) => failed.push(request.failure()?.errorText));

  const outcome = await page.evaluate(async () => {
    const attempts = {
      script: () => {
        const script = document.createElement("script");
        script.append("globalThis.canary = 1");
        document.body.append(script);
      },
      html: () => {
        document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="globalThis.canary = 1">');
      },
      handler: () => {
        document.body.setAttribute("onclick", "globalThis.canary = 1");
        document.body.click();
      },
      picture: () => {
        const image = document.createElement("img");
        image.src = "https://evil.example/x.png";
        document.body.append(image);
      },
    };
    for (const attempt of Object.values(attempts)) {
      try {
        attempt();
      } catch {
        // Refused at once.
      }
    }
    const fetched = await fetch("https://evil.example/").then(
      () => "answered",
      () => "refused",
    );
    return { fetched, hasRun: "canary" in globalThis };
  });

  expect(outcome).toEqual({ fetched: "refused", hasRun: false });
  const told = complaints.splice(0);
  // The browser tells of the picture as a request, and says why it never left.
  expect(told.filter((text) => text.startsWith("request"))).toHaveLength(failed.length);
  expect(failed.filter((why) => why !== "csp")).toEqual([]);
  expect(told.join("\n")).toMatch(/Content Security Policy/);
});

test("without JavaScript the findings and the table are there, and the page says what is missing", async () => {
  const page = await givenPage(officePlan(6), { javaScriptEnabled: false });

  expect(await page.locator("#table tbody tr").count()).toBe(8);
  expect(await page.getByText(/need JavaScript/).isVisible()).toBe(true);
  expect(await page.locator("#filter").isVisible()).toBe(false);
});
