import { expect, test } from "@jest/globals";
import type { Locator } from "playwright-core";
import { officePlan } from "../../support/plans/office-plan.ts";
import { change, holder, kept, planOf, token } from "../../support/plans/plan-builder.ts";
import { quietPlan } from "../../support/plans/quiet-plan.ts";
import { box, boxes, givenPage, laptop, usePages } from "./given-page.ts";

usePages();

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

async function frameOf(place: Locator): Promise<Frame> {
  const frame = await place.boundingBox();
  if (frame === null) throw new Error("It is not shown.");
  return frame;
}

async function isOnFirstScreen(place: Locator): Promise<boolean> {
  const { x, y, width, height } = await frameOf(place);
  return x >= 0 && y >= 0 && x + width <= laptop.viewport.width && y + height <= laptop.viewport.height;
}

function overlap(left: Frame, right: Frame): boolean {
  const beside = left.x + left.width <= right.x || right.x + right.width <= left.x;
  return !beside && left.y < right.y + right.height && right.y < left.y + left.height;
}

const newcomer = [
  change("qumulo_local_user.zz", { after: { id: "8888", name: "zz-contractor" } }),
  change("qumulo_role_member.zz", { after: { role_name: "Administrators", auth_id: "8888" } }),
];

test("a new administrator among 300 identities is on the first screen: in the list, the findings and the graph", async () => {
  const page = await givenPage(quietPlan(300, newcomer), laptop);

  expect(await page.locator("#shown").textContent()).toBe("1 of 303 identities");
  const row = page.locator("#access tbody tr:visible").first();
  expect(await row.innerText()).toMatch(/local:zz-contractor[^]*critical[^]*Administrators/);
  const finding = page.locator(".finding:visible").first();
  expect(await finding.innerText()).toContain("becomes an administrator");
  expect(await isOnFirstScreen(row)).toBe(true);
  expect(await isOnFirstScreen(finding.locator(".what"))).toBe(true);
  expect(await isOnFirstScreen(box(page, "zz-contractor"))).toBe(true);
});

test("what changes is listed gravest first, and whoever becomes an administrator before all others", async () => {
  const page = await givenPage(officePlan(60), laptop);
  const ranks = ["critical", "high", "medium", "low"];

  const marks = await page.locator("#access tbody tr:visible .marks").allInnerTexts();
  const found = marks.map((text) => ranks.findIndex((rank) => text.startsWith(rank) && !text.includes("already so")));
  const known = found.map((rank) => (rank === -1 ? ranks.length : rank));

  expect(known).toEqual(known.toSorted((left, right) => left - right));
  expect(await page.locator("#access tbody tr:visible").first().innerText()).toContain("Administrators");
  expect(await boxes(page, "identity").first().getAttribute("aria-label")).toContain("svc-archive-012");
});

test("where nothing changes, the page opens on all that there is", async () => {
  const page = await givenPage(quietPlan(5, []), laptop);

  expect(await page.locator("#shown").textContent()).toBe("7 of 7 identities");
  expect(await page.getByRole("heading", { name: /^All access/ }).isVisible()).toBe(true);
});

test("the way of whoever changes is drawn as a whole, through a group that does not change", async () => {
  const plan = planOf([
    change("qumulo_local_user.svc", {
      actions: ["update"],
      before: { id: "1001", name: "svc" },
      after: { id: "1001", name: "svc" },
    }),
    kept("qumulo_local_group.ops", { id: "9001", name: "ops" }),
    kept("qumulo_local_group_member.svc", { group_id: "9001", member_id: "1001" }),
    kept("qumulo_role.ops", { id: "r", name: "ops-role", privileges: ["PRIVILEGE_METRICS_READ"] }),
    kept("qumulo_role_member.ops", { role_name: "ops-role", auth_id: "9001" }),
    change("qumulo_access_token.svc", { after: { ...token, id: null }, unknown: { id: true } }),
  ]);

  const page = await givenPage(plan, laptop);

  expect(await page.locator("#graph .box .name").allTextContents()).toEqual([
    "local:svc",
    "local:ops",
    "ops-role",
    "Plain",
  ]);
  expect(await page.locator("#graph .way").count()).toBe(3);
});

test("what is told of a box stands beside it at once, wherever the page is scrolled to", async () => {
  const page = await givenPage(officePlan(60), laptop);
  const chosen = boxes(page, "identity").nth(10);
  await chosen.scrollIntoViewIfNeeded();

  await chosen.click();

  const [told, clicked] = [await frameOf(page.locator("#details")), await frameOf(chosen)];
  expect(overlap(told, clicked)).toBe(false);
  expect(told.y).toBeGreaterThanOrEqual(0);
  expect(told.y).toBeLessThan(laptop.viewport.height / 4);
  expect(told.x).toBeLessThan(laptop.viewport.width);
  expect(await page.locator("#details h2").isVisible()).toBe(true);
});

