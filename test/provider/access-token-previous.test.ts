import { expect, test } from "@jest/globals";
import {
  dayMs,
  givenSeries,
  hourMs,
  isAsPlanned,
  keptBy,
  refreshAndApply,
  refreshAndPlan,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";

/** A series that has just been rotated: `old` was rotated out. */
async function givenRotated(more: Parameters<typeof keptBy>[1] = {}) {
  const series = await givenSeries();
  const { engine } = series;
  const config = keptBy("two", more);
  const first = await engine.apply(type, keptBy("one", more));
  const rotated = await engine.apply(type, config, first.kept);
  const old = String(first.state?.["id"]);
  const change = async (id: string, body: unknown) => (await series.signInAnew()).patch(`${tokensPath}${id}`, body);
  return { ...series, config, first, rotated, old, id: String(rotated.state?.["id"]), change };
}

test("when the overlap is over, deleting the old token is planned as the only change, and said", async () => {
  const { engine, clock, config, rotated, old, tokens } = await givenRotated();

  clock.advance(dayMs - 1);
  const early = await refreshAndPlan(engine, config, rotated.kept);
  clock.advance(1);
  const due = await refreshAndPlan(engine, config, early.kept);
  const cleaned = await engine.apply(type, config, due.kept);

  expect(early.isEmpty).toBe(true);
  expect(due).toMatchObject({ replaces: [], planned: { ...rotated.state, previous_token: null } });
  expect(due.warnings).toMatchObject([{ detail: expect.stringContaining(old) }]);
  expect(cleaned.state).toEqual({ ...rotated.state, previous_token: null });
  expect(await tokens()).toMatchObject([{ id: rotated.state?.["id"] }]);
  expect((await refreshAndPlan(engine, config, cleaned.kept)).isEmpty).toBe(true);
});

test("a clean-up asks for one deletion, and a saved one may be applied late or after the token is gone", async () => {
  const { engine, clock, config, rotated, asked, old, signInAnew } = await givenRotated();
  clock.advance(dayMs);
  const due = await refreshAndPlan(engine, config, rotated.kept);
  clock.advance(10 * dayMs);
  await (await signInAnew()).delete(`${tokensPath}${old}`);

  const methods = await asked(async () => {
    const cleaned = await engine.apply(type, config, due.kept);
    expect(cleaned.errors).toEqual([]);
    expect(isAsPlanned(due.planned, cleaned.state)).toBe(true);
  });

  expect(methods).toEqual(["DELETE"]);
});

test("an old token that was deleted outside is forgotten without a change", async () => {
  const { engine, config, rotated, old, admin } = await givenRotated();
  await admin.delete(`${tokensPath}${old}`);

  const planned = await refreshAndPlan(engine, config, rotated.kept);

  expect(planned.isEmpty).toBe(true);
  expect(planned.planned).toMatchObject({ previous_token: null });
});

test("an old token that was given a longer life outside is drift, and is brought back", async () => {
  const { engine, config, rotated, old, change, tokens } = await givenRotated();
  await change(old, { expiration_time: "2027-01-01T00:00:00Z" });

  const planned = await refreshAndPlan(engine, config, rotated.kept);
  const repaired = await engine.apply(type, config, planned.kept);

  expect(planned.planned?.["previous_token"]).toMatchObject({ expiration_time: "2026-03-03T08:00:00.000Z" });
  expect(repaired.errors).toEqual([]);
  expect(isAsPlanned(planned.planned, repaired.state)).toBe(true);
  expect((await tokens()).find(({ id }) => id === old)?.expiration_time).toBe("2026-03-03T08:00:00Z");
  expect((await refreshAndPlan(engine, config, repaired.kept)).isEmpty).toBe(true);
});

test("an old token that was given a shorter life outside is left so", async () => {
  const { engine, config, rotated, old, change } = await givenRotated();
  await change(old, { expiration_time: "2026-03-02T12:00:00Z" });

  const planned = await refreshAndPlan(engine, config, rotated.kept);

  expect(planned.isEmpty).toBe(true);
  expect(planned.planned).toMatchObject({ previous_token: { expiration_time: "2026-03-02T12:00:00Z" } });
});

test("an old token that was revived after its overlap is deleted all the same", async () => {
  const { engine, clock, config, rotated, old, change, tokens } = await givenRotated();
  clock.advance(2 * dayMs);
  await change(old, { expiration_time: "2027-01-01T00:00:00Z" });

  const cleaned = await refreshAndApply(engine, config, rotated.kept);

  expect(cleaned.state).toMatchObject({ previous_token: null });
  expect(await tokens()).toHaveLength(1);
});

test("disabling the series disables both tokens, and enabling it enables both", async () => {
  const { engine, config, first, rotated, statusOf } = await givenRotated();
  const secrets = [first.state?.["bearer_token"], rotated.state?.["bearer_token"]];
  const statuses = async () => Promise.all(secrets.map(statusOf));

  const disabled = await engine.apply(type, { ...config, enabled: false }, rotated.kept);
  const whileDisabled = await statuses();
  const enabled = await refreshAndApply(engine, config, disabled.kept);

  expect(disabled.errors).toEqual([]);
  expect(whileDisabled).toEqual([401, 401]);
  expect(await statuses()).toEqual([200, 200]);
  expect(enabled.state).toEqual(rotated.state);
  expect((await refreshAndPlan(engine, config, enabled.kept)).isEmpty).toBe(true);
});

test("an old token that was enabled or disabled on its own is drift, and is repaired", async () => {
  const { engine, config, first, rotated, old, change, statusOf } = await givenRotated();

  for (const enabled of [true, false]) {
    const wanted = { ...config, enabled };
    const settled = await refreshAndApply(engine, wanted, rotated.kept);
    await change(old, { enabled: !enabled });
    const planned = await refreshAndPlan(engine, wanted, settled.kept);
    const repaired = await engine.apply(type, wanted, planned.kept);

    expect(planned).toMatchObject({ isEmpty: false, planned: { enabled, previous_token: { id: old } } });
    expect(isAsPlanned(planned.planned, repaired.state)).toBe(true);
    expect(await statusOf(first.state?.["bearer_token"])).toBe(enabled ? 200 : 401);
    expect((await refreshAndPlan(engine, wanted, repaired.kept)).isEmpty).toBe(true);
  }
});

test("rotating a series while enabling or disabling it does both to both tokens", async () => {
  const { engine, config, rotated, tokens } = await givenRotated();

  const off = await engine.apply(type, keptBy("three", { enabled: false }), rotated.kept);
  const afterOff = (await tokens()).map(({ enabled }) => enabled);
  const on = await refreshAndApply(engine, keptBy("four"), off.kept);
  const afterOn = (await tokens()).map(({ enabled }) => enabled);

  expect([...off.errors, ...on.errors]).toEqual([]);
  expect(afterOff).toEqual([false, false]);
  expect(afterOn).toEqual([true, true]);
  expect(config["enabled"]).toBeUndefined();
  expect((await refreshAndPlan(engine, keptBy("four"), on.kept)).isEmpty).toBe(true);
});

test("a token that was deleted outside during the overlap is rotated, and the old one keeps working", async () => {
  const { engine, clock, config, first, rotated, old, id, signInAnew, statusOf } = await givenRotated();
  await (await signInAnew()).delete(`${tokensPath}${id}`);
  clock.advance(hourMs);

  const planned = await refreshAndPlan(engine, config, rotated.kept);
  const repaired = await engine.apply(type, config, planned.kept);

  expect(planned.warnings[0]?.detail).toContain(`${id} was deleted outside`);
  expect(planned.planned).toMatchObject({ id: "(unknown)", previous_token: { id: old } });
  expect(repaired.errors).toEqual([]);
  expect(isAsPlanned(planned.planned, repaired.state)).toBe(true);
  expect(await statusOf(first.state?.["bearer_token"])).toBe(200);
  expect(await statusOf(repaired.state?.["bearer_token"])).toBe(200);
  const settled = await refreshAndPlan(engine, config, repaired.kept);
  expect(settled.isEmpty).toBe(true);
  clock.advance(dayMs);
  expect((await refreshAndApply(engine, config, settled.kept)).state).toMatchObject({ previous_token: null });
});

test("a token that was deleted outside after the overlap is rotated, and the old one is deleted with that", async () => {
  const { engine, clock, config, rotated, id, signInAnew, tokens } = await givenRotated();
  clock.advance(2 * dayMs);
  await (await signInAnew()).delete(`${tokensPath}${id}`);

  const planned = await refreshAndPlan(engine, config, rotated.kept);
  const repaired = await engine.apply(type, config, planned.kept);

  expect(planned.planned).toMatchObject({ id: "(unknown)", previous_token: null });
  expect(isAsPlanned(planned.planned, repaired.state)).toBe(true);
  expect(await tokens()).toHaveLength(1);
  expect((await refreshAndPlan(engine, config, repaired.kept)).isEmpty).toBe(true);
});

test("when both tokens are gone, the series is planned anew", async () => {
  const { engine, rotated, old, id, admin } = await givenRotated();
  await admin.delete(`${tokensPath}${old}`);
  await admin.delete(`${tokensPath}${id}`);

  expect((await engine.refresh(type, rotated.kept)).state).toBeNull();
});

test("destroying a series deletes both of its tokens, and no other", async () => {
  const { engine, rotated, tokens } = await givenRotated();

  const destroyed = await engine.destroy(type, rotated.kept);

  expect(destroyed).toMatchObject({ errors: [], state: null });
  expect(await tokens()).toEqual([]);
});

test("another overlap counts from the next rotation on", async () => {
  const { engine, rotated, asked } = await givenRotated();
  const longer = keptBy("two", { overlap: "72h" });

  const methods = await asked(async () => {
    const changed = await engine.apply(type, longer, rotated.kept);
    expect(changed.state).toEqual({ ...rotated.state, overlap: "72h" });
  });
  const again = await refreshAndApply(engine, keptBy("three", { overlap: "72h" }), rotated.kept);

  expect(methods).toEqual([]);
  expect(again.state).toMatchObject({ previous_token: { expiration_time: "2026-03-05T08:00:00Z" } });
});
