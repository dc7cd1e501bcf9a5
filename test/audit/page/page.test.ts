import { expect, test } from "@jest/globals";
import { hostileText } from "../../hostile/hostile-plans.ts";
import { officePlan } from "../../support/plans/office-plan.ts";
import { holder, kept, planOf } from "../../support/plans/plan-builder.ts";
import { fc } from "../../support/search.ts";
import { box, boxes, complaints, givenPage, showEverything, usePages } from "./given-page.ts";

usePages();

test("the graph has a box for each identity, role and risk, and marks what changes", async () => {
  const page = await givenPage(officePlan(20));
  await showEverything(page);

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

  await page.getByRole("radio", { name: "before", exact: true }).check();

  expect(await box(page, "local:svc-archive-007").count()).toBe(0);
  expect(await page.locator("#graph .way.added").count()).toBe(0);

  await page.getByRole("radio", { name: "after", exact: true }).check();

  expect(await box(page, "local:svc-archive-007").count()).toBe(1);
  expect(await page.locator("#graph .way.removed").count()).toBe(0);
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
  const chosen = await focused.getAttribute("data-box");
  expect(chosen).not.toBe(first);
  const frame = focused.locator(".frame");
  expect(await frame.evaluate((it) => getComputedStyle(it).strokeWidth)).toBe("4px");

  await page.keyboard.press("Enter");
  expect(await page.locator(`#graph .box[data-box="${chosen ?? ""}"]`).getAttribute("aria-expanded")).toBe("true");
  expect(await page.locator("#details h2:focus").count()).toBe(1);

  await page.keyboard.press("Escape");
  expect(await page.locator("#details").isVisible()).toBe(false);
  expect(await focused.getAttribute("data-box")).toBe(chosen);
});

test("a chosen identity tells its roles, its privileges, its tokens and its findings, and dims the rest", async () => {
  const page = await givenPage(officePlan(6));

  await box(page, "local:svc-metrics-001").click();

  const told = await page.locator("#details").innerText();
  expect(told).toContain("role metrics-role");
  expect(told).toContain("qumulo_access_token.svc_metrics_001");
  expect(told).toMatch(/Privileges: gains more rights\s+\+\s+ROLE_WRITE/);
  expect(told).toContain("A privilege lets its holder gain more");
  expect(await page.locator("#graph .box.dim").count()).toBeGreaterThan(0);
});

test("a row of the list tells more about its identity, and lights its box", async () => {
  const page = await givenPage(officePlan(6));

  await page.getByRole("button", { name: "local:svc-metrics-001" }).first().click();

  expect(await page.locator("#details h2").textContent()).toBe("local:svc-metrics-001");
  expect(await page.locator('#graph .box[aria-expanded="true"]').getAttribute("aria-label")).toContain("metrics-001");
  await page.getByRole("button", { name: "Close" }).click();
  expect(await page.locator("#details").isVisible()).toBe(false);
  expect(await page.locator("#findings").isVisible()).toBe(true);
});

test("colors follow the system until the reader chooses", async () => {
  const page = await givenPage(officePlan(6), { colorScheme: "dark" });
  const background = async (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

  expect(await background()).toBe("rgb(20, 23, 28)");
  await page.getByLabel("Theme").selectOption("light");
  expect(await background()).toBe("rgb(246, 247, 249)");
});

test("500 identities share boxes, and are drawn in less than five seconds", async () => {
  const page = await givenPage(officePlan(500));
  await showEverything(page);

  expect(await boxes(page).count()).toBeLessThan(80);
  expect(await page.locator("#shown").textContent()).toBe("502 of 502 identities");
  expect(Number(await page.locator("html").getAttribute("data-drawn-ms"))).toBeLessThan(5_000);
  await box(page, "alike").click();
  expect(await page.locator("#details li").count()).toBeGreaterThan(5);
  await page.getByRole("button", { name: "Show all 333" }).click();
  expect(await page.locator("#lives li").count()).toBe(333);
});

test("in a narrow page each row of the table is a card, and its values say what they are", async () => {
  const page = await givenPage(officePlan(6), { viewport: { width: 600, height: 800 } });

  const heads = await page
    .locator("#access tbody tr:first-child td:visible")
    .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell, "::before").content));
  expect(heads.slice(0, 2)).toEqual(['"Access"', '"Access tokens"']);
});

test("a narrow page needs no scrolling to the side", async () => {
  const page = await givenPage(officePlan(20), { viewport: { width: 400, height: 800 } });

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
});

test("names that are HTML, scripts or directions of writing are shown as they are written", async () => {
  const name = `</script><img src=x onerror=alert(1)>"'\n\u202egpj.exe`;
  const page = await givenPage(planOf([...holder("ROLE_WRITE"), kept("qumulo_local_user.evil", { id: "7", name })]));
  await showEverything(page);

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

  expect(await page.locator("#access tbody tr").count()).toBe(8);
  expect(await page.getByText(/need JavaScript/).isVisible()).toBe(true);
  expect(await page.locator("#filter").isVisible()).toBe(false);
});