test("in a narrow page, what is told lies over the lower half, and what it is about stays in view above it", async () => {
  const page = await givenPage(officePlan(60), { viewport: { width: 400, height: 800 } });
  const chosen = boxes(page, "identity").nth(4);

  await chosen.click();

  const [told, clicked] = [await frameOf(page.locator("#details")), await frameOf(chosen)];
  expect(overlap(told, clicked)).toBe(false);
  expect(clicked.y).toBeGreaterThanOrEqual(0);

  expect(told.y + told.height).toBe(800);
  expect(told.y).toBeGreaterThan(300);
});

const long = `svc-${"very-".repeat(6)}long-name-of-a-service`;

function longNames(): unknown {
  return planOf([
    change("qumulo_local_user.long", { after: { id: "1001", name: long } }),
    kept("qumulo_role.long", {
      id: "r",
      name: `${long}-role`,
      privileges: ["PRIVILEGE_REPLICATION_REVERSE_RELATIONSHIP"],
    }),
    change("qumulo_role_member.long", { after: { role_name: `${long}-role`, auth_id: "1001" } }),
  ]);
}

test("no label of the graph is cut where there is room, and the graph is as wide as its place", async () => {
  const page = await givenPage(longNames(), { viewport: { width: 2400, height: 1000 } });

  const texts = await page.locator("#graph .box text").allTextContents();
  const [drawing, place] = [await frameOf(page.locator("#graph svg")), await frameOf(page.locator("#graphs"))];

  expect(texts).toContain(`local:${long}`);
  expect(texts.filter((text) => text.includes("…"))).toEqual([]);
  expect(drawing.width / place.width).toBeGreaterThan(0.9);
});

test("where there is no room, a long label is broken into lines and stays in its box", async () => {
  const page = await givenPage(longNames(), laptop);

  const name = (await box(page, `identity local:${long}`).locator(".name").allTextContents()).join("");
  expect(name).toBe(`local:${long}`);
  for (const each of await boxes(page).all()) {
    const frame = await frameOf(each.locator(".frame"));
    for (const text of await each.locator("text").all()) {
      const inner = await frameOf(text);
      expect(inner.x).toBeGreaterThanOrEqual(frame.x);
      expect(inner.x + inner.width).toBeLessThanOrEqual(frame.x + frame.width + 1);
      expect(inner.y + inner.height).toBeLessThanOrEqual(frame.y + frame.height + 1);
    }
  }
});

test.each([320, 400, 700, 1280, 1720])(
  "boxes and labels of the axis overlap nothing in a page %i pixels wide",
  async (width) => {
    const page = await givenPage(officePlan(30), { viewport: { width, height: 800 } });

    for (const selector of ["#lives .axis text", "#graph .frame", "#graph .column"]) {
      const frames = await Promise.all((await page.locator(selector).all()).map(frameOf));
      expect(frames.length).toBeGreaterThan(0);
      frames.forEach((frame, at) => {
        expect(frames.slice(at + 1).filter((other) => overlap(frame, other))).toEqual([]);
      });
    }
    expect(await page.locator("#lives .axis .now").count()).toBe(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  },
);

test("a rotation tells until when the old token works and until when the new one, and what times are counted from", async () => {
  const before = { ...token, expiration_time: "2026-05-02T08:00:00Z" };
  const after = { user: token.user, enabled: true, expires_in: "90d", overlap: "24h" };
  const unknown = { id: true, expiration_time: true };
  const plan = planOf([
    ...holder("METRICS_READ"),
    change("qumulo_access_token.svc", { actions: ["update"], before, after, unknown }),
  ]);
  const words = "rotated: the old token works until 2026-03-03 08:00, the new one works until 2026-05-31";

  const page = await givenPage(plan, laptop);

  expect(await page.locator("#lives .event").innerText()).toBe(words);
  expect(await page.locator("#access tbody td:last-child").first().innerText()).toContain(words);
  expect(await page.locator("#tokens .help").innerText()).toContain("counted from 2026-03-02 08:00");
});

test("what is to be reviewed is told apart from what is found, at the top, in the list and in the findings", async () => {
  const page = await givenPage(
    planOf([
      kept("qumulo_local_user.svc", { id: "1001", name: "svc" }),
      change("qumulo_role_member.svc", { after: { role_name: "Observers", auth_id: "1001" } }),
    ]),
    laptop,
  );

  expect(await page.locator(".summary").innerText()).toContain("For review");
  expect(await page.locator("#access tbody tr").first().innerText()).toContain("? not all privileges are known");
  expect(await page.locator(".finding .tag.review").count()).toBeGreaterThan(0);
});

test("a plan of 10,000 changes opens, in a page of less than six megabytes", async () => {
  const page = await givenPage(officePlan(3_400), laptop);

  expect(await page.locator("#shown").textContent()).toBe("2041 of 3402 identities");
  expect(await page.locator("#access tbody tr").count()).toBe(1_000);
  expect(await page.getByText("1041 more are not listed here").isVisible()).toBe(true);
  expect((await page.content()).length).toBeLessThan(6_000_000);
  await page.getByRole("searchbox").fill("svc-archive-0012");
  expect(await page.locator("#shown").textContent()).toBe("0 of 3402 identities");
});
