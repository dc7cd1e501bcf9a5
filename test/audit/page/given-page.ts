import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "@jest/globals";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { type Audit, audit, auditFleet } from "../../../src/audit/audit.ts";
import type { FleetPlan } from "../../../src/audit/fleet.ts";
import { renderHtmlReport } from "../../../src/audit/report/html/html-report.ts";
import { officeTime } from "../../support/plans/office-plan.ts";
import { givenBrowser } from "./given-browser.ts";

let browser: Browser;
let folder: string;

/** What no page may do: requests, and messages on the console. A test takes out what it expects. */
export const complaints: string[] = [];

/** Starts a browser for the tests of a file, and holds their pages to making no request and no complaint. */
export function usePages(): void {
  beforeAll(async () => {
    browser = await givenBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-page-"));
    complaints.length = 0;
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map(async (context) => context.close()));
    await rm(folder, { recursive: true, force: true });
    expect(complaints).toEqual([]);
  });
}

/** Opens the page about a plan, in a window as a large desk has it unless asked otherwise. */
export async function givenPage(plan: unknown, options: BrowserContextOptions = {}): Promise<Page> {
  return openPage(audit(plan, { now: officeTime }), options);
}

/** Opens the page about several plans. */
export async function givenFleetPage(fleet: readonly FleetPlan[], options: BrowserContextOptions = {}): Promise<Page> {
  return openPage(auditFleet(fleet, { now: officeTime }), options);
}

async function openPage(result: Audit, options: BrowserContextOptions): Promise<Page> {
  const text = renderHtmlReport(result, { failOn: "high", now: officeTime });
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

/** The window of a small laptop. */
export const laptop = { viewport: { width: 1280, height: 800 } } as const;

/** All boxes of the graph, or those of a kind. */
export function boxes(page: Page, kind = ""): Locator {
  return page.locator(`#graph .box${kind === "" ? "" : `.${kind}`}`);
}

/** The first box of the graph that has this in its label. */
export function box(page: Page, name: string): Locator {
  return page.locator(`#graph .box[aria-label*="${name}"]`).first();
}

/** Shows the page as it is on paper, or on the screen again, and waits until it is drawn for that. */
export async function showOn(page: Page, media: "print" | "screen"): Promise<void> {
  await page.emulateMedia({ media });
  await page.locator(`html[data-drawn-for=${media}]`).waitFor({ state: "attached" });
}

/** Shows what stays as well. */
export async function showEverything(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: "Only what changes" }).uncheck();
}
