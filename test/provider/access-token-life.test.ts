import { expect, test } from "@jest/globals";
import { type Given } from "../support/provider/given-provider.ts";
import {
  dayMs,
  givenSeries,
  isAsPlanned,
  justBefore,
  refreshAndApply,
  refreshAndPlan,
  rotating,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";
import { mapOfValues, undecided } from "../support/provider/values.ts";

const fixed = { user: "local:svc", expiration_time: "2026-09-01T00:00:00Z" };
const living = { user: "local:svc", expires_in: "90d" };

test("a token lives for expires_in from its creation, by the cluster's clock", async () => {
  const { engine } = await givenSeries();

  const planned = await engine.plan(type, living);
  const created = await engine.apply(type, living);

  expect(planned.planned).toMatchObject({ expiration_time: "(unknown)", expired: false, previous_token: null });
  expect(planned.warnings).toEqual([]);
  expect(created.state).toMatchObject({
    expiration_time: expect.stringMatching(justBefore("2026-05-31T08:00:00Z")),
    expired: false,
  });
  expect((await refreshAndPlan(engine, living, created.kept)).isEmpty).toBe(true);
});

test("another life moves the end in place, counted from the creation, and keeps the secret", async () => {
  const { engine, clock, asked } = await givenSeries();
  const created = await engine.apply(type, living);
  clock.advance(10 * dayMs);
  const longer = { ...living, expires_in: "100d" };

  const planned = await engine.plan(type, longer, created.kept);
  const methods = await asked(async () => {
    const changed = await engine.apply(type, longer, created.kept);
    expect(changed.state).toMatchObject({
      bearer_token: created.state?.["bearer_token"],
      expiration_time: "2026-06-10T08:00:00.000Z",
    });
    expect((await refreshAndPlan(engine, longer, changed.kept)).isEmpty).toBe(true);
  });

  expect(planned.planned).toMatchObject({ expiration_time: "2026-06-10T08:00:00.000Z", expired: false });
  expect(methods).toEqual(["GET", "PATCH", "GET"]);
});

test("a life that would be over by now is refused, and rotating with it is not", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, living);
  clock.advance(30 * dayMs);

  const over = await engine.plan(type, { ...living, expires_in: "30d" }, created.kept);
  const left = await engine.plan(type, { ...living, expires_in: "2592001s" }, created.kept);

  expect(over.errors).toMatchObject([{ attribute: ["expires_in"], detail: expect.stringContaining("-replace") }]);
  expect(left.errors).toEqual([]);
});

test.each([
  ["later", "2026-12-01T00:00:00Z"],
  ["earlier", "2026-04-01T00:00:00Z"],
])("an end that was made %s outside is drift, and is brought back", async (_, end) => {
  const { engine, admin } = await givenSeries();
  const created = await engine.apply(type, living);
  await admin.patch(`${tokensPath}${String(created.state?.["id"])}`, { expiration_time: end });

  const planned = await refreshAndPlan(engine, living, created.kept);
  const repaired = await engine.apply(type, living, planned.kept);

  expect(planned.planned?.["id"]).toBe(created.state?.["id"]);
  expect(isAsPlanned(planned.planned, repaired.state)).toBe(true);
  expect((await engine.refresh(type, repaired.kept)).state).toMatchObject({
    expiration_time: created.state?.["expiration_time"],
  });
  expect((await refreshAndPlan(engine, living, repaired.kept)).isEmpty).toBe(true);
});

test("a token that has ended is rotated when it lives for a duration", async () => {
  const { engine, clock, statusOf } = await givenSeries();
  const created = await engine.apply(type, living);
  clock.advance(90 * dayMs - 1);
  const alive = await refreshAndPlan(engine, living, created.kept);

  clock.advance(1);
  const ended = await refreshAndPlan(engine, living, alive.kept);
  const rotated = await engine.apply(type, living, ended.kept);

  expect(alive.isEmpty).toBe(true);
  expect(ended.warnings[0]?.detail).toContain(`has ended on ${String(created.state?.["expiration_time"])}`);
  expect(rotated.state).toMatchObject({
    expired: false,
    expiration_time: expect.stringMatching(justBefore("2026-08-29T08:00:00Z")),
  });
  expect(await statusOf(rotated.state?.["bearer_token"])).toBe(200);
});

test("a token that was revived outside after its life is rotated all the same", async () => {
  const { engine, clock, signInAnew } = await givenSeries();
  const created = await engine.apply(type, living);
  clock.advance(91 * dayMs);
  const path = `${tokensPath}${String(created.state?.["id"])}`;
  await (await signInAnew()).patch(path, { expiration_time: "2027-01-01T00:00:00Z" });

  const planned = await refreshAndPlan(engine, living, created.kept);
  const rotated = await engine.apply(type, living, planned.kept);

  expect(planned.planned?.["id"]).toBe("(unknown)");
  expect(isAsPlanned(planned.planned, rotated.state)).toBe(true);
  expect(rotated.state).toMatchObject({ previous_token: { expiration_time: "2026-06-02T08:00:00Z" } });
});

