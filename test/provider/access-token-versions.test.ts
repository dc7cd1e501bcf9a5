import { expect, test } from "@jest/globals";
import type { Given } from "../support/provider/given-provider.ts";
import { dayMs, givenSeries, keptBy, refreshAndApply, refreshAndPlan, type } from "../support/provider/given-series.ts";

const end = { expiration_time: "2026-09-01T00:00:00Z" };

test.each<[string, string, readonly [Given, string]]>([
  ["5.3.0", "expiration_time", [end, "5.3.2"]],
  ["5.3.0", "expires_in", [{ expires_in: "90d" }, "5.3.2"]],
  ["5.3.0", "enabled", [{ enabled: false }, "5.3.3"]],
  ["5.3.2", "enabled", [{ ...end, enabled: false }, "5.3.3"]],
])(
  "on %s, %s is refused while planning, and the version that can is named",
  async (coreVersion, name, [given, needed]) => {
    const { engine } = await givenSeries({ coreVersion });

    const { errors } = await engine.plan(type, { user: "local:svc", ...given });

    expect(errors).toMatchObject([{ attribute: [name], detail: expect.stringContaining(`${needed} or later`) }]);
  },
);

test("on 5.3.0, an overlap is warned of, since only a later plan can end the old token", async () => {
  const { engine } = await givenSeries({ coreVersion: "5.3.0" });

  const { errors, warnings } = await engine.plan(type, { user: "local:svc", overlap: "1h" });

  expect(errors).toEqual([]);
  expect(warnings).toMatchObject([{ attribute: ["overlap"], detail: expect.stringContaining("5.3.2 or later") }]);
});

const kept = (text: string): Given => ({ ...keptBy(text), expires_in: null });

test.each(["5.3.0", "5.3.2", "5.3.3", "7.8.2"])(
  "on %s, a series lives, rotates, is cleaned up and ends",
  async (coreVersion) => {
    const { engine, clock, tokens, statusOf } = await givenSeries({ coreVersion });

    const created = await engine.apply(type, kept("one"));
    const settled = await refreshAndPlan(engine, kept("one"), created.kept);
    const rotated = await engine.apply(type, kept("two"), settled.kept);
    const inOverlap = await refreshAndPlan(engine, kept("two"), rotated.kept);
    const both = await tokens();
    clock.advance(dayMs);
    const cleaned = await refreshAndApply(engine, kept("two"), inOverlap.kept);
    const left = await tokens();
    const destroyed = await engine.destroy(type, cleaned.kept);

    expect([created, settled, rotated, inOverlap, cleaned, destroyed].flatMap(({ errors }) => errors)).toEqual([]);
    expect([settled.isEmpty, inOverlap.isEmpty]).toEqual([true, true]);
    expect([both.length, left.length]).toEqual([2, 1]);
    expect(cleaned.state).toMatchObject({ id: left[0]?.id, previous_token: null });
    expect(await statusOf(cleaned.state?.["bearer_token"])).toBe(401);
  },
);

test("on 5.3.0, a token is imported by its id", async () => {
  const { engine, admin, user } = await givenSeries({ coreVersion: "5.3.0" });
  const made = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: user("svc").id } });

  const imported = await engine.importById(type, made.field("id"));

  expect(imported.state).toMatchObject({ id: made.field("id"), user: "local:svc" });
  expect((await engine.plan(type, { user: "local:svc" }, imported.kept)).isEmpty).toBe(true);
});