test("a token that has ended at its given time is said to have ended, and nothing is planned", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, fixed);
  clock.set(fixed.expiration_time);

  const planned = await refreshAndPlan(engine, fixed, created.kept);

  expect(planned).toMatchObject({ isEmpty: true, errors: [], planned: { expired: true } });
  expect(planned.warnings).toMatchObject([{ summary: "Access token has expired", attribute: ["expiration_time"] }]);
});

test("a later time revives a token that has ended, with the same secret", async () => {
  const { engine, clock, statusOf } = await givenSeries();
  const created = await engine.apply(type, fixed);
  clock.set("2026-10-01T00:00:00Z");
  const later = { ...fixed, expiration_time: "2026-11-01T00:00:00Z" };

  const planned = await refreshAndPlan(engine, later, created.kept);
  const revived = await engine.apply(type, later, planned.kept);

  expect(planned).toMatchObject({ warnings: [], planned: { id: created.state?.["id"], expired: false } });
  expect(isAsPlanned(planned.planned, revived.state)).toBe(true);
  expect(await statusOf(created.state?.["bearer_token"])).toBe(200);
});

test("a duration in place of a time that is over rotates", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, fixed);
  clock.set("2026-10-01T00:00:00Z");

  const rotated = await refreshAndApply(engine, living, created.kept);

  expect(rotated.errors).toEqual([]);
  expect(rotated.state?.["id"]).not.toBe(created.state?.["id"]);
});

test("a new token is not made for a time that is over", async () => {
  const { engine, clock } = await givenSeries();
  const keptBy = (keeper: string): Given => ({ ...fixed, rotate_when_changed: mapOfValues({ keeper }) });
  const created = await engine.apply(type, keptBy("one"));
  clock.set(fixed.expiration_time);

  const rotated = await refreshAndPlan(engine, keptBy("two"), created.kept);

  expect(rotated.errors).toMatchObject([{ attribute: ["expiration_time"] }]);
});

test("an imported token takes a life, and is rotated by it like any other", async () => {
  const { engine, admin, clock, user } = await givenSeries();
  const made = await admin.post(tokensPath, { user: { auth_id: user("svc").id } });
  const imported = await engine.importById(type, made.field("id"));

  const taken = await engine.apply(type, rotating, imported.kept);
  clock.advance(76 * dayMs);
  const rotated = await refreshAndApply(engine, rotating, taken.kept);

  expect(imported.state).toMatchObject({ bearer_token: null, overlap: "24h", expired: false, previous_token: null });
  expect(taken.state).toMatchObject({ id: made.field("id"), expiration_time: "2026-05-31T08:00:00.000Z" });
  expect(rotated.state).toMatchObject({
    bearer_token: expect.stringMatching(/^access-v1:/),
    previous_token: { id: made.field("id") },
  });
});

test.each<[string, Given, string]>([
  ["two ends", { ...fixed, expires_in: "90d" }, "expires_in"],
  ["no duration", { user: "svc", expires_in: "90" }, "expires_in"],
  ["no life", { user: "svc", expires_in: "0s" }, "expires_in"],
  ["a life of centuries", { user: "svc", expires_in: "36501d" }, "expires_in"],
  ["no life to rotate in", { ...fixed, rotate_before_expiry: "14d" }, "rotate_before_expiry"],
  ["a rotation only at the end", { ...living, rotate_before_expiry: "0s" }, "rotate_before_expiry"],
  ["a rotation at the beginning", { ...living, rotate_before_expiry: "2160h" }, "rotate_before_expiry"],
  ["an overlap beyond the life", { ...living, overlap: "90d1s" }, "overlap"],
  ["an overlap that is not a duration", { ...living, overlap: "-1h" }, "overlap"],
])("%s is refused while validating", async (_, config, attribute) => {
  const { engine } = await givenSeries();

  expect(await engine.validate(type, config)).toMatchObject([{ severity: "error", attribute: [attribute] }]);
});

test.each<[string, Given]>([
  ["the longest life", { user: "svc", expires_in: "36500d" }],
  ["the latest rotation", { ...living, rotate_before_expiry: "1s", overlap: "0s" }],
  ["the earliest rotation", { ...living, rotate_before_expiry: "7775999s", overlap: "7775999s" }],
  ["the longest overlap", { ...living, overlap: "90d" }],
  ["a short life with the usual overlap", { user: "svc", expires_in: "1h" }],
  ["a life that is not known yet", { user: "svc", expires_in: undecided, rotate_before_expiry: "90d", overlap: "99d" }],
])("%s is accepted while validating", async (_, config) => {
  const { engine } = await givenSeries();

  expect((await engine.validate(type, config)).filter(({ severity }) => severity === "error")).toEqual([]);
});

test("an overlap that the old token's own end cuts short is warned of", async () => {
  const { engine } = await givenSeries();

  const config = { ...living, rotate_before_expiry: "12h", overlap: "24h" };
  expect(await engine.validate(type, config)).toMatchObject([{ severity: "warning", attribute: ["overlap"] }]);
  expect(await engine.validate(type, { ...config, overlap: "12h" })).toEqual([]);
});
